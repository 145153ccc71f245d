"""A small literal warehouse, published in a workspace: two entities, six returns, answers known by hand."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb

from pipeline.settings import SEEDS

HOSTILE = "<script>alert(1)</script>"

SCHEMA = """
create schema staging; create schema returns; create schema event_log; create schema marts;
create schema raw; create schema quality;
create table staging.stg_reference__entities (entity_id varchar, name varchar);
create table staging.stg_wms__sites (site_id varchar, entity_id varchar, name varchar);
create table staging.stg_reference__fx_rates (month varchar, currency varchar, rate decimal(18, 6));
create table staging.stg_reference__kpi_targets (kpi varchar, entity_id varchar, target decimal(18, 6), better varchar);
create table event_log.cases (
    case_id varchar, entity_id varchar, requested_at timestamp, started_at timestamp, time_zone varchar,
    is_open boolean, standard_day_seconds double, is_closed boolean, requested_micros bigint, closed_micros bigint,
    variant_id varchar, variant varchar, ended_at timestamp, events bigint, rma_number varchar
);
create table returns.as_of_clocks as
    select unnest(['E1', 'E2']) as entity_id, cast(120 * 1200e6 as bigint) as as_of_micros;
create table event_log.events (
    case_id varchar, case_position bigint, activity varchar, event_at timestamp, business_micros bigint,
    next_activity varchar, next_event_at timestamp, next_business_micros bigint, source_system varchar,
    next_source_system varchar, department varchar, next_department varchar
);
create table event_log.segments (case_id varchar, position integer, business_micros bigint);
create table staging.milestones (position integer, title varchar);
create table marts.kpi_items (
    kpi varchar, kpi_part varchar, item_id varchar, case_id varchar, entity_id varchar, anchor_date date, month varchar,
    value decimal(24, 9), numerator decimal(24, 9), denominator decimal(24, 9), left_out_reason varchar,
    is_lacking boolean, site varchar, channel varchar, reason varchar, category varchar, supplier varchar
);
"""

ENTITIES = [("E1", HOSTILE), ("E2", "Prairie Supply")]
RATES = [("2025-05", "USD", 1), ("2025-06", "USD", 1), ("2025-05", "EUR", 1.1), ("2025-06", "EUR", 1.0)]
TARGETS = [
    ("cycle_time_days.mean", "*", 4, "lower"),
    ("cycle_time_days.mean", "E2", 8, "lower"),
    ("rework_rate", "*", 0.5, "lower"),
    ("credit_lag_days.median", "*", 1, "lower"),
]
# (case, entity, first day of June 2025, open, path with hours from the one before)
PATHS = [
    ("R1", "E1", 2, False, "Return Requested, 2 RMA Created, 3 Return Approved, 48 Goods Received, 5 Return Closed"),
    ("R2", "E1", 3, False, "Return Requested, 4 RMA Created, 1 Return Approved, 24 Goods Received, 9 Return Closed"),
    ("R3", "E1", 10, True, "RMA Created, 6 Return Approved, 72 Goods Received"),
    ("R4", "E2", 4, False, "Return Requested, 2 RMA Created, 8 Return Approved, 24 Goods Received, 7 Return Closed"),
    ("R5", "E2", 5, False, "RMA Created, 5 Return Declined"),
    ("R6", "E2", 12, False, "RMA Created, 1 Return Approved, 20 Goods Received, 1 Goods Received, 2 Return Closed"),
]
# (kpi, item, case, entity, date, value, numerator, denominator, why left out)
ITEMS = [
    ("cycle_time_days", "R1", "R1", "E1", "2025-06-05", 2, None, None, None),
    ("cycle_time_days", "R2", "R2", "E1", "2025-06-05", 4, None, None, None),
    ("cycle_time_days", "R4", "R4", "E2", "2025-05-06", 9, None, None, None),
    ("cycle_time_days", "R6", "R6", "E2", "2025-06-14", 9, None, None, None),
    ("rework_rate", "R1", "R1", "E1", "2025-06-05", None, 1, 1, None),
    ("rework_rate", "R2", "R2", "E1", "2025-06-05", None, 0, 1, None),
    ("rework_rate", "R4", "R4", "E2", "2025-05-06", None, 0, 1, None),
    ("rework_rate", "R6", "R6", "E2", "2025-06-14", None, 0, 1, None),
    ("credit_lag_days", "R1", "R1", "E1", "2025-06-05", 3, None, None, None),
    ("credit_lag_days", "R2", "R2", "E1", "2025-06-05", None, None, None, "no receipt"),
    ("decision_to_credit_days", "R1", "R1", "E1", "2025-06-05", 3, None, None, None),
    ("decision_to_credit_days", "R2", "R2", "E1", "2025-06-05", None, None, None, "credited before decision"),
    ("open_returns", "R3", "R3", "E1", None, None, None, None, None),
    ("value_returned", "R1-1", "R1", "E1", "2025-06-04", 1200000, None, None, None),
]


def write_warehouse(path: Path) -> None:
    """Write the literal warehouse; a step belongs to the system that its second word names."""
    with duckdb.connect(path) as con:
        con.execute(SCHEMA)
        for seed in ("kpis", "kpi_measures", "activities", "stages"):
            con.execute(f"create table staging.{seed} as select * from read_csv('{SEEDS / seed}.csv', header = true)")
        for seed in ("dispositions", "code_map"):
            con.execute(f"create table staging.stg_reference__{seed} as select * from read_csv('{SEEDS / seed}.csv')")
        con.executemany("insert into staging.stg_reference__entities values (?, ?)", ENTITIES)
        con.executemany("insert into staging.stg_reference__fx_rates values (?, ?, ?)", RATES)
        con.executemany("insert into staging.stg_reference__kpi_targets values (?, ?, ?, ?)", TARGETS)
        con.executemany(
            """
            insert into marts.kpi_items
            select
                $1, null, $2, $3, $4, $5, strftime(cast($5 as date), '%Y-%m'), $6, $7, $8, $9,
                coalesce($9, '') = 'no receipt', 'S1', 'portal', 'DEFECTIVE', 'Tools', 'missing'
            """,
            ITEMS,
        )
        for case, entity, day, is_open, path_text in PATHS:
            _write_path(con, case, entity, day, is_open, path_text)
        con.execute("""
            update event_log.cases set variant = paths.path, variant_id = md5(paths.path)
            from (
                select case_id, string_agg(activity, ' > ' order by case_position) as path
                from event_log.events
                group by case_id
            ) as paths
            where paths.case_id = cases.case_id
        """)
        con.execute("alter table event_log.cases add column return_value decimal(18, 2) default 100")
        for column in ("event_id", "ts_precision", "resource", "next_resource", "is_automation"):
            con.execute(f"alter table event_log.events add column {column} varchar")


def _write_path(con: duckdb.DuckDBPyConnection, case: str, entity: str, day: int, is_open: bool, text: str) -> None:
    """Write a case that begins at 15:00 UTC; business time runs at a third of the clock."""
    first, *later = text.split(", ")
    steps = [(0.0, first), *((float(step.split(" ", 1)[0]), step.split(" ", 1)[1]) for step in later)]
    con.execute(
        """
        insert into event_log.cases
        select
            $1, $2, make_timestamp(2025, 6, $3, 15, 0, 0), make_timestamp(2025, 6, $3, 15, 0, 0), 'America/Chicago', $4,
            28800, $5, 0, if($5, cast($6 * 1200e6 as bigint), null), null, null, null, null, null
        """,
        [case, entity, day, is_open, text.endswith("Return Closed"), sum(wait for wait, _ in steps)],
    )
    hours = 0.0
    for position, (wait, activity) in enumerate(steps, start=1):
        hours += wait
        con.execute(
            """
            insert into event_log.events
            select
                $1, $2, $3, make_timestamp(2025, 6, $4, 15, 0, 0) + to_hours(cast($5 as bigint)),
                cast($5 * 1200 * 1000000 as bigint), null, null, null, split_part($3, ' ', 2), null, null, null
            """,
            [case, position, activity, day, hours],
        )
    con.execute(
        """
        update event_log.events set
            next_activity = following.activity,
            next_source_system = following.source_system,
            next_event_at = following.event_at,
            next_business_micros = following.business_micros
        from event_log.events as following
        where following.case_id = events.case_id and following.case_position = events.case_position + 1
        """
    )


def publish(warehouse: Path, workspace: Path, number: int) -> Path:
    """Publish a copy of a warehouse as build `number`; return the copy."""
    folder = workspace / "builds" / f"{number:06d}"
    folder.mkdir(parents=True)
    shutil.copy(warehouse, folder / "warehouse.duckdb")
    manifest = {
        "build": number, "product_version": "9.9.9", "contract_version": 1, "target": "duckdb",
        "as_of_at": "2025-06-20T15:00:00.000000Z", "extracts": "landing", "extracts_sha256": f"sha-{number}",
        "rows_read": 0, "cases": len(PATHS), "events": 0,
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (workspace / "retrace-workspace.json").write_text("{}", encoding="utf-8")
    (workspace / "current").write_text(f"{number:06d}\n", encoding="ascii")
    return folder / "warehouse.duckdb"
