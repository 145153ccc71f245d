"""The event log suite: borders of the events and of the cases they form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from expectations.facts import Facts
from expectations.landing import LAST_INSTANT
from expectations.suite import Expectation, On, Suite

LAST_EVENT = "event_log.last_event"
OF_ONE_HASH = "event_log.events_of_one_hash"
DAYS_TO_BE_FRESH = 14
SHARE_WITH_DEPARTMENT = 0.95

_EARLIEST_EVENT = datetime(1999, 12, 31)
_SYSTEMS = ("erp", "wms", "crm", "tms", "middleware")
_NEEDED_SYSTEMS = ("erp", "wms", "crm")

_EVENT_COLUMNS = (
    "event_id", "case_id", "activity", "event_at", "ts_precision", "activity_rank", "resource", "department",
    "is_automation", "entity_id", "source_system", "source_table", "source_key", "line_no", "receipt_id", "amount",
    "currency", "case_position", "business_micros", "next_activity", "next_event_at",
)  # fmt: skip
_NEVER_NULL = (
    "event_id", "case_id", "activity", "event_at", "ts_precision", "activity_rank", "department", "is_automation",
    "entity_id", "source_system", "source_table", "source_key", "case_position",
)  # fmt: skip
_CASE_COLUMNS = (
    "case_id", "entity_id", "rma_number", "started_at", "ended_at", "events", "is_closed", "is_declined",
    "is_cancelled", "is_open", "variant_id", "touches", "handoffs", "site", "channel", "reason", "category", "supplier",
)  # fmt: skip
_CASE_NEVER_NULL = (
    "case_id", "entity_id", "rma_number", "started_at", "ended_at", "events", "is_closed", "is_declined",
    "is_cancelled", "is_open", "variant_id",
)  # fmt: skip


def event_log_suite(facts: Facts) -> Suite:
    """Return the suite of `event_log.events` and `event_log.cases`, for the as-of instant and activities of `facts`."""
    return Suite(
        name="event_log",
        title="Event log",
        expectations=(*_events(facts), _ids(), *_freshness(), *_cases()),
        derived={LAST_EVENT: _LAST_EVENT_QUERY, OF_ONE_HASH: _OF_ONE_HASH_QUERY},
        again={OF_ONE_HASH: _OF_NEW_IDS_QUERY},
    )


def _events(facts: Facts) -> Iterator[Expectation]:
    on = On("event_log.events")
    yield on.has_columns(_EVENT_COLUMNS)
    yield on.has_rows()
    for column in _NEVER_NULL:
        yield on.not_null(column)
    yield on.one_of("activity", facts.activities, severity="error")
    yield on.one_of("ts_precision", ("second", "day"), severity="error")
    yield on.one_of("source_system", _SYSTEMS, severity="error")
    yield on.between("event_at", _EARLIEST_EVENT, facts.as_of or LAST_INSTANT)
    yield on.between("activity_rank", 10, 110)
    yield on.between("case_position", low=1)
    yield on.between("business_micros", low=0)
    yield on.length("currency", 3)
    yield on.mostly_not("department", "Unknown", SHARE_WITH_DEPARTMENT)


def _ids() -> Expectation:
    """Only events whose ids have one hash can have one id: as a rule there are none, and hashes are quick to count."""
    return On(OF_ONE_HASH).unique("event_id")


def _freshness() -> Iterator[Expectation]:
    """A system whose feed stopped falls behind the as-of instant."""
    for system in _NEEDED_SYSTEMS:
        says = f"the last {system} event is at most {DAYS_TO_BE_FRESH} days before the as-of instant"
        yield On(LAST_EVENT).greatest(f"{system}_days_before_as_of", 0, high=DAYS_TO_BE_FRESH, says=says)


def _cases() -> Iterator[Expectation]:
    on = On("event_log.cases")
    yield on.has_columns(_CASE_COLUMNS)
    for column in _CASE_NEVER_NULL:
        yield on.not_null(column)
    yield on.between("events", low=1)
    yield on.between("touches", low=0)
    yield on.between("handoffs", low=0)
    yield on.in_order("started_at", "ended_at")


_DAYS_OF_SYSTEMS = ", ".join(
    f"max(days) filter (where source_system = '{system}') as {system}_days_before_as_of" for system in _NEEDED_SYSTEMS
)
_LAST_EVENT_QUERY = f"""
    with behind as (
        select source_system, date_diff('day', max(event_at), max(as_of_at)) as days
        from event_log.events cross join returns.as_of
        group by source_system
    )
    select {_DAYS_OF_SYSTEMS}
    from behind
"""  # noqa: S608
_OF_ONE_HASH_QUERY = """
    select event_id
    from event_log.events
    where hash(event_id) in (select hash(event_id) as hash from event_log.events group by hash having count(*) > 1)
"""
# Events of one id are of one row of the extracts; asked first, few ids are put together.
_OF_NEW_IDS_QUERY = """
    select event_id
    from event_log.events
    semi join {part}.event_log.events as of_rows using (source_key)
    semi join {part}.event_log.events as of_ids using (event_id)
"""
