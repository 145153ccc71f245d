"""Ways to break the healthy world, each with the expectations that must fail and no others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.contract import Table, load_contract

NOT_NULL = "expect_column_values_to_not_be_null"
BETWEEN = "expect_column_values_to_be_between"
ONE_OF = "expect_column_values_to_be_in_set"
MOSTLY_NOT = "expect_column_values_to_not_be_in_set"
UNIQUE = "expect_column_values_to_be_unique"
LENGTH = "expect_column_value_lengths_to_equal"
GREATEST = "expect_column_max_to_be_between"
IN_ORDER = "expect_column_pair_values_a_to_be_greater_than_b"
HAS_COLUMNS = "expect_table_columns_to_match_set"
HAS_ROWS = "expect_table_row_count_to_be_between"

Key = tuple[str, str, str | None]  # relation, expectation, column


@dataclass(frozen=True)
class Breaking:
    """`sql` breaks `table` of the healthy world; `fails` are the expectations on it, or derived from it, that fail."""

    table: str
    sql: str
    fails: frozenset[Key]

    def __str__(self) -> str:
        return f"{self.table}-{'+'.join(sorted({name for _, name, _ in self.fails}))[:60]}"


def one(table: str, change: str, kind: str, column: str, relation: str | None = None) -> Breaking:
    """One expectation on `table`, or on a relation derived from it, fails after `update table set change`."""
    return Breaking(table, f"update {table} set {change}", frozenset({(relation or table, kind, column)}))


def several(table: str, **changes: tuple[str, str]) -> Breaking:
    """One expectation fails on each column of `changes`, which gives the new value and the expectation."""
    sets = ", ".join(f"{column} = {value}" for column, (value, _) in changes.items())
    keys = frozenset((table, kind, column) for column, (_, kind) in changes.items())
    return Breaking(table, f"update {table} set {sets}", keys)


def nulls(table: str, columns: str, *also: Key) -> Breaking:
    """Every column of `columns` loses its values."""
    names = columns.split()
    keys = {(table, NOT_NULL, name) for name in names} | set(also)
    return Breaking(table, f"update {table} set {', '.join(f'{name} = null' for name in names)}", frozenset(keys))


def lost(table: str, column: str, *kinds: str) -> Breaking:
    """The table loses a column, which expectations of other kinds read too."""
    keys = {(table, HAS_COLUMNS, None)} | {(table, kind, column) for kind in kinds}
    return Breaking(table, f"alter table {table} drop column {column}", frozenset(keys))


EVENTS, CASES, ITEMS, EXCEPTIONS = "event_log.events", "event_log.cases", "marts.kpi_items", "marts.exceptions"
EDGES, VARIANTS, HANDOFFS, REPORT = "marts.edges", "marts.variants", "marts.handoffs", "marts.load_report"
CALENDARS, LAST = "staging.stg_reference__calendars", "event_log.last_event"
NO_LAST_EVENTS = tuple((LAST, GREATEST, f"{system}_days_before_as_of") for system in ("erp", "wms", "crm"))

WRITTEN = (
    # reference rows that count
    one(CALENDARS, "weekday = 8", BETWEEN, "weekday", "staging.opening_hours"),
    one(CALENDARS, "closes_minute = opens_minute", BETWEEN, "open_minutes", "staging.opening_hours"),
    Breaking(CALENDARS, f"update {CALENDARS} set closes_minute = opens_minute - 1", frozenset({
        ("staging.opening_hours", IN_ORDER, "opens_minute, closes_minute"),
        ("staging.opening_hours", BETWEEN, "open_minutes"),
    })),
    one("staging.stg_reference__fx_rates", "rate = 0", BETWEEN, "rate", "staging.fx_months"),
    one("staging.stg_reference__fx_rates", "month = '2025-03-02'", BETWEEN, "day_of_month", "staging.fx_months"),
    one("staging.stg_reference__code_map", "domain = 'reasons'", ONE_OF, "domain"),
    one("staging.stg_reference__reasons", "responsibility = 'nobody'", ONE_OF, "responsibility"),
    one("staging.stg_reference__sla_targets", "obligation = 'thanks'", ONE_OF, "obligation"),
    one("staging.stg_reference__sla_targets", "business_hours = 0", BETWEEN, "business_hours"),
    one("staging.stg_reference__policies", "policy = 'moon_phase'", ONE_OF, "policy"),
    one("staging.stg_reference__policies", "value = -1", BETWEEN, "value"),
    one("staging.stg_reference__kpi_targets", "better = 'blue'", ONE_OF, "better"),
    # codes of the landed extracts
    one("raw.erp__returns", "requested_resolution = 'hug'", ONE_OF, "requested_resolution"),
    one("raw.erp__return_status_changes", "to_status = 'lost'", ONE_OF, "to_status"),
    one("raw.erp__supplier_claims", "decision = 'maybe'", ONE_OF, "decision"),
    one("raw.erp__stock_postings", "stock_status = 'gone'", ONE_OF, "stock_status"),
    one("raw.wms__stock_moves", "stock_status = 'gone'", ONE_OF, "stock_status"),
    one("raw.crm__case_events", "event_type = 'sang'", ONE_OF, "event_type"),
    one("raw.crm__messages", "direction = 'up'", ONE_OF, "direction"),
    one("raw.crm__messages", "message_type = 'poem'", ONE_OF, "message_type"),
    one("raw.middleware__messages", "status = 'fine'", ONE_OF, "status"),
    # events
    lost(EVENTS, "receipt_id"),
    Breaking(EVENTS, f"delete from {EVENTS}", frozenset({(EVENTS, HAS_ROWS, None), *NO_LAST_EVENTS})),
    nulls(EVENTS, "event_id case_id activity ts_precision activity_rank department is_automation entity_id "
          "source_table source_key case_position"),
    nulls(EVENTS, "event_at source_system", *NO_LAST_EVENTS),
    one(EVENTS, "event_id = 'erp.returns:R1:RMA Created'", UNIQUE, "event_id", "event_log.events_of_one_hash"),
    several(EVENTS, activity=("'Return Lost'", ONE_OF), ts_precision=("'month'", ONE_OF), currency=("'EURO'", LENGTH),
            activity_rank=("111", BETWEEN), case_position=("0", BETWEEN), business_micros=("-1", BETWEEN)),
    one(EVENTS, "source_system = 'fax' where source_system = 'tms'", ONE_OF, "source_system"),
    one(EVENTS, "event_at = '1900-01-01' where source_system = 'tms'", BETWEEN, "event_at"),
    one(EVENTS, "event_at = '2025-03-10 12:00:01' where source_system = 'tms'", BETWEEN, "event_at"),
    one(EVENTS, "department = 'Unknown' where source_system = 'tms'", MOSTLY_NOT, "department"),
    one(EVENTS, "event_at = '2025-02-01' where source_system = 'wms'", GREATEST, "wms_days_before_as_of", LAST),
    Breaking(EVENTS, f"update {EVENTS} set event_at = '2025-02-01' where source_system <> 'wms'",
             frozenset(NO_LAST_EVENTS) - {(LAST, GREATEST, "wms_days_before_as_of")}),
    # cases
    lost(CASES, "channel"),
    nulls(CASES, "case_id entity_id rma_number started_at ended_at events is_closed is_declined is_cancelled is_open "
          "variant_id"),
    several(CASES, events=("0", BETWEEN), touches=("-1", BETWEEN), handoffs=("-1", BETWEEN)),
    one(CASES, "ended_at = '2025-03-01'", IN_ORDER, "started_at, ended_at"),
    # KPI items
    lost(ITEMS, "left_out_reason"),
    nulls(ITEMS, "kpi item_type item_id"),
    several(ITEMS, kpi=("'happiness'", ONE_OF), anchor_at=("'2025-03-10 12:00:01'", BETWEEN),
            month=("'2025-3'", LENGTH)),
    one(ITEMS, "value = -0.001 where kpi = 'cycle_time_days'", BETWEEN, "duration_business_days"),
    one(ITEMS, "numerator = 2 where kpi = 'rework_rate'", BETWEEN, "share_numerator"),
    one(ITEMS, "denominator = 2 where kpi = 'rework_rate'", BETWEEN, "share_denominator"),
    one(ITEMS, "numerator = -1 where kpi = 'inventory_status_accuracy'", BETWEEN, "units_numerator"),
    one(ITEMS, "numerator = 4 where kpi = 'inventory_status_accuracy'", IN_ORDER, "units_numerator, units_denominator"),
    # exceptions
    lost(EXCEPTIONS, "case_id"),
    nulls(EXCEPTIONS, "exception_type object_type object_id detected_at evidence"),
    Breaking(EXCEPTIONS, f"update {EXCEPTIONS} set detected_at = '2026-01-01', resolved_at = null",
             frozenset({(EXCEPTIONS, BETWEEN, "detected_at")})),
    one(EXCEPTIONS, "resolved_at = '2026-01-01'", BETWEEN, "resolved_at"),
    one(EXCEPTIONS, "resolved_at = '2025-03-01'", IN_ORDER, "detected_at, resolved_at"),
    several(EXCEPTIONS, exception_type=("'bad_luck'", ONE_OF), value=("-1", BETWEEN)),
    # process
    lost(EDGES, "median_business_seconds", BETWEEN),
    nulls(EDGES, "activity next_activity frequency cases"),
    one(EDGES, "cases = 0", BETWEEN, "cases"),
    one(EDGES, "cases = 3", IN_ORDER, "cases, frequency"),
    several(EDGES, mean_seconds=("-1", BETWEEN), median_seconds=("-2", BETWEEN),
            mean_business_seconds=("-3", BETWEEN), median_business_seconds=("-4", BETWEEN)),
    lost(VARIANTS, "median_seconds", BETWEEN),
    nulls(VARIANTS, "variant_id variant cases share"),
    several(VARIANTS, cases=("0", BETWEEN), share=("1.01", BETWEEN), median_seconds=("-1", BETWEEN)),
    lost(HANDOFFS, "level", NOT_NULL, ONE_OF),
    nulls(HANDOFFS, "level from_name to_name frequency cases"),
    one(HANDOFFS, "level = 'galaxy'", ONE_OF, "level"),
    one(HANDOFFS, "cases = 0", BETWEEN, "cases"),
    one(HANDOFFS, "cases = 3", IN_ORDER, "cases, frequency"),
    # load report
    lost(REPORT, "system", NOT_NULL),
    nulls(REPORT, "system table_name rows_read rows_kept rows_superseded rows_quarantined"),
    several(REPORT, rows_read=("-1", BETWEEN), rows_kept=("-1", BETWEEN), rows_superseded=("-1", BETWEEN),
            rows_quarantined=("-1", BETWEEN)),
)  # fmt: skip


def generated() -> Iterator[Breaking]:
    """What the contract says of each table, broken: values missing, out of range, columns and rows missing."""
    tables = load_contract().tables
    for table in tables:
        yield _broken_rows(table)
        if _is_needed(table):
            name = f"raw.{table.raw_name}"
            yield Breaking(name, f"delete from {name}", frozenset({(name, HAS_ROWS, None)}))
    shares = {table: ("raw.quarantined_share", GREATEST, table.raw_name) for table in tables}
    yield Breaking("raw.load_files", "update raw.load_files set rows_quarantined = 2", frozenset(shares.values()))
    yield Breaking(
        "raw.load_files",
        "update raw.load_files set rows_quarantined = 2 where system = 'wms' and table_name = 'receipts'",
        frozenset({shares[load_contract().table("wms", "receipts")]}),
    )


def _broken_rows(table: Table) -> Breaking:
    """One row loses every required value, another leaves every range, and the table loses a column."""
    name = f"raw.{table.raw_name}"
    lacking = [f"{way} = null" for column in table.required_columns for way in _ways(table, column.name, column.type)]
    wrong = [change for change, _ in _out_of_range(table)]
    statements = [
        f"insert into {name} from {name}",
        f"update {name} set _row_number = rowid",
        f"update {name} set {', '.join(lacking)} where _row_number = 0",
        *([f"update {name} set {', '.join(wrong)} where _row_number = 1"] if wrong else []),
        f"alter table {name} drop column _file",
    ]
    keys = {(name, NOT_NULL, column.name) for column in table.required_columns}
    keys |= {(name, HAS_COLUMNS, None)} | {key for _, key in _out_of_range(table)}
    return Breaking(name, "; ".join(statements), frozenset(keys))


def _is_needed(table: Table) -> bool:
    may_be_empty = {"holidays", "reasons", "dispositions", "sla_targets", "policies", "kpi_targets"}
    return table.name not in may_be_empty if table.system == "reference" else not table.optional


def _out_of_range(table: Table) -> list[tuple[str, Key]]:
    name, wrong = f"raw.{table.raw_name}", []
    for column in table.columns:
        key = (name, BETWEEN, column.name)
        if column.type in ("quantity", "amount"):
            wrong.append((f"{column.name} = {0 if column.type == 'quantity' else -0.01}", key))
        elif column.type == "timestamp":
            wrong.append((f"{column.name} = '1999-12-30 23:59:59'", key))
        elif column.name in ("currency", "cost_currency"):
            wrong.append((f"{column.name} = 'EURO'", (name, LENGTH, column.name)))
    return wrong


def _ways(table: Table, column: str, kind: str) -> list[str]:
    if kind != "timestamp":
        return [column]
    return [column, f"{column}_day", *([f"{column}_local"] if table.clock == "site" else [])]
