"""The distinct paths of a log, each weighted by its cases: what miners and replays work on."""

from __future__ import annotations

from dataclasses import dataclass

from mining.log import EventLog


@dataclass(frozen=True)
class WeightedPath:
    """A distinct path: its variant's id, how many cases take it, and its activities in case order."""

    variant_id: str
    cases: int
    activities: tuple[str, ...]


def weighted_paths(log: EventLog, most: int) -> tuple[WeightedPath, ...]:
    """Return the `most` paths with the most cases; among equally frequent ones their ids, which are hashes, decide.

    The activities come from the events, not from the variant's text, so that names may hold anything.
    """
    rows = log.rows("weighted_paths", {"most": most})
    return tuple(WeightedPath(variant, cases, tuple(activities)) for variant, cases, activities in rows)
