import duckdb
import pytest

from pipeline.errors import UsageError
from pipeline.load.zones import refuse_unknown_zones


@pytest.fixture
def raw() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("create schema raw")
    for table in ("reference__entities", "wms__sites"):
        con.execute(f"create table raw.{table} (_file varchar, _row_number bigint, time_zone varchar)")
    con.execute("insert into raw.wms__sites values ('wms/sites.csv', 1, 'Europe/Berlin')")
    return con


def test_known_zones_pass(raw: duckdb.DuckDBPyConnection) -> None:
    refuse_unknown_zones(raw)


def test_an_unknown_zone_is_named_with_its_row(raw: duckdb.DuckDBPyConnection) -> None:
    raw.execute("insert into raw.wms__sites values ('wms/sites.csv', 2, 'Mars/Olympus')")
    with pytest.raises(UsageError, match=r"wms/sites\.csv, row 2: time_zone 'Mars/Olympus'"):
        refuse_unknown_zones(raw)
