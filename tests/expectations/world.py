"""A small healthy warehouse, literal but for the landed rows, which follow the contract's column types."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipeline.contract import Column, Table, load_contract

WORDS = {
    "requested_resolution": "credit",
    "to_status": "approved",
    "decision": "accepted",
    "stock_status": "available",
    "direction": "outbound",
    "message_type": "other",
    "status": "ok",
    "currency": "EUR",
    "cost_currency": "EUR",
}
EVENT_TYPES = {"case_events": "note", "tracking_events": "delivered"}
VALUES = {
    "number": "1.5::decimal(24,9)",
    "quantity": "2::decimal(24,9)",
    "amount": "9.99::decimal(24,9)",
    "integer": "1::bigint",
    "boolean": "true",
    "date": "date '2025-03-01'",
    "time": "480",
}

MODELS = """
create schema staging; create schema returns; create schema event_log; create schema marts;

create table staging.activities as select * from (values ('RMA Created'), ('Return Closed')) as t (activity);
create table staging.kpis as select * from (values ('cycle_time_days'), ('rework_rate'), ('value_returned'),
    ('inventory_status_accuracy')) as t (kpi);
create table staging.stg_reference__dispositions as select 'Restocked' as executed_activity;
create table staging.stg_reference__calendars as select * from (values (1, 480, 1020), (7, 0, 1440))
    as t (weekday, opens_minute, closes_minute);
create table staging.stg_reference__fx_rates as
    select 'EUR' as currency, date '2025-03-01' as month, 1.08::decimal(24,9) as rate;
create table staging.stg_reference__code_map as select 'reason' as domain;
create table staging.stg_reference__reasons as select 'supplier' as responsibility;
create table staging.stg_reference__sla_targets as
    select 'acknowledgement' as obligation, 4::decimal(24,9) as business_hours;
create table staging.stg_reference__policies as select 'stale_days' as policy, 14::decimal(24,9) as value;
create table staging.stg_reference__kpi_targets as select 'lower' as better;
create table returns.as_of as select timestamp '2025-03-10 12:00:00' as as_of_at, true as is_given;

create table event_log.events as select * from (values
    ('erp.returns:R1:RMA Created', 'R1', 'RMA Created', timestamp '2025-03-03 08:00', 'second', 20, 'u1', 'Sales',
     false, '0100', 'erp', 'returns', 'R1', null::varchar, null::varchar, null::decimal(24,9), null::varchar, 1::bigint,
     0::bigint, 'Restocked', timestamp '2025-03-04 08:00'),
    ('wms.receipts:D1:Restocked', 'R1', 'Restocked', timestamp '2025-03-04 08:00', 'day', 75, 'u1', 'Warehouse',
     false, '0100', 'wms', 'receipts', 'D1', '1', 'W1', 5, 'EUR', 2, 100, 'Return Closed',
     timestamp '2025-03-05 08:00'),
    ('crm.cases:C1:Return Closed', 'R1', 'Return Closed', timestamp '2025-03-05 08:00', 'second', 99, 'u1', 'Sales',
     false, '0100', 'crm', 'cases', 'C1', null, null, null, null, 3, 200, null, null),
    ('tms.tracking_events:T1:RMA Created', 'R1', 'RMA Created', timestamp '2025-03-05 09:00', 'second', 35, null,
     'Carrier', true, '0100', 'tms', 'tracking_events', 'T1', null, null, null, null, 4, 300, null, null)
) as t (event_id, case_id, activity, event_at, ts_precision, activity_rank, resource, department, is_automation,
    entity_id, source_system, source_table, source_key, line_no, receipt_id, amount, currency, case_position,
    business_micros, next_activity, next_event_at);
create table event_log.cases as select 'R1' as case_id, '0100' as entity_id, 'RMA-1' as rma_number,
    timestamp '2025-03-03 08:00' as started_at, timestamp '2025-03-05 08:00' as ended_at, 3::bigint as events,
    true as is_closed, false as is_declined, false as is_cancelled, false as is_open, 'abc' as variant_id,
    3::bigint as touches, 2::bigint as handoffs, 'S1' as site, 'email' as channel, 'missing' as reason,
    'tools' as category, 'missing' as supplier;

