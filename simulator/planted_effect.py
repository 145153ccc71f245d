"""What a planted change does: the changed world beside its unchanged twin, which has the same draws."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from simulator.documents import Return
from simulator.planted_change import Change
from simulator.world import Entity

ROLLOUT_FILE = "rollout.csv"
_COLUMNS = ("unit_kind", "unit", "on", "change")


@dataclass(frozen=True)
class PlantedEffect:
    """A change and its effect on the ``returns`` that are requested at changed places from their start on.

    ``cycle_time_days`` and ``credit_lag_days`` are mean differences to the same returns of the unchanged twin, in
    business days, over those that have the measure in both worlds; None where no return has.
    """

    change: str
    segment: str
    starts: Mapping[str, str]
    returns: int
    cycle_time_days: float | None
    credit_lag_days: float | None


def planted_effect(change: Change, changed: Iterable[Return], twin: Iterable[Return]) -> PlantedEffect:
    """Return the effect of a change, from the returns of the changed world and of its twin."""
    pairs = [(one, other) for one, other in _pairs(changed, twin) if _is_treated(change, one)]
    return PlantedEffect(
        change.name,
        change.segment,
        {f"{start.unit_kind} {start.unit}": start.since.isoformat() for start in change.starts},
        len(pairs),
        _mean(_difference(cycle_time_days(one), cycle_time_days(other)) for one, other in pairs),
        _mean(_difference(credit_lag_days(one), credit_lag_days(other)) for one, other in pairs),
    )


def write_rollout(out: Path, change: Change) -> None:
    """Write the rollout table of a change beside the extracts."""
    with (out / ROLLOUT_FILE).open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows((start.unit_kind, start.unit, start.since.isoformat(), change.name) for start in change.starts)


def requested_at(document: Return) -> int:
    """Return when a return was asked for: its first case, or its creation."""
    return min([document.created_at, *(case.opened_at for case in document.cases)])


def cycle_time_days(document: Return) -> float | None:
    """Return the business days from the request to the close; None for a return that is not closed."""
    if not document.is_closed:
        return None
    return _business_days(document.entity, requested_at(document), document.status_times("closed")[-1])


def credit_lag_days(document: Return) -> float | None:
    """Return the business days from the first receipt to the first credit; None without both, in this order."""
    received_at = document.first_received_at()
    posted = [memo.posted_at for memo in document.memos if memo.is_effective and memo.posted_at is not None]
    if received_at is None or not posted or min(posted) < received_at:
        return None
    return _business_days(document.entity, received_at, min(posted))


def _business_days(entity: Entity, start: int, end: int) -> float:
    minutes = [closes - opens for opens, closes in entity.week.hours.values()]
    return entity.open_time.between(start, end) / (60 * sum(minutes) / len(minutes))


def _pairs(changed: Iterable[Return], twin: Iterable[Return]) -> list[tuple[Return, Return]]:
    by_number = {document.number: document for document in twin}
    return [(one, by_number[one.number]) for one in changed if one.number in by_number]


def _is_treated(change: Change, document: Return) -> bool:
    sites = {receipt.site.site_id for receipt in document.receipts}
    start = change.start_of(document.entity.entity_id, min(sites, default=None))
    return start is not None and document.entity.zone.local_date(requested_at(document)) >= start


def _difference(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other


def _mean(values: Iterable[float | None]) -> float | None:
    found = [value for value in values if value is not None]
    return sum(found) / len(found) if found else None
