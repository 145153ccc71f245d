"""Where the time of returns goes: the way from request to close, cut into segments that add up exactly."""

from __future__ import annotations

from dataclasses import dataclass

from mining.log import EventLog

SEGMENTS = "event_log.segments"
MILESTONES = "staging.milestones"


@dataclass(frozen=True)
class Segment:
    """One segment of closed returns.

    `returns` closed returns have it and `absent` have not: their milestone is missing and its time is in the next
    segment. `out_of_order` of those that have it reached its milestone before an earlier one, or after the close; it
    counts nothing there. `over_target` took longer than `target_business_hours`. `elapsed_micros` and
    `business_micros` are sums over the closed returns, exact; the shares are of all segments together. Open returns
    that stand in it are `running` and have spent `running_*_micros` there so far; `cut_short` were declined or
    cancelled in it. Neither is part of any other figure. Durations are in seconds; of nothing they are None.
    """

    segment: str
    title: str
    target_business_hours: float | None
    returns: int
    out_of_order: int
    over_target: int
    elapsed_micros: int
    business_micros: int
    mean_seconds: float | None
    median_seconds: float | None
    p90_seconds: float | None
    total_seconds: float | None
    mean_business_seconds: float | None
    median_business_seconds: float | None
    p90_business_seconds: float | None
    total_business_seconds: float | None
    running: int
    running_elapsed_micros: int
    running_business_micros: int
    cut_short: int
    absent: int
    elapsed_share: float | None
    business_share: float | None


@dataclass(frozen=True)
class Decomposition:
    """The time of `returns` closed returns from request to close, and its segments in order, which add up to it."""

    returns: int
    elapsed_micros: int
    business_micros: int
    segments: tuple[Segment, ...]


def segments(log: EventLog, relation: str = SEGMENTS, milestones: str = MILESTONES) -> Decomposition:
    """Cut the end-to-end time of the closed returns of a log into segments.

    The cases are those of a warehouse (is_closed, requested_at, closed_at and their business clocks); `relation` has
    one row per return and segment as ``event_log.segments``, `milestones` the segments in order. The total is taken
    from the cases and not from the segments, so that the sums check each other. Percentiles interpolate linearly.
    """
    [(returns, elapsed, business)] = log.rows("end_to_end")
    rows = log.rows("segment_totals", segments=relation, milestones=milestones)
    cut = tuple(Segment(*(*row, returns - row[3], share(row[6], elapsed), share(row[7], business))) for row in rows)
    return Decomposition(returns, elapsed, business, cut)


def share(part: int, whole: int) -> float | None:
    """Return the share of a part in its whole; None of nothing."""
    return part / whole if whole else None
