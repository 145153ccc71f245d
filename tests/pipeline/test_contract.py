"""The contract says what the specification of the extracts says, and refuses to contradict itself."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.contract import Contract, Table, load_contract
from pipeline.contract import _table as table_of


@pytest.fixture(scope="module")
def contract() -> Contract:
    return load_contract()


def test_it_is_version_1_of_32_tables_and_222_columns(contract: Contract) -> None:
    assert contract.version == 1
    assert len(contract.tables) == 32
    assert sum(len(table.columns) for table in contract.tables) == 222


def test_systems_come_in_contract_order(contract: Contract) -> None:
    assert contract.systems == ("reference", "erp", "wms", "crm", "tms", "middleware")


def test_only_transport_and_middleware_are_optional(contract: Contract) -> None:
    assert {table.system for table in contract.tables if table.optional} == {"tms", "middleware"}


def test_each_system_has_its_clock(contract: Contract) -> None:
    clocks = {table.system: table.clock for table in contract.tables}
    assert clocks == {
        "reference": "none",
        "erp": "utc",
        "wms": "site",
        "crm": "offset",
        "tms": "offset",
        "middleware": "utc",
    }


@pytest.mark.parametrize(
    ("system", "name", "key"),
    [
        ("erp", "returns", ["return_id"]),
        ("erp", "return_lines", ["return_id", "line_no"]),
        ("middleware", "messages", ["message_id", "attempt"]),
        ("reference", "code_map", ["entity_id", "domain", "source_code"]),
        ("reference", "sla_targets", ["obligation", "entity_id"]),
    ],
)
def test_primary_keys(contract: Contract, system: str, name: str, key: list[str]) -> None:
    assert [column.name for column in contract.table(system, name).key_columns] == key


def test_a_key_is_required(contract: Contract) -> None:
    assert all(column.required for table in contract.tables for column in table.key_columns)


def test_required_and_timestamp_columns_of_a_table(contract: Contract) -> None:
    receipts = contract.table("wms", "receipts")
    assert [column.name for column in receipts.timestamp_columns] == ["received_at", "updated_at"]
    assert [column.name for column in receipts.columns if not column.required] == ["rma_number", "updated_at"]
    assert len(receipts.required_columns) == 7


@pytest.mark.parametrize(
    ("column", "kind"),
    [("quantity", "quantity"), ("unit_price", "number"), ("line_no", "text"), ("updated_at", "timestamp")],
)
def test_types_of_return_lines(contract: Contract, column: str, kind: str) -> None:
    types = {entry.name: entry.type for entry in contract.table("erp", "return_lines").columns}
    assert types[column] == kind


def test_amounts_are_the_ones_that_may_not_be_negative(contract: Contract) -> None:
    amounts = {c.name for table in contract.tables for c in table.columns if c.type == "amount"}
    assert amounts == {"amount", "claimed_amount", "recovered_amount"}


def test_everything_is_described_in_a_sentence(contract: Contract) -> None:
    descriptions = [table.description for table in contract.tables]
    descriptions += [column.description for table in contract.tables for column in table.columns]
    assert [text for text in descriptions if not text.strip().endswith(".")] == []


def test_every_table_description_says_its_grain(contract: Contract) -> None:
    assert [table.label for table in contract.tables if not table.description.startswith("One row per ")] == []


def test_an_unknown_table_is_a_key_error(contract: Contract) -> None:
    with pytest.raises(KeyError, match="erp/invoices"):
        contract.table("erp", "invoices")


def _made(clock: str = "utc", **columns: dict[str, Any]) -> Table:
    described = {name: {"description": "A column.", **entry} for name, entry in columns.items()}
    return table_of("erp", {"optional": False, "clock": clock}, "t", {"description": "A table.", "columns": described})


def test_a_table_without_a_key_is_refused() -> None:
    with pytest.raises(ValueError, match="primary key"):
        _made(name={"type": "text"})


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown type 'money'"):
        _made(id={"type": "money", "key": True})


def test_an_unknown_clock_is_refused() -> None:
    with pytest.raises(ValueError, match="'sundial'"):
        _made(clock="sundial", id={"type": "text", "key": True})


def test_timestamps_without_a_clock_are_refused() -> None:
    with pytest.raises(ValueError, match="no clock"):
        _made(clock="none", id={"type": "text", "key": True}, seen_at={"type": "timestamp"})
