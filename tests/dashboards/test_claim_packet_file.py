"""The claim packet as a workbook: read back, it says what the page and the CSV say, and nothing in it is a formula."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from dashboards.published import Build, published_build
from dashboards.queries import claim_packets, recovery
from dashboards.queries.asking import rows
from dashboards.recovery.amounts import Evidence, PacketLine, SupplierFunnel
from dashboards.recovery.packet_file import packet_file
from dashboards.scope import Scope
from pipeline.errors import UsageError
from pipeline.export.records import records_csv
from pipeline.export.workbook import LONGEST_TEXT, MOST_ROWS, Column, Sheet, workbook_bytes

AS_OF = datetime(2025, 9, 1, 12)


def read(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def values(book: Workbook, sheet: str) -> list[tuple[Any, ...]]:
    return list(book[sheet].iter_rows(min_row=2, values_only=True))


@pytest.fixture
def build(real_workspace: object) -> Build:
    return published_build()


@pytest.fixture
def funnel(build: Build) -> SupplierFunnel:
    """The supplier with most lines to claim."""
    suppliers = recovery.funnel_by_supplier(build, Scope())
    return max(suppliers, key=lambda one: len(claim_packets.packet(build, Scope(), one.supplier)))


@pytest.fixture
def book(build: Build, funnel: SupplierFunnel) -> Workbook:
    lines = claim_packets.packet(build, Scope(), funnel.supplier)
    documents = claim_packets.evidence(build, Scope(), funnel.supplier)
    return read(packet_file(funnel, lines, documents, AS_OF, "all entities, all dates"))


def test_lines_are_those_of_the_csv_with_numbers_and_dates_as_such(
    build: Build, funnel: SupplierFunnel, book: Workbook
) -> None:
    lines = claim_packets.packet(build, Scope(), funnel.supplier)
    written = list(csv.DictReader(io.StringIO(records_csv(PacketLine, lines))))
    claim = values(book, "Claim")
    assert len(claim) == len(written) == len(lines) > 0
    for row, line in zip(claim, written, strict=True):
        for cell, text in zip(row, line.values(), strict=True):
            match cell:
                case None:
                    assert text == ""
                case datetime():
                    assert f"{cell:%Y-%m-%dT%H:%M:%S}" == text[:19]
                case str():
                    assert cell == text
                case _:
                    assert float(text) == pytest.approx(cell)
    titles = [cell.value for cell in book["Claim"][1]]
    kinds = dict(zip(titles, claim[0], strict=True))
    assert isinstance(kinds["Quantity"], int | float)
    assert isinstance(kinds["Line cost"], int | float)
    assert isinstance(kinds["Claim window ends (UTC)"], datetime)
    assert isinstance(kinds["Line"], str)


def test_the_summary_adds_up_to_the_page(build: Build, funnel: SupplierFunnel, book: Workbook) -> None:
    told = {str(row[0]): row[1:] for row in values(book, "Summary")}
    lines = claim_packets.packet(build, Scope(), funnel.supplier)
    assert told["Eligible: the supplier is liable"][0] == funnel.eligible
    unclaimed, over, packet = (
        told[name]
        for name in ("of these unclaimed", "Unclaimed, the window is over", "Unclaimed, in this packet")
    )  # fmt: skip
    assert unclaimed[0] == funnel.eligible - funnel.filed == over[0] + packet[0]
    assert unclaimed[2] == pytest.approx(funnel.unclaimed_cost)
    assert over[2] + packet[2] == pytest.approx(unclaimed[2])
    assert packet[0] == len(lines)
    assert packet[1] == sum(one.quantity for one in lines)
    in_packet = [
        dict(zip([cell.value for cell in book["Claim"][1]], row, strict=True)) for row in values(book, "Claim")
    ]
    assert packet[2] == pytest.approx(sum(row["Claim value"] or 0 for row in in_packet))
    for currency in {one.cost_currency for one in lines if one.line_cost is not None}:
        cost = sum(row["Line cost"] or 0 for row in in_packet if row["Currency of cost"] == currency)
        assert told[f"In this packet, cost in {currency}"][2] == pytest.approx(cost)


def test_packets_of_all_suppliers_add_up_to_what_windows_leave(build: Build) -> None:
    windows = {one.ends: one for one in recovery.claim_windows(build, Scope())}
    left = sum(one.cost for ends, one in windows.items() if ends != "is over")
    packets = [
        line
        for one in recovery.funnel_by_supplier(build, Scope())
        for line in claim_packets.packet(build, Scope(), one.supplier)
    ]
    assert sum(one.claim_value or 0.0 for one in packets) == pytest.approx(left)


def test_every_document_is_a_record_of_its_table_and_every_receipt_is_there(
    build: Build, funnel: SupplierFunnel, book: Workbook
) -> None:
    lines = claim_packets.packet(build, Scope(), funnel.supplier)
    documents = claim_packets.evidence(build, Scope(), funnel.supplier)
    assert [row[3] for row in values(book, "Evidence")] == [one.number for one in documents]
    assert {(one.rma_number, one.line_no) for one in documents} == {(one.rma_number, one.line_no) for one in lines}
    for system, table in {(one.source_system, one.source_table) for one in documents}:
        keys = {key for (key,) in rows(build, f"select source_key from staging.stg_{system}__{table}")}
        assert {one.source_key for one in documents if one.source_table == table} <= keys
    receipts = {one.number for one in documents if one.kind == "receipt"}
    assert receipts == {receipt for one in lines for receipt in (one.receipts or "").split(", ") if receipt}


def test_headers_are_frozen_and_columns_are_wide_enough(book: Workbook) -> None:
    assert book.sheetnames == ["Summary", "Claim", "Evidence"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.column_dimensions["A"].width >= 10


def test_text_from_extracts_is_never_a_formula() -> None:
    hostile = "=cmd|' /C calc'!A0"
    line = Evidence(hostile, "1", "receipt", "+1", AS_OF, "@SUM(1)", Decimal(2), None, None, "wms", "receipts", "-1")
    funnel = SupplierFunnel(hostile, 1, 0, 0, 0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0)
    book = read(packet_file(funnel, [], [line], AS_OF, hostile))
    [row] = list(book["Evidence"].iter_rows(min_row=2))
    assert [cell.value for cell in row][:6] == [hostile, "1", "receipt", "+1", AS_OF, "@SUM(1)"]
    assert {cell.data_type for sheet in book for cells in sheet.iter_rows() for cell in cells} <= {"s", "n", "d"}


def test_the_same_packet_is_the_same_file() -> None:
    sheet = Sheet("S", [Column("N", "number", 9), Column("D", "instant", 9)], [(1.5, AS_OF), (None, None)])
    assert workbook_bytes([sheet], AS_OF) == workbook_bytes([sheet], AS_OF)
    assert values(read(workbook_bytes([sheet], AS_OF)), "S")[0] == (1.5, AS_OF)


def test_a_text_longer_than_a_cell_is_cut_where_all_can_see() -> None:
    sheet = Sheet("S", [Column("T", "text", 9)], [("x" * (LONGEST_TEXT + 1),)])
    [(cell,)] = values(read(workbook_bytes([sheet], AS_OF)), "S")
    assert (len(cell), cell[-1]) == (LONGEST_TEXT, "…")


def test_more_rows_than_a_workbook_holds_are_refused() -> None:
    with pytest.raises(UsageError, match="take the CSV"):
        workbook_bytes([Sheet("S", [Column("N", "number", 9)], [(1,)] * (MOST_ROWS + 1))], AS_OF)
