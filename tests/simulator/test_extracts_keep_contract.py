from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from extract_rows import read_rows, table_files

from pipeline.contract import Table, load_contract
from simulator import Truth

TABLES = load_contract().tables
FORMS = {
    "number": r"-?\d+(\.\d+)?",
    "quantity": r"[1-9]\d*",
    "amount": r"\d+(\.\d+)?",
    "integer": r"\d+",
    "boolean": "true|false",
    "date": r"\d{4}-\d\d-\d\d",
    "time": r"\d\d:\d\d",
}
CLOCKS = {"utc": "Z", "offset": r"[+-]\d\d:\d\d", "site": "", "none": ""}


def form(table: Table, kind: str) -> str:
    return FORMS.get(kind, r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d" + CLOCKS[table.clock])


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.label)
def test_every_column_of_the_contract_is_written(table: Table, clean: Path) -> None:
    for path in table_files(clean, table.system, table.name):
        header = next(csv.reader(path.open(newline="", encoding="utf-8")))
        assert header == [column.name for column in table.columns]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.label)
def test_every_value_has_its_form_and_required_ones_are_there(table: Table, clean: Path) -> None:
    rows = read_rows(clean, table.system, table.name)
    assert rows
    for column in table.columns:
        values = {row[column.name] for row in rows}
        assert not (column.required and "" in values), column.name
        if column.type != "text":
            pattern = re.compile(form(table, column.type))
            assert [value for value in values if value and not pattern.fullmatch(value)] == [], column.name


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.label)
def test_keys_are_unique_without_mess(table: Table, clean: Path) -> None:
    rows = read_rows(clean, table.system, table.name)
    keys = [tuple(row[column.name] for column in table.key_columns) for row in rows]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("table", [table for table in TABLES if table.system != "reference"], ids=lambda t: t.label)
def test_the_defects_on_record_explain_every_further_row(table: Table, landing: Path, truth: Truth) -> None:
    rows = read_rows(landing, table.system, table.name)
    defects = truth.defects[table.label]
    assert len(rows) == defects.rows_written
    good = {tuple(row[column.name].strip() for column in table.key_columns) for row in rows if _is_complete(table, row)}
    kept = defects.rows_written - defects.quarantined - defects.superseded
    assert kept <= len(good) <= kept + defects.quarantined


def _is_complete(table: Table, row: dict[str, str]) -> bool:
    return all(row[column.name] for column in table.columns if column.required)


def test_files_on_record_are_the_files_written(landing: Path, truth: Truth) -> None:
    found = {path.relative_to(landing).as_posix() for path in landing.rglob("*") if path.is_file()}
    assert found == {*truth.files, "truth.json"}


def test_rma_numbers_are_unique_within_an_entity_only(clean: Path) -> None:
    rows = read_rows(clean, "erp", "returns")
    assert len({(row["entity_id"], row["rma_number"]) for row in rows}) == len(rows)
    assert len({row["rma_number"] for row in rows}) < len(rows)