create table marts.kpi_items as select * from (values
    ('cycle_time_days', 'return', 'R1', 2.0::decimal(38,15), null::decimal(38,15), null::decimal(38,15), null::varchar),
    ('rework_rate', 'return', 'R1', null, 1, 1, null),
    ('inventory_status_accuracy', 'receipt', 'W1', null, 2, 3, null),
    ('value_returned', 'return_line', 'R1-1', -5, null, null, null)
) as t (kpi, item_type, item_id, value, numerator, denominator, left_out_reason);
alter table marts.kpi_items add column case_id varchar default 'R1';
alter table marts.kpi_items add column entity_id varchar default '0100';
alter table marts.kpi_items add column anchor_at timestamp default timestamp '2025-03-05 08:00';
alter table marts.kpi_items add column anchor_date date default date '2025-03-05';
alter table marts.kpi_items add column month varchar default '2025-03';
alter table marts.kpi_items add column site varchar; alter table marts.kpi_items add column channel varchar;
alter table marts.kpi_items add column reason varchar; alter table marts.kpi_items add column category varchar;
alter table marts.kpi_items add column supplier varchar;
create table marts.exceptions as select 'late_receipt_posting' as exception_type, 'receipt' as object_type,
    'W1' as object_id, 'R1' as case_id, '0100' as entity_id, timestamp '2025-03-04 08:00' as detected_at,
    timestamp '2025-03-05 08:00' as resolved_at, 5.0::double as value, '{}' as evidence;
create table marts.edges as select 'RMA Created' as activity, 'Restocked' as next_activity, 2::bigint as frequency,
    1::bigint as cases, 10.0 as mean_seconds, 9.0 as median_seconds, 5.0 as mean_business_seconds,
    4.0 as median_business_seconds;
create table marts.variants as select 'abc' as variant_id, 'RMA Created > Return Closed' as variant, 1::bigint as cases,
    1.0::double as share, 172800.0 as median_seconds;
create table marts.handoffs as select 'department' as level, 'Sales' as from_name, 'Warehouse' as to_name,
    2::bigint as frequency, 1::bigint as cases;
create table marts.load_report as select 'erp' as system, 'returns' as table_name, 10::bigint as rows_read,
    8::bigint as rows_kept, 1::bigint as rows_superseded, 1::bigint as rows_quarantined;
"""


def make_world(con: duckdb.DuckDBPyConnection) -> None:
    """Fill an empty database with the schemas raw, staging, returns, event_log and marts."""
    con.execute("set TimeZone = 'UTC'")
    con.execute("create schema raw")
    con.execute(
        "create table raw.load_files (system varchar, table_name varchar, file varchar, format varchar, "
        "rows_read bigint, rows_quarantined bigint)"
    )
    for table in load_contract().tables:
        columns = ", ".join(column for one in table.columns for column in _columns(table, one))
        con.execute(
            f"create table raw.{table.raw_name} as select {columns}, 'k' as _source_key, 'f.csv' as _file, "
            "1::bigint as _row_number"
        )
        con.execute("insert into raw.load_files values (?, ?, 'f.csv', 'csv', 20, 1)", [table.system, table.name])
    con.execute(MODELS)


def _columns(table: Table, column: Column) -> list[str]:
    name = column.name
    if column.type == "timestamp":
        ways = ["", "_day", "_local"] if table.clock == "site" else ["", "_day"]
        written = "_local" if table.clock == "site" else ""
        return [f"{_stamp(way == written)}::{'date' if way == '_day' else 'timestamp'} as {name}{way}" for way in ways]
    if column.type == "text":
        word = EVENT_TYPES.get(table.name, "x") if name == "event_type" else WORDS.get(name, "x")
        return [f"'{word}' as {name}"]
    return [f"{VALUES[column.type]} as {name}"]


def _stamp(is_written: bool) -> str:
    return "'2025-03-03 08:00:00'" if is_written else "null"


def quiet(_: str) -> None:
    """Progress nobody looks at."""


def pages(folder: Path) -> dict[str, str]:
    """Name and text of every file of a folder of data docs."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}
