"""Parquet files: every stored type goes through the text form of the contract."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.contract import ColumnType
from pipeline.errors import UsageError
from tests.pipeline.load.conftest import column, load_one, table


def parquet(path: Path, query: str) -> Path:
    with duckdb.connect() as con:
        con.execute("set TimeZone = 'America/New_York'")
        con.execute(f"copy ({query}) to '{path}' (format parquet)")
    return path


@pytest.mark.parametrize(
    ("stored", "kind", "value"),
    [
        ("'  000123 '", "text", "000123"),
        ("''", "text", None),
        ("'x'::blob", "text", "x"),
        ("123::bigint", "text", "123"),
        ("12.50::decimal(9, 2)", "amount", Decimal("12.5")),
        ("0.1::double", "number", Decimal("0.1")),
        ("1e14::double", "number", Decimal("1e14")),
        ("1e-7::double", "number", Decimal("1e-7")),
        ("7::hugeint", "integer", 7),
        ("30.0::double", "integer", 30),
        ("true", "boolean", True),
        ("0::tinyint", "boolean", False),
        ("date '2025-01-31'", "date", date(2025, 1, 31)),
        ("time '08:30:00'", "time", 510),
        ("'24:00'", "time", 1440),
        ("timestamp '2025-01-31 10:00:00.25'", "timestamp", datetime(2025, 1, 31, 10, 0, 0, 250000)),
        ("timestamp_ns '2025-01-31 10:00:00.123456789'", "timestamp", datetime(2025, 1, 31, 10, 0, 0, 123456)),
        ("timestamptz '2025-01-31 10:00:00+02'", "timestamp", datetime(2025, 1, 31, 8)),
        ("timestamptz '2025-07-31 10:00:00.5-04'", "timestamp", datetime(2025, 7, 31, 14, 0, 0, 500000)),
        ("'2025-01-31T10:00:00+02:00'", "timestamp", datetime(2025, 1, 31, 8)),
    ],
)
def test_stored_types(tmp_path: Path, stored: str, kind: ColumnType, value: Any) -> None:
    path = parquet(tmp_path / "things.parquet", f"select 'a' as id, {stored} as x")
    loaded = load_one(path, table(column("id", key=True), column("x", kind)))
    assert loaded.quarantine == []
    assert [row["x"] for row in loaded.rows] == [value]


@pytest.mark.parametrize(
    ("stored", "kind", "complaint"),
    [
        ("'inf'::double", "number", "not a number: inf"),
        ("'nan'::double", "number", "not a number: nan"),
        ("1.5::double", "integer", "not an integer: 1.5"),
        ("time '08:30:01'", "time", "not a time HH:MM: 08:30:01"),
        (
            "timestamp '1999-12-31 10:00:00'",
            "timestamp",
            "timestamp outside 2000-01-01 .. 2089-12-31: 1999-12-31 10:00:00",
        ),
        ("'infinity'::timestamptz", "timestamp", "not a timestamp: infinity"),
        ("[1, 2]", "number", "not a number: [1, 2]"),
    ],
)
def test_stored_values_that_break_the_contract(tmp_path: Path, stored: str, kind: ColumnType, complaint: str) -> None:
    path = parquet(tmp_path / "things.parquet", f"select 'a' as id, {stored} as x")
    loaded = load_one(path, table(column("id", key=True), column("x", kind)))
    assert loaded.reasons == [(1, f"x: {complaint}")]


def test_a_stored_date_has_day_precision_and_a_stored_midnight_has_not(tmp_path: Path) -> None:
    stored = "select 'a' as id, date '2025-01-31' as x, timestamp '2025-01-31' as y"
    path = parquet(tmp_path / "things.parquet", stored)
    loaded = load_one(path, table(column("id", key=True), column("x", "timestamp"), column("y", "timestamp")))
    [row] = loaded.rows
    assert (row["x"], row["x_day"]) == (None, date(2025, 1, 31))
    assert (row["y"], row["y_day"]) == (datetime(2025, 1, 31), None)


def test_a_stored_timestamp_without_zone_is_the_clock_of_the_site(tmp_path: Path) -> None:
    path = parquet(tmp_path / "things.parquet", "select 'a' as id, timestamp '2025-01-31 10:00:00' as x")
    [row] = load_one(path, table(column("id", key=True), column("x", "timestamp"), clock="site")).rows
    assert (row["x"], row["x_local"]) == (None, datetime(2025, 1, 31, 10))


def test_row_numbers_and_raw_rows_with_nested_extra_columns(tmp_path: Path) -> None:
    damaged = "case when i = 150000 then 'x' else '1' end as n"
    query = f"select 'r' || i as id, {{'deep': [i]}} as extra, {damaged} from range(200000) t(i)"
    path = parquet(tmp_path / "things.parquet", query)
    loaded = load_one(path, table(column("id", key=True), column("n", "number")))
    assert loaded.reasons == [(150001, "n: not a number: x")]
    assert json.loads(loaded.quarantine[0]["raw"]) == {"id": "r150000", "extra": "{'deep': [150000]}", "n": "x"}
    assert [row["id"] for row in loaded.rows] == [f"r{row['_row_number'] - 1}" for row in loaded.rows]


def test_column_names_cannot_do_harm(tmp_path: Path) -> None:
    path = parquet(tmp_path / "things.parquet", """select 'a' as id, 1 as "x""; drop table raw.quarantine; --" """)
    assert [row["id"] for row in load_one(path, table(column("id", key=True))).rows] == ["a"]


def test_a_text_file_is_not_parquet(tmp_path: Path) -> None:
    path = tmp_path / "things.parquet"
    path.write_text("id,x\n1,2\n")
    with pytest.raises(
        UsageError, match=r"things.parquet: cannot be read as Parquet \(.*; expected a complete Parquet file"
    ):
        load_one(path, table(column("id", key=True)))


def test_a_truncated_file_is_refused(tmp_path: Path) -> None:
    path = parquet(tmp_path / "things.parquet", "select 'r' || i as id from range(10000) t(i)")
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(UsageError, match=r"things.parquet: cannot be read as Parquet"):
        load_one(path, table(column("id", key=True)))


def test_damaged_data_behind_a_whole_footer_is_refused(tmp_path: Path) -> None:
    path = parquet(tmp_path / "things.parquet", "select 'r' || (i * 7919 % 10007) as id from range(10000) t(i)")
    content = bytearray(path.read_bytes())
    content[4:2000] = b"\xff" * 1996
    path.write_bytes(content)
    with pytest.raises(UsageError, match=r"things.parquet: cannot be read as Parquet .* export the file again"):
        load_one(path, table(column("id", key=True)))
