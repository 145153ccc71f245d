"""Directly-follows edges and variants of the event log."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from statistics import median

from .clock import Clock
from .log import Event

Log = dict[str, list[Event]]


@dataclass(frozen=True)
class Edge:
    frequency: int
    cases: int
    mean_seconds: float
    median_seconds: float
    mean_business_seconds: float | None
    median_business_seconds: float | None


def seconds(a: Event, b: Event) -> Fraction:
    gap = b.event_at - a.event_at
    return Fraction(gap.days * 86400 + gap.seconds) + Fraction(gap.microseconds, 1_000_000)


def edges(log: Log, clock: Clock) -> dict[tuple[str, str], Edge]:
    pairs: dict[tuple[str, str], list[tuple[Event, Event]]] = {}
    for events in log.values():
        for a, b in pairwise(events):
            pairs.setdefault((a.activity, b.activity), []).append((a, b))
    return {key: edge(members, clock) for key, members in pairs.items()}


def edge(pairs: list[tuple[Event, Event]], clock: Clock) -> Edge:
    elapsed = [seconds(a, b) for a, b in pairs]
    business = [clock.business_seconds(a.event_at, b.event_at, a.entity_id) for a, b in pairs]
    opened = [value for value in business if value is not None]
    return Edge(
        len(pairs),
        len({a.case_id for a, _ in pairs}),
        float(sum(elapsed) / len(elapsed)),
        float(median(elapsed)),
        float(sum(opened) / len(opened)) if opened else None,
        float(median(opened)) if opened else None,
    )


def variants(log: Log) -> dict[str, tuple[int, float, float]]:
    """Cases, share and median seconds from first to last event, by path."""
    paths = {case: " > ".join(event.activity for event in events) for case, events in log.items() if events}
    counts = Counter(paths.values())
    table = {}
    for path, count in counts.items():
        spans = [seconds(log[case][0], log[case][-1]) for case in paths if paths[case] == path]
        table[path] = (count, count / len(paths), float(median(spans)))
    return table
