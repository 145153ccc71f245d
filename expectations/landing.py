"""The landing suite: borders of the accepted extract rows, generated from the contract, and the words they may use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from expectations.facts import Facts
from expectations.suite import Expectation, On, Suite
from pipeline.contract import Contract, Table

# The range test looks at dates as written; an offset or a site's clock moves the instant by less than a day.
FIRST_INSTANT = datetime(1999, 12, 31)
LAST_INSTANT = datetime(2090, 1, 2)

QUARANTINED_SHARE = "raw.quarantined_share"
HIGHEST_QUARANTINED_SHARE = 0.05
FX_MONTHS = "staging.fx_months"
OPENING_HOURS = "staging.opening_hours"

_PROVENANCE = ("_source_key", "_file", "_row_number")
_NEEDED_REFERENCES = ("entities", "calendars", "fx_rates", "code_map")
_STOCK_STATUSES = ("quarantine", "available", "repair", "scrapped", "returned_to_vendor", "returned_to_customer")

# Codes with a meaning to Retrace. Others are kept and not understood, which is worth a warning and no more. What
# happens to a parcel is not among them: carriers also tell of stations on the way, which the contract lets them.
_CODES: dict[tuple[str, str, str], tuple[str, ...]] = {
    ("erp", "returns", "requested_resolution"): ("credit", "replacement", "repair"),
    ("erp", "return_status_changes", "to_status"): (
        "pending_approval", "approved", "declined", "closed", "reopened", "cancelled",
    ),
    ("erp", "supplier_claims", "decision"): ("accepted", "rejected"),
    ("erp", "stock_postings", "stock_status"): _STOCK_STATUSES,
    ("wms", "stock_moves", "stock_status"): _STOCK_STATUSES,
    ("crm", "case_events", "event_type"): ("info_requested", "info_received", "escalated", "reassigned", "note"),
    ("crm", "messages", "direction"): ("inbound", "outbound"),
    ("crm", "messages", "message_type"): (
        "acknowledgement", "approval_notice", "receipt_confirmation", "credit_notice", "other",
    ),
    ("middleware", "messages", "status"): ("ok", "failed", "dead"),
}  # fmt: skip

_RESPONSIBILITIES = ("customer", "supplier", "carrier", "warehouse", "order_entry", "commercial", "unknown")
_OBLIGATIONS = ("acknowledgement", "approval_notice", "receipt_confirmation", "credit_notice")
_POLICIES = ("receipt_posting_hours", "status_sync_hours", "credit_approval_limit", "stale_days", "return_window_days")


def landing_suite(contract: Contract, facts: Facts) -> Suite:
    """Return the suite of the landed extracts and of the reference rows that count.

    Errors are borders that the load keeps by its quarantine and reference values without which business time and
    money would be nonsense. Whatever an extract may legally contain is at most a warning.
    """
    expectations: list[Expectation] = []
    for table in contract.tables:
        expectations.extend(_borders(table))
        expectations.extend(_words(table))
    expectations.extend(_few_quarantined(table) for table in contract.tables)
    expectations.extend(_reference_rules(facts))
    return Suite(
        name="landing",
        title="Landed extracts",
        expectations=tuple(expectations),
        derived={
            **{f"raw.{table.raw_name}": _one_instant(table) for table in contract.tables if table.timestamp_columns},
            QUARANTINED_SHARE: _quarantined_share(contract),
            OPENING_HOURS: (
                "select *, closes_minute - opens_minute as open_minutes from staging.stg_reference__calendars"
            ),
            FX_MONTHS: "select *, extract(day from month) as day_of_month from staging.stg_reference__fx_rates",
        },
    )


def _borders(table: Table) -> Iterator[Expectation]:
    """What the contract itself says of each column."""
    on = On(f"raw.{table.raw_name}")
    yield on.has_columns((*(column.name for column in table.columns), *_PROVENANCE))
    needed = table.name in _NEEDED_REFERENCES if table.system == "reference" else not table.optional
    if needed:
        yield on.has_rows()
    for column in table.columns:
        if column.required:
            yield on.not_null(column.name)
        if column.type == "quantity":
            yield on.positive(column.name)
        elif column.type == "amount":
            yield on.between(column.name, low=0)
        elif column.type == "timestamp":
            yield on.between(column.name, FIRST_INSTANT, LAST_INSTANT)


def _words(table: Table) -> Iterator[Expectation]:
    on = On(f"raw.{table.raw_name}")
    for column in table.columns:
        codes = _CODES.get((table.system, table.name, column.name))
        if codes:
            yield on.one_of(column.name, codes)
        if column.name.split("_")[-1] == "currency":
            yield on.length(column.name, 3)


def _few_quarantined(table: Table) -> Expectation:
    says = f"at most {HIGHEST_QUARANTINED_SHARE:.0%} of the rows of {table.label} are in quarantine"
    return On(QUARANTINED_SHARE).greatest(table.raw_name, high=HIGHEST_QUARANTINED_SHARE, says=says)


def _reference_rules(facts: Facts) -> Iterator[Expectation]:
    """Business rules of the reference rows that count: the last of each key."""
    yield On(OPENING_HOURS).between("weekday", 1, 7)
    yield On(OPENING_HOURS).in_order("opens_minute", "closes_minute")
    yield On(OPENING_HOURS).positive("open_minutes", severity="warning")
    yield On(FX_MONTHS).positive("rate")
    yield On(FX_MONTHS).between("day_of_month", 1, 1, severity="warning")
    yield On("staging.stg_reference__code_map").one_of("domain", ("reason", "disposition", "condition", "channel"))
    yield On("staging.stg_reference__reasons").one_of("responsibility", _RESPONSIBILITIES)
    targets = On("staging.stg_reference__sla_targets")
    yield targets.one_of("obligation", _OBLIGATIONS)
    yield targets.positive("business_hours", severity="warning")
    policies = On("staging.stg_reference__policies")
    yield policies.one_of("policy", _POLICIES)
    yield policies.between("value", low=0, severity="warning")
    yield On("staging.stg_reference__kpi_targets").one_of("better", ("lower", "higher"))


def _one_instant(table: Table) -> str:
    """The raw table with each stamp in one column, whichever way it was written."""
    ways = ("", "_day", "_local") if table.clock == "site" else ("", "_day")
    stamps = ", ".join(
        f"coalesce({', '.join(f'cast({column.name}{way} as timestamp)' for way in ways)}) as {column.name}"
        for column in table.timestamp_columns
    )
    return f"select * replace ({stamps}) from raw.{table.raw_name}"  # noqa: S608


def _quarantined_share(contract: Contract) -> str:
    """One row with a column for each table: the share of its rows that are in quarantine."""
    shares = ", ".join(
        f"coalesce(sum(rows_quarantined) filter (where {_is(table)}) / "
        f"nullif(sum(rows_read) filter (where {_is(table)}), 0), 0) as {table.raw_name}"
        for table in contract.tables
    )
    return f"select {shares} from raw.load_files"  # noqa: S608


def _is(table: Table) -> str:
    return f"system = '{table.system}' and table_name = '{table.name}'"
