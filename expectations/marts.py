"""The marts suite: borders of KPI items, exceptions and the process tables."""

from __future__ import annotations

from collections.abc import Iterator

from expectations.facts import Facts
from expectations.landing import LAST_INSTANT
from expectations.suite import Expectation, On, Suite

EXCEPTION_TYPES = (
    "duplicate_return", "missing_reason", "unmatched_receipt", "receipt_before_approval", "late_receipt_posting",
    "stock_status_mismatch", "premature_availability", "credit_without_receipt", "credit_without_gl",
    "unlinked_credit", "excess_credit", "unapproved_credit", "disconnected_replacement", "missing_replacement",
    "unclaimed_recovery", "stale_return", "integration_failure", "event_order_violation",
)  # fmt: skip

_DURATION_KPIS = ("cycle_time_days", "credit_lag_days", "decision_to_credit_days")
_SHARE_KPIS = (
    "rework_rate", "supplier_claim_filing_rate", "exception_rate", "straight_through_rate", "communication_sla_rate",
)  # fmt: skip

_ITEM_COLUMNS = (
    "kpi", "item_type", "item_id", "case_id", "entity_id", "anchor_at", "anchor_date", "month", "value", "numerator",
    "denominator", "site", "channel", "reason", "category", "supplier", "left_out_reason",
)  # fmt: skip
_EXCEPTION_COLUMNS = (
    "exception_type", "object_type", "object_id", "case_id", "entity_id", "detected_at", "resolved_at", "value",
    "evidence",
)  # fmt: skip
_EDGE_MEASURES = ("mean_seconds", "median_seconds", "mean_business_seconds", "median_business_seconds")
_COUNTS = ("rows_read", "rows_kept", "rows_superseded", "rows_quarantined")


def marts_suite(facts: Facts) -> Suite:
    """Return the suite of the marts, for the as-of instant and KPI names of `facts`."""
    return Suite(
        name="marts",
        title="Marts",
        expectations=(
            *_kpi_items(facts), *_exceptions(facts), *_edges(), *_variants(), *_handoffs(), *_load_report(),
        ),
        derived={"marts.kpi_items": _ITEMS_QUERY},
    )  # fmt: skip


def _kpi_items(facts: Facts) -> Iterator[Expectation]:
    on = On("marts.kpi_items")
    yield on.has_columns(_ITEM_COLUMNS)
    for column in ("kpi", "item_type", "item_id"):
        yield on.not_null(column)
    yield on.one_of("kpi", facts.kpis, severity="error")
    yield on.between("anchor_at", high=facts.as_of or LAST_INSTANT)
    yield on.length("month", 7, severity="error")
    yield on.between("duration_business_days", low=0)
    yield on.between("share_numerator", 0, 1)
    yield on.between("share_denominator", 1, 1)
    yield on.between("units_numerator", low=0)
    yield on.in_order("units_numerator", "units_denominator")


def _exceptions(facts: Facts) -> Iterator[Expectation]:
    """What resolves an exception comes after what was detected, but for odd policies: a limit of less than no time."""
    on = On("marts.exceptions")
    yield on.has_columns(_EXCEPTION_COLUMNS)
    for column in ("exception_type", "object_type", "object_id", "detected_at"):
        yield on.not_null(column)
    yield on.not_null("evidence", severity="warning")
    yield on.one_of("exception_type", EXCEPTION_TYPES, severity="error")
    yield on.between("detected_at", high=facts.as_of or LAST_INSTANT)
    yield on.between("resolved_at", high=facts.as_of or LAST_INSTANT)
    yield on.in_order("detected_at", "resolved_at", severity="warning")
    yield on.between("value", low=0, severity="warning")


def _edges() -> Iterator[Expectation]:
    on = On("marts.edges")
    yield on.has_columns(("activity", "next_activity", "frequency", "cases", *_EDGE_MEASURES))
    for column in ("activity", "next_activity", "frequency", "cases"):
        yield on.not_null(column)
    yield on.between("cases", low=1)
    yield on.in_order("cases", "frequency")
    for measure in _EDGE_MEASURES:
        yield on.between(measure, low=0)


def _variants() -> Iterator[Expectation]:
    on = On("marts.variants")
    yield on.has_columns(("variant_id", "variant", "cases", "share", "median_seconds"))
    for column in ("variant_id", "variant", "cases", "share"):
        yield on.not_null(column)
    yield on.between("cases", low=1)
    yield on.between("share", 0, 1)
    yield on.between("median_seconds", low=0)


def _handoffs() -> Iterator[Expectation]:
    on = On("marts.handoffs")
    yield on.has_columns(("level", "from_name", "to_name", "frequency", "cases"))
    for column in ("level", "from_name", "to_name", "frequency", "cases"):
        yield on.not_null(column)
    yield on.one_of("level", ("system", "department", "resource"), severity="error")
    yield on.between("cases", low=1)
    yield on.in_order("cases", "frequency")


def _load_report() -> Iterator[Expectation]:
    on = On("marts.load_report")
    yield on.has_columns(("system", "table_name", *_COUNTS))
    for column in ("system", "table_name", *_COUNTS):
        yield on.not_null(column)
    for column in _COUNTS:
        yield on.between(column, low=0)


def _of(kpis: tuple[str, ...], column: str) -> str:
    names = ", ".join(f"'{kpi}'" for kpi in kpis)
    return f"case when kpi in ({names}) then {column} end"


_UNITS = ("inventory_status_accuracy",)
_ITEMS_QUERY = f"""
    select
        *,
        {_of(_DURATION_KPIS, "value")} as duration_business_days,
        {_of(_SHARE_KPIS, "numerator")} as share_numerator,
        {_of(_SHARE_KPIS, "denominator")} as share_denominator,
        {_of(_UNITS, "numerator")} as units_numerator,
        {_of(_UNITS, "denominator")} as units_denominator
    from marts.kpi_items
"""  # noqa: S608
