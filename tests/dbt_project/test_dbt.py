"""The dbt project as a whole: it builds, it is documented, and no room reaches into another."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import duckdb

from pipeline.contract import load_contract
from pipeline.export.catalog import TABLES
from pipeline.publish import open_published
from pipeline.settings import PROJECT
from tests.dbt_project.built import BuiltProject

READS = {
    "staging": {"raw", "staging"},
    "returns": {"staging", "returns", "seeds"},
    "event_log": {"returns", "event_log", "seeds"},
    "marts": {"returns", "event_log", "marts", "seeds"},
}

# Clocks and reference data are read where they are needed, and the load report counts every layer below.
ANYWHERE = {
    "entity_clocks", "business_days", "stg_reference__fx_rates", "stg_reference__policies",
    "stg_reference__sla_targets",
}  # fmt: skip
EXCEPTED = {
    ("as_of", "build_settings"),
    ("int_events_named", "stg_erp__users"),
    ("waits", "stg_reference__dispositions"),
    ("exception_premature_availability", "stg_erp__products"),
    ("exception_stock_status_mismatch", "stg_erp__products"),
}


def test_every_model_and_every_test_passes(project: BuiltProject) -> None:
    assert {name: status for name, status in project.statuses.items() if status not in ("success", "pass")} == {}
    assert len(project.manifest["unit_tests"]) > 40
    assert set(project.models) <= set(project.statuses)


def test_what_no_extracts_can_break_holds_in_a_real_build(project: BuiltProject, built_workspace: Path) -> None:
    tests = sorted((project.warehouse.parent / "target" / "compiled").glob("*/tests/dbt/code/*.sql"))
    with open_published(built_workspace) as published:
        found = {test.stem: published.connection.execute(test.read_text()).fetchall() for test in tests}
    assert found == {"object_links_cover_events": [], "steps_and_objects_have_one_row_per_key": []}


def test_nothing_is_warned_of(project: BuiltProject) -> None:
    assert project.warnings == []


def test_events_of_one_rank_are_of_one_table() -> None:
    with (PROJECT / "seeds" / "activities.csv").open() as seed:
        tables = {(row["activity_rank"], row["source_system"], row["source_table"]) for row in csv.DictReader(seed)}
    assert len(tables) == len({rank for rank, _, _ in tables})


def test_every_description_begins_with_the_grain(project: BuiltProject) -> None:
    seeds = {node["name"]: node for node in project.manifest["nodes"].values() if node["resource_type"] == "seed"}
    sources = {node["name"]: node for node in project.manifest["sources"].values()}
    described = {**project.models, **seeds, **sources}
    assert [name for name, node in described.items() if not node["description"].startswith("One row")] == []


def test_canonical_tables_event_log_and_marts_are_under_contract(project: BuiltProject) -> None:
    free = [
        name
        for name, model in project.models.items()
        if model["schema"] != "staging" and not name.startswith(("int_", "exception_"))
        if not model["config"]["contract"]["enforced"]
    ]
    assert free == []


def test_every_column_under_contract_is_described(project: BuiltProject) -> None:
    undescribed = [
        f"{model['name']}.{column}"
        for identifier, model in project.manifest["nodes"].items()
        if model["resource_type"] == "seed" or model.get("columns")
        if identifier in project.catalog["nodes"]
        for column in project.catalog["nodes"][identifier]["columns"]
        if not model["columns"].get(column, {}).get("description")
    ]
    assert undescribed == []


def test_the_sources_are_the_tables_of_the_contract(project: BuiltProject) -> None:
    sources = {node["name"]: node["description"] for node in project.manifest["sources"].values()}
    own = {"quarantine", "load_files", "extra_columns", "build_settings"}
    expected = {table.raw_name: table.description for table in load_contract().tables}
    assert {name: text for name, text in sources.items() if name not in own} == expected


def test_staging_has_one_row_per_primary_key_of_the_contract(project: BuiltProject) -> None:
    expected = {f"stg_{table.raw_name}": {key.name for key in table.key_columns} for table in load_contract().tables}
    keys = {
        name: set(model["config"]["meta"]["key"]) for name, model in project.models.items() if name.startswith("stg_")
    }
    assert keys == expected


def test_the_load_report_has_every_table_of_the_contract(project: BuiltProject) -> None:
    with duckdb.connect(str(project.warehouse), read_only=True) as con:
        reported = con.execute("select system, table_name from marts.load_report").fetchall()
    assert sorted(reported) == sorted((table.system, table.name) for table in load_contract().tables)


def test_no_room_reaches_past_the_one_before_it(project: BuiltProject) -> None:
    nodes = {**project.manifest["nodes"], **project.manifest["sources"]}

    def room(identifier: str) -> str:
        node = nodes[identifier]
        rooms = {"source": "raw", "seed": "seeds"}
        return rooms.get(node["resource_type"]) or node["schema"]

    reaches = {
        (name, nodes[parent]["name"])
        for name, model in project.models.items()
        for parent in model["depends_on"]["nodes"]
        if room(parent) not in READS[model["schema"]] and nodes[parent]["name"] not in ANYWHERE
        if name != "load_report"
    }
    assert reaches == EXCEPTED


def test_engines_differ_in_dispatched_macros_only(project: BuiltProject) -> None:
    models = (PROJECT / "models").rglob("*.sql")
    assert [path.name for path in models if re.search(r"\btarget\.(type|name)\b", path.read_text())] == []
    macros = "\n".join(path.read_text() for path in (PROJECT / "macros").rglob("*.sql"))
    dispatched = set(re.findall(r'adapter\.dispatch\("(\w+)"', macros))
    sides = {f"macro.retrace.{engine}__{name}" for engine in ("duckdb", "spark") for name in dispatched}
    assert dispatched
    assert sides - set(project.manifest["macros"]) == set()


def test_exposures_say_what_pages_and_exports_read(project: BuiltProject) -> None:
    exposures = {exposure["name"]: exposure for exposure in project.manifest["exposures"].values()}
    exported = {name.split(".")[-1] for name in exposures["export"]["depends_on"]["nodes"]}
    own = {"models"}
    assert {table.relation.split(".")[-1] for table in TABLES.values()} - own <= exported

    pages = {
        name.split(".")[-1]
        for exposure in exposures.values()
        if exposure["type"] == "dashboard"
        for name in exposure["depends_on"]["nodes"]
    }
    readers = [*(PROJECT / "dashboards" / "queries").glob("*.py"), *(PROJECT / "macros" / "mining").glob("*.sql")]
    asked = "\n".join(reader.read_text() for reader in readers)
    read = set(re.findall(r"(?:from|join) (?:staging|returns|event_log|marts)\.(\w+)\b(?!_\{)", asked))
    assert len(read) > 20
    assert {name for name in read if not name.endswith("_")} <= pages
