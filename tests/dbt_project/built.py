"""The dbt project built on a warehouse with empty raw tables, and what dbt then knows of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.adapters.factory import reset_adapters
from dbt.cli.main import dbtRunner

from pipeline.contract import load_contract
from pipeline.load.raw_tables import create_tables
from pipeline.settings import PROJECT


@dataclass(frozen=True)
class BuiltProject:
    """What dbt knows after a build: status of each model, seed and test by name, warnings, manifest and catalog."""

    statuses: dict[str, str]
    warnings: list[str]
    manifest: dict[str, Any]
    catalog: dict[str, Any]
    warehouse: Path

    @property
    def models(self) -> dict[str, dict[str, Any]]:
        """The models of the manifest by name."""
        nodes = self.manifest["nodes"].values()
        return {node["name"]: node for node in nodes if node["resource_type"] == "model"}


def build_project(folder: Path, warehouse: Path) -> BuiltProject:
    """Build the project with all its tests and document it; dbt finds the path of `warehouse` in its environment."""
    _create_empty_raw(warehouse)
    warnings: list[str] = []

    def listen(event: Any) -> None:
        if event.info.level == "warn":
            warnings.append(event.info.msg)

    built = _run(folder, listen, "build")
    assert built.exception is None, built.exception
    assert _run(folder, listen, "docs", "generate", "--no-compile").success
    return BuiltProject(
        statuses={
            result.node.name: str(result.status)
            for result in built.result.results
            if result.node.resource_type != "exposure"
        },
        warnings=warnings,
        manifest=json.loads((folder / "target" / "manifest.json").read_text()),
        catalog=json.loads((folder / "target" / "catalog.json").read_text()),
        warehouse=warehouse,
    )


def _create_empty_raw(warehouse: Path) -> None:
    with duckdb.connect(str(warehouse)) as con:
        create_tables(con, load_contract().tables)
        con.execute("create table raw.build_settings as select 1 as contract_version, null::timestamp as as_of_at")


def _run(folder: Path, listen: Any, *command: str) -> Any:
    paths = ("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT), "--target-path", str(folder / "target"))
    quiet = ("--log-level", "none", "--log-level-file", "none", "--log-path", str(folder / "logs"))
    try:
        return dbtRunner(callbacks=[listen]).invoke([*quiet, *command, *paths])
    finally:
        reset_adapters()
        DuckDBConnectionManager.close_all_connections()
