"""The paths that are replayed: a log's variants without what is no part of the process."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from mining.log import EventLog


@dataclass(frozen=True)
class Variant:
    """A distinct path of ended or of open cases: its activities in case order and how many cases take it.

    `key` names the path in the warehouse, so that its cases can be found again.
    """

    key: str
    path: tuple[str, ...]
    is_open: bool
    cases: int


def projected_variants(log: EventLog, dropped: Collection[str]) -> tuple[Variant, ...]:
    """Return the log's distinct paths without the activities `dropped`: most cases first, equal ones backwards.

    That order is pm4py's in replays. Cases that lose all their events have the empty path.
    """
    rows = log.rows("projected_variants", {"dropped": sorted(dropped)})
    return tuple(Variant(key, tuple(path), is_open, cases) for key, path, is_open, cases in rows)
