"""A whole landing folder into the schema raw."""

from __future__ import annotations

import json
from datetime import date, datetime

from pipeline.contract import load_contract
from tests.pipeline.load.conftest import Landing

RECEIPTS = """note,receipt_id,site_id,sku,quantity,lpn,received_at,received_by
n1, 001 ,S1,K1,2,L1,2025-03-04T10:00:00,u1
n2,002,S1,K1,0,L1,2025-03-04T10:00:00,u1
n3,003,S1,,x,L1,2025-03-04T10:00:00,u1
n4,004,S1,K1,1,L1,2025-03-04,u1
"""


def test_typed_rows_and_where_they_come_from(landing: Landing) -> None:
    landing.write("wms/receipts.csv", RECEIPTS)
    landing.load()
    columns = "receipt_id, rma_number, quantity, received_at, received_at_day, received_at_local, _file, _row_number"
    assert landing.ask(f"select {columns} from raw.wms__receipts order by _row_number") == [
        ("001", None, 2, None, None, datetime(2025, 3, 4, 10), "wms/receipts.csv", 1),
        ("004", None, 1, None, date(2025, 3, 4), None, "wms/receipts.csv", 4),
    ]


def test_raw_tables_have_the_contract_columns_in_order(landing: Landing) -> None:
    landing.load()
    names = landing.ask("select column_name, data_type from duckdb_columns() where table_name = 'wms__stock_moves'")
    assert names == [
        ("move_id", "VARCHAR"),
        ("receipt_id", "VARCHAR"),
        ("stock_status", "VARCHAR"),
        ("moved_at", "TIMESTAMP"),
        ("moved_at_day", "DATE"),
        ("moved_at_local", "TIMESTAMP"),
        ("moved_by", "VARCHAR"),
        ("_source_key", "VARCHAR"),
        ("_file", "VARCHAR"),
        ("_row_number", "BIGINT"),
    ]


def test_every_contract_table_has_its_raw_table(landing: Landing) -> None:
    landing.load()
    tables = {name for (name,) in landing.ask("select table_name from duckdb_tables() where schema_name = 'raw'")}
    expected = {table.raw_name for table in load_contract().tables}
    assert tables == expected | {"quarantine", "load_files", "extra_columns"}


def test_nothing_is_left_beside_the_schema_raw(landing: Landing) -> None:
    landing.write("wms/receipts.csv", RECEIPTS + "too,few\n")
    landing.load()
    assert landing.ask("select table_name from duckdb_tables() where schema_name <> 'raw'") == []


def test_the_quarantine_has_the_first_problem_in_contract_order_and_the_whole_row(landing: Landing) -> None:
    landing.write("wms/receipts.csv", RECEIPTS)
    landing.load()
    found = landing.ask("select system, table_name, file, row_number, reason, raw from raw.quarantine")
    assert [row[:5] for row in found] == [
        ("wms", "receipts", "wms/receipts.csv", 2, "quantity: quantity <= 0: 0"),
        ("wms", "receipts", "wms/receipts.csv", 3, "required value null: sku"),
    ]
    assert list(json.loads(found[1][5]).items())[:5] == [
        ("note", "n3"),
        ("receipt_id", "003"),
        ("site_id", "S1"),
        ("sku", None),
        ("quantity", "x"),
    ]


def test_an_optional_value_that_does_not_parse_quarantines_its_row(landing: Landing) -> None:
    header = "customer_id,entity_id,updated_at\n"
    landing.write("erp/customers.csv", header + "C1,E1,\nC2,E1,soon\n")
    landing.load()
    assert landing.ask("select customer_id from raw.erp__customers") == [("C1",)]
    assert landing.ask("select reason from raw.quarantine") == [("updated_at: not a timestamp: soon",)]


def test_rows_read_are_rows_accepted_and_rows_quarantined(landing: Landing) -> None:
    landing.write("wms/receipts.csv", RECEIPTS)
    landing.write("wms/receipts/part-1.csv", RECEIPTS)
    summary = landing.load()
    assert landing.ask(
        "select file, format, rows_read, rows_quarantined from raw.load_files where table_name = 'receipts'"
    ) == [
        ("wms/receipts.csv", "csv", 4, 2),
        ("wms/receipts/part-1.csv", "csv", 4, 2),
    ]
    [receipts] = [table for table in summary.tables if table.table == "receipts"]
    assert (receipts.files, receipts.rows_read, receipts.rows_quarantined) == (2, 8, 4)
    assert (summary.rows_read, summary.rows_quarantined) == (8, 4)


def test_extra_columns_are_listed_per_file(landing: Landing) -> None:
    landing.write("wms/receipts.csv", RECEIPTS)
    summary = landing.load()
    assert summary.extra_columns == (("wms/receipts.csv", "note"),)
    assert landing.ask("from raw.extra_columns") == [("wms", "receipts", "wms/receipts.csv", "note")]


def test_source_keys_join_the_key_columns_as_written(landing: Landing) -> None:
    header = "line_no,return_id,sku,quantity,unit_price,updated_at\n"
    landing.write("erp/return_lines.csv", header + " 010 ,R-1,K,1,-2.5,2025-01-01T00:00:00Z\n")
    landing.write(
        "middleware/messages.csv", "message_id,attempt,interface,status,occurred_at\nM1,1.0,i,ok,2025-01-01\n"
    )
    landing.load()
    assert landing.ask("select _source_key, line_no, unit_price from raw.erp__return_lines") == [
        ("R-1-010", "010", -2.5)
    ]
    assert landing.ask("select _source_key, attempt from raw.middleware__messages") == [("M1-1.0", 1)]


def test_a_customer_system_needs_offsets(landing: Landing) -> None:
    header = "message_id,case_id,direction,message_type,sent_at\n"
    landing.write(
        "crm/messages.csv", header + "M1,C1,inbound,other,2025-01-01T00:00:00\nM2,C1,inbound,other,2025-01-01\n"
    )
    landing.load()
    assert landing.ask("select message_id, sent_at_day from raw.crm__messages") == [("M2", date(2025, 1, 1))]
    assert landing.ask("select reason from raw.quarantine") == [
        ("sent_at: timestamp without an offset: 2025-01-01T00:00:00",)
    ]


def test_reference_tables_obey_the_same_rules(landing: Landing) -> None:
    landing.write("reference/calendars.csv", "calendar_id,weekday,open_time,close_time\nC,1,08:00,24:00\nC,2,8,17:00\n")
    landing.load()
    assert landing.ask("select weekday, open_time, close_time from raw.reference__calendars") == [(1, 480, 1440)]
    assert landing.ask("select reason from raw.quarantine") == [("open_time: not a time HH:MM: 8",)]


def test_progress_names_each_table(landing: Landing) -> None:
    landing.write("wms/receipts.csv", RECEIPTS)
    landing.load()
    assert "wms/receipts: 4 rows read from 1 files, 2 quarantined" in landing.said
