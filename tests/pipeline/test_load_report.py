"""The load report: reasons of the quarantine without what stands in the rows."""

from __future__ import annotations

import duckdb

from pipeline.load_report import Refusal, TableLoad, refusals


def test_rows_are_counted_by_kind_of_reason_with_three_places_and_no_value() -> None:
    con = duckdb.connect()
    con.execute("create schema raw")
    con.execute(
        "create table raw.quarantine "
        "(system varchar, table_name varchar, file varchar, row_number bigint, reason varchar, raw varchar)"
    )
    for number in (10, 9, 2, 1):
        row = ["erp", "returns", "erp/returns.csv", number, f"created_at: not a timestamp: {number}: x", "secret"]
        con.execute("insert into raw.quarantine values (?, ?, ?, ?, ?, ?)", row)
    con.execute(
        "insert into raw.quarantine values ('erp', 'returns', 'erp/a.csv', 3, 'expected 5 fields, found 6', 'secret')"
    )
    assert refusals(con) == (
        Refusal(
            "erp/returns", "created_at: not a timestamp", 4,
            "erp/returns.csv row 1, erp/returns.csv row 2, erp/returns.csv row 9",
        ),
        Refusal("erp/returns", "expected 5 fields, found 6", 1, "erp/a.csv row 3"),
    )  # fmt: skip


def test_a_table_adds_up_when_every_row_is_somewhere() -> None:
    assert TableLoad("erp", "returns", 10, 7, 2, 1).adds_up
    assert not TableLoad("erp", "returns", 10, 7, 2, 0).adds_up
