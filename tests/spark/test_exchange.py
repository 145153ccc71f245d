from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from pipeline.errors import BuildError
from pipeline.spark.exchange import SCHEMAS, hand_over, take_back

ROWS = """
select
    timestamp '2025-10-26 00:30:00.000001' as occurred_at, date '2025-10-26' as booked_date, 'R-1' as key_text,
    cast('123456789012345.123456789' as decimal(24, 9)) as amount, true as is_open, 9::bigint as row_no, 1.5 as rate
union all
select null, null, null, null, null, null, null
"""


def exchanged(folder: Path) -> tuple[duckdb.DuckDBPyConnection, Path]:
    """A store with one raw table handed over, and what Spark made of it: the same file in the schema staging."""
    con = duckdb.connect()
    con.execute("set TimeZone = 'UTC'")
    con.execute(f"create schema raw; create table raw.erp__returns as {ROWS}")
    store = folder / "store"
    hand_over(con, store)
    for schema in SCHEMAS:
        (store / schema).mkdir()
    made = store / "staging" / "stg_erp__returns"
    made.mkdir()
    shutil.copyfile(store / "landing" / "erp__returns.parquet", made / "part-0.parquet")
    return con, store


def test_instants_go_to_spark_marked_as_utc(tmp_path: Path) -> None:
    con, store = exchanged(tmp_path)
    described = con.execute(f"describe from '{store}/landing/erp__returns.parquet'").fetchall()
    assert [row[1] for row in described if row[0] == "occurred_at"] == ["TIMESTAMP WITH TIME ZONE"]


def test_what_comes_back_is_what_went(tmp_path: Path) -> None:
    con, store = exchanged(tmp_path)
    take_back(con, store)
    went, came = (
        con.execute(f"describe {name}").fetchall() for name in ("raw.erp__returns", "staging.stg_erp__returns")
    )
    assert came == went
    assert con.execute("from raw.erp__returns except all from staging.stg_erp__returns").fetchall() == []


def test_a_table_without_files_is_told(tmp_path: Path) -> None:
    con, store = exchanged(tmp_path)
    (store / "marts" / "cases").mkdir()
    with pytest.raises(BuildError, match=r"no Parquet file for marts\.cases"):
        take_back(con, store)
