"""Worlds of the simulator: people, queues and calendars, laid out as the tables that a comparison reads.

The books of a simulation give the tables directly, by the definitions of the KPIs and of the segments, without extracts
and a build for each world.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

import pandas as pd

from pipeline.settings import SEEDS
from simulator.documents import Return
from simulator.events import last_event_at
from simulator.parameters import Scenario
from simulator.plans import Planner
from simulator.planted_effect import credit_lag_days, cycle_time_days, requested_at
from simulator.process import run
from simulator.reference import load_reference
from simulator.simulation import pace
from simulator.world import World as Distributor
from simulator.world import make_world
from tests.bench.known_effects.worlds import Tables

DAYS = 240
_MARGIN = timedelta(days=90)


def simulate_tables(scenario: Scenario, returns: int, seed: int) -> Tables:
    """Run a simulation and lay out its books as the tables of a comparison."""
    reference = load_reference(SEEDS, scenario.policies)
    last = scenario.horizon.start + timedelta(days=DAYS) + _MARGIN
    world = make_world(scenario, reference, returns, last, Random(f"{seed}:world"))
    planner = Planner(scenario, world, returns, DAYS, seed)
    simulation, plans = run(scenario, world, planner, DAYS, pace(scenario, returns, DAYS, planner.lanes))
    by_number = {plan.number: plan for plan in plans}
    documents = simulation.books.returns
    as_of = max(last_event_at(document) for document in documents)
    rows = [_case(one, by_number[one.number].channel, world) for one in documents]
    cases = pd.DataFrame(rows, columns=_CASE_COLUMNS)
    parts = [row for one in documents for row in _segments(one, as_of)]
    items = [row for one in documents for row in _items(one)]
    return Tables(
        cases,
        pd.DataFrame(parts, columns=_SEGMENT_COLUMNS),
        pd.DataFrame(items, columns=_ITEM_COLUMNS),
        _instant(as_of),
    )


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)


_CASE_COLUMNS = (
    "case_id", "entity_id", "customer_id", "site", "channel", "reason", "category", "value_band", "requested_at",
    "time_zone", "standard_day_seconds", "requested_micros", "closed_micros", "closed_at", "is_closed", "is_declined",
    "is_cancelled", "is_open",
)  # fmt: skip
_SEGMENT_COLUMNS = ("case_id", "position", "segment", "started_at", "ended_at", "elapsed_micros", "business_micros")
_ITEM_COLUMNS = (
    "kpi",
    "item_id",
    "case_id",
    "anchor_at",
    "value",
    "numerator",
    "denominator",
    "left_out_reason",
    "is_lacking",
)
_SEGMENTS = ("approval", "shipment", "transit", "dock", "inspection", "disposition", "credit", "closure")


def _case(document: Return, channel: str, world: Distributor) -> tuple[object, ...]:
    entity, line = document.entity, document.lines[0]
    reason = world.reference.standard(entity.entity_id, "reason", line.reason_code)
    first = min(document.receipts, key=lambda receipt: receipt.received_at, default=None)
    closed = document.status_times("closed")
    start = requested_at(document)
    void = {status: bool(document.status_times(status)) for status in ("declined", "cancelled")}
    end = closed[-1] if document.is_closed else None
    return (
        document.return_id, entity.entity_id, document.customer.customer_id, first.site.site_id if first else "missing",
        channel, reason or "missing", line.order_line.product.category, "any", _instant(start), entity.zone.name,
        _standard_day(document), entity.open_time.elapsed(start) * 1_000_000,
        None if end is None else entity.open_time.elapsed(end) * 1_000_000, None if end is None else _instant(end),
        document.is_closed, void["declined"], void["cancelled"], not document.is_closed and not document.is_void,
    )  # fmt: skip


def _standard_day(document: Return) -> float:
    minutes = [closes - opens for opens, closes in document.entity.week.hours.values()]
    return 60 * sum(minutes) / len(minutes)


def _items(document: Return) -> Iterator[tuple[object, ...]]:
    if document.is_closed:
        closed_at = _instant(document.status_times("closed")[-1])
        yield _item("cycle_time_days", document, closed_at, cycle_time_days(document), None)
        yield _item("rework_rate", document, closed_at, None, float(_is_reworked(document)))
    lag = credit_lag_days(document)
    if lag is not None:
        posted = min(memo.posted_at for memo in document.memos if memo.is_effective and memo.posted_at is not None)
        yield _item("credit_lag_days", document, _instant(posted), lag, None)


def _item(kpi: str, document: Return, at: datetime, value: float | None, numerator: float | None) -> tuple[object, ...]:
    rounded = None if value is None else round(value, 9)
    return (
        kpi,
        document.return_id,
        document.return_id,
        at,
        rounded,
        numerator,
        None if numerator is None else 1.0,
        None,
        False,
    )


def _is_reworked(document: Return) -> bool:
    asked = [
        event.occurred_at for case in document.cases for event in case.events if event.event_type == "info_requested"
    ]
    return (
        bool(document.status_times("reopened"))
        or any(at > document.created_at for at in asked)
        or any(memo.cancelled_at is not None for memo in document.memos)
        or any(sum(one.completed_at is not None for one in receipt.inspections) > 1 for receipt in document.receipts)
    )


def _segments(document: Return, as_of: int) -> Iterator[tuple[object, ...]]:
    """Yield the time of a return cut at the milestones it reached; one that comes late stands where it is overtaken."""
    at, end = requested_at(document), _end(document, as_of)
    clock = document.entity.open_time
    reached = [(place, found) for place, found in enumerate(_milestones(document), 1) if found is not None]
    whole = document.is_closed
    last = len(_SEGMENTS) if whole else max((place for place, _ in reached), default=0) + 1
    for place, moment in [*((place, found) for place, found in reached if place < last), (last, end)]:
        until = min(max(at, moment), end)
        seconds = clock.elapsed(until) - clock.elapsed(at)
        yield (
            document.return_id, place, _SEGMENTS[place - 1], _instant(at), _instant(until), (until - at) * 1_000_000,
            seconds * 1_000_000,
        )  # fmt: skip
        at = until


def _end(document: Return, as_of: int) -> int:
    void = [at for status in ("declined", "cancelled") for at in document.status_times(status)]
    if void:
        return max(void)
    return document.status_times("closed")[-1] if document.is_closed else as_of


def _milestones(document: Return) -> tuple[int | None, ...]:
    """Return when each milestone but the last was first reached: approval, shipment, ... credit."""
    tracked = {
        kind: [one.occurred_at for one in document.tracking if one.event_type == kind]
        for kind in ("picked_up", "delivered")
    }
    inspected = [one.completed_at for receipt in document.receipts for one in receipt.inspections if one.completed_at]
    posted = [memo.posted_at for memo in document.memos if memo.is_effective and memo.posted_at is not None]
    found: tuple[list[int], ...] = (
        document.status_times("approved"),
        tracked["picked_up"],
        tracked["delivered"],
        [receipt.received_at for receipt in document.receipts],
        inspected,
        [disposition.decided_at for disposition in document.dispositions],
        posted,
    )
    return tuple(min(times) if times else None for times in found)
