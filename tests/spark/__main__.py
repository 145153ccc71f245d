"""Build extracts on DuckDB and on Spark, and show that every table is equal row by row."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.build import BuildRequest, build
from pipeline.instants import parse_instant
from pipeline.progress import PlainProgress
from pipeline.publish import open_published
from pipeline.workspace import WAREHOUSE
from simulator import simulate
from tests.spark.compared import Compared, compare_warehouses

ENGINES = ("duckdb", "spark")


@dataclass(frozen=True)
class Case:
    """Extracts to build, and the instant to build them as of."""

    name: str
    extracts: Path
    as_of: datetime | None = None


def main() -> None:
    """Compare the cases named, or all there are, and end with status 1 when a table differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.spark", description=__doc__)
    parser.add_argument("--acceptance", type=Path, help="the folder of the acceptance cases, where there is one")
    parser.add_argument("--case", action="append", help="only this case; may be given several times")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="retrace-spark-") as scratch:
        cases = _cases(asked.acceptance, asked.case or [], Path(scratch))
        if not cases:
            parser.error(f"there is no case {', '.join(asked.case)}")
        differing = [table for case in cases for table in _shown(case, Path(scratch)) if table.differences]
    sys.exit(1 if differing else 0)


def _cases(acceptance: Path | None, names: list[str], scratch: Path) -> list[Case]:
    """The acceptance cases, or a simulated distributor where there are none."""
    if acceptance is None or not acceptance.is_dir():
        simulate(scratch / "simulated", returns=60, seed=7)
        return [Case("simulated", scratch / "simulated")]
    folders = [folder for folder in sorted((acceptance / "cases").iterdir()) if not names or folder.name in names]
    return [_acceptance_case(folder) for folder in folders]


def _acceptance_case(folder: Path) -> Case:
    options = json.loads((folder / "options.json").read_text(encoding="utf-8"))
    as_of = parse_instant(options["as_of"], "as_of") if "as_of" in options else None
    return Case(folder.name, folder / "extracts", as_of)


def _shown(case: Case, scratch: Path) -> list[Compared]:
    """Build the case on both engines, compare, and print a line per table."""
    files = [_built(case, scratch / f"{case.name}-{engine}", engine) for engine in ENGINES]
    compared = compare_warehouses(*files)
    for table in compared:
        print(f"{case.name:12}{table.table:48}{table.rows:>10,} rows  {'DIFFER' if table.differences else 'equal'}")
        for line in table.differences:
            print(f"    {line}")
    differing = sum(bool(table.differences) for table in compared)
    rows = sum(table.rows for table in compared)
    print(f"{case.name}: {len(compared)} tables, {rows:,} rows, {differing} tables differ", flush=True)
    return compared


def _built(case: Case, workspace: Path, engine: str) -> Path:
    begun = time.monotonic()
    build(BuildRequest(case.extracts, workspace, case.as_of, engine), PlainProgress())
    print(f"{case.name}: built on {engine} in {time.monotonic() - begun:.0f} s", flush=True)
    with open_published(workspace) as published:
        return published.folder / WAREHOUSE


if __name__ == "__main__":
    main()
