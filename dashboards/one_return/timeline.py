"""What the timeline of one return shows, on the clock that the reader chose."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from string import ascii_uppercase

from dashboards.attention.words import seen, type_name
from dashboards.charts.timeline_rows import Mark, Span, Timeline
from dashboards.one_return.story import Alarm, Facts, Step, Stretch
from mining.map_view import DAY, Clock
from pipeline import formats

LANES = ("crm", "erp", "wms", "tms", "middleware")


def system_name(system: str) -> str:
    """Return a system as readers know it: ``ERP``, ``Middleware``."""
    return system.upper() if len(system) <= 3 else system.capitalize()


def sign(position: int) -> str:
    """Return the letter of an exception, from A; after Z come AA, AB and so on."""
    first, last = divmod(position, len(ascii_uppercase))
    return (sign(first - 1) if first else "") + ascii_uppercase[last]


def both_clocks(seconds: float | None, business_seconds: float | None, day_seconds: float | None) -> str:
    """Return a time on both clocks, e.g. ``3.4 d elapsed, 2.1 d business``."""
    elapsed = f"{formats.duration(seconds, DAY)} elapsed"
    if business_seconds is None or day_seconds is None:
        return elapsed
    return f"{elapsed}, {formats.duration(business_seconds, day_seconds)} business"


def timeline_of(
    facts: Facts, steps: Sequence[Step], stretches: Sequence[Stretch], alarms: Sequence[Alarm], clock: Clock
) -> Timeline:
    """Return the timeline of a return in days of the chosen clock; business days need a calendar."""
    is_business = clock == "business" and facts.day_seconds is not None
    day = facts.day_seconds if is_business and facts.day_seconds else DAY

    def days(seconds: float, business_seconds: float | None) -> float:
        return ((business_seconds or 0.0) if is_business else seconds) / day

    systems = {step.source_system for step in steps}
    lanes = [*(lane for lane in LANES if lane in systems), *sorted(systems - set(LANES))]
    ends = list(accumulate((days(one.seconds, one.business_seconds) for one in stretches), initial=0.0))
    since = formats.instant(facts.requested_at)
    return Timeline(
        tuple(system_name(lane) for lane in lanes),
        tuple(
            Mark(
                system_name(step.source_system),
                days(step.since_request_seconds, step.since_request_business_seconds),
                str(step.number),
                step.done_by == "a program",
                _step_words(step, facts),
            )
            for step in steps
        ),
        tuple(
            Span(one.title, start, end, one.is_running, _stretch_words(one, facts))
            for one, start, end in zip(stretches, ends, ends[1:], strict=False)
        ),
        tuple(
            Span(
                sign(position),
                days(one.start_seconds, one.start_business_seconds),
                days(one.end_seconds, one.end_business_seconds),
                one.resolved_at is None,
                _alarm_words(one),
            )
            for position, one in enumerate(alarms)
        ),
        f"Business days since the request, {since}; nights, weekends and holidays are left out"
        if is_business
        else f"Calendar days since the request, {since}",
    )


def _step_words(step: Step, facts: Facts) -> tuple[str, ...]:
    since = both_clocks(step.since_request_seconds, step.since_request_business_seconds, facts.day_seconds)
    waited = both_clocks(step.waited_seconds, step.waited_business_seconds, facts.day_seconds)
    return (
        f"{step.number}  {step.activity}",
        formats.instant(step.event_at) if step.ts_precision == "second" else f"{formats.day(step.event_at)} (day only)",
        f"since the request: {since}",
        *([f"since the step before: {waited}"] if step.waited_seconds is not None else []),
        f"{step.department}, {step.done_by}",
    )


def _stretch_words(one: Stretch, facts: Facts) -> tuple[str, ...]:
    return (one.title, both_clocks(one.seconds, one.business_seconds, facts.day_seconds), *stretch_notes(one))


def stretch_notes(one: Stretch) -> tuple[str, ...]:
    """Say what is special about a segment."""
    notes = (
        (one.is_running, "still running"),
        (one.is_cut_short, "declined or cancelled in it"),
        (one.is_out_of_order, "its milestone came out of order"),
    )
    return tuple(note for holds, note in notes if holds)


def _alarm_words(one: Alarm) -> tuple[str, ...]:
    until = "open" if one.resolved_at is None else f"resolved {formats.instant(one.resolved_at)}"
    found = [text] if (text := seen(one.evidence)) else []
    return (type_name(one.exception_type), f"detected {formats.instant(one.detected_at)}", until, *found)
