"""When in the week work is done, and whether it crowds on some weekdays or hours more than the calendar explains."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from scipy.special import chdtrc

from mining.flow import RETURNS, Flow
from mining.log import EventLog

Slot = Literal["weekday", "hour"]
SLOTS: dict[Slot, range] = {"weekday": range(1, 8), "hour": range(24)}
LEAST_EVENTS = 30
LEAST_EFFECT = 0.3
MOST_P = 0.001
CROWDED = 1.25


@dataclass(frozen=True)
class WeekHour:
    """Events of an activity on a local weekday (1 = Monday) in a local hour; None where stamps are only dates."""

    activity: str
    weekday: int
    hour: int | None
    events: int


@dataclass(frozen=True)
class Concentration:
    """How evenly an activity spreads over the open weekdays or hours.

    `counts` and `expected` are by slot; expected is what the events would be if they spread like the open days (or
    open minutes) of their entities' calendars. `outside` events fall where nothing is open and are left out. `effect`
    is Cohen's w, `p` that of the chi-square test. `crowded` are the slots with 1.25 times what is expected or more,
    `crowded_share` of the events, where `crowded_expected` would be. It `is_concentrated` with 30 events or more,
    p < 0.001 and w >= 0.3, so that neither few events nor a slight lean make a finding.
    """

    activity: str
    slot: Slot
    events: int
    outside: int
    counts: tuple[int, ...]
    expected: tuple[float, ...]
    p: float | None
    effect: float | None
    crowded: tuple[int, ...]
    crowded_share: float
    crowded_expected: float
    is_concentrated: bool


Open = Mapping[str | None, Mapping[int, float]]


Profile = Sequence[tuple[str, str | None, int, int | None, int]]
"""Events by activity, entity, local weekday and local hour."""


@dataclass(frozen=True)
class Week:
    """The events of each activity by local weekday and hour, and how evenly it spreads over the weekdays."""

    hours: tuple[WeekHour, ...]
    weekdays: tuple[Concentration, ...]


def week(log: EventLog, flow: Flow = RETURNS) -> Week:
    """Return what `week_profile` and the `concentrations` on weekdays tell, of one reading of the events."""
    profile = _profile(log, flow)
    return Week(_hours(profile), _concentrations(profile, "weekday", _open_shares(log, "weekday", flow)))


def week_profile(log: EventLog, flow: Flow = RETURNS) -> tuple[WeekHour, ...]:
    """Return the events of each activity by local weekday and hour (UTC for logs without time zones)."""
    return _hours(_profile(log, flow))


def concentrations(log: EventLog, slot: Slot, flow: Flow = RETURNS) -> tuple[Concentration, ...]:
    """Test each activity for crowding on weekdays or hours; the strongest effect first, ties by name.

    Chi-square goodness of fit: K. Pearson (1900); Cohen's w and its reading (0.3 is medium): J. Cohen, "Statistical
    Power Analysis for the Behavioral Sciences" (1988), chapter 7. Events of one batch are not independent of each
    other, which makes p too small; the effect is what decides.
    """
    return _concentrations(_profile(log, flow), slot, _open_shares(log, slot, flow))


def _profile(log: EventLog, flow: Flow) -> Profile:
    return log.rows("week_profile", entity=flow.entity, time_zone=flow.time_zone)


def _hours(profile: Profile) -> tuple[WeekHour, ...]:
    counts: Counter[tuple[str, int, int | None]] = Counter()
    for activity, _, weekday, hour, events in profile:
        counts[activity, weekday, hour] += events
    order = sorted(counts, key=lambda key: (key[0], key[1], -1 if key[2] is None else key[2]))
    return tuple(WeekHour(*key, counts[key]) for key in order)


def _concentrations(profile: Profile, slot: Slot, open_shares: Open) -> tuple[Concentration, ...]:
    counts: dict[str, dict[str | None, Counter[int]]] = {}
    for activity, entity, weekday, hour, events in profile:
        place = weekday if slot == "weekday" else hour
        if place is not None:
            counts.setdefault(activity, {}).setdefault(entity, Counter())[place] += events
    found = [_concentration(activity, slot, counts[activity], open_shares) for activity in sorted(counts)]
    return tuple(sorted(found, key=lambda one: (-(one.effect or 0), one.activity)))


def _concentration(
    activity: str, slot: Slot, counts: Mapping[str | None, Counter[int]], open_shares: Open
) -> Concentration:
    places = SLOTS[slot]
    even = dict.fromkeys(places, 1 / len(places))
    seen: Counter[int] = Counter()
    expected: defaultdict[int, float] = defaultdict(float)
    outside = 0
    for entity, of_entity in counts.items():
        shares = open_shares.get(entity, even)
        inside = {place: events for place, events in of_entity.items() if shares.get(place)}
        outside += sum(of_entity.values()) - sum(inside.values())
        seen.update(inside)
        for place, share in shares.items():
            expected[place] += share * sum(inside.values())
    return _tested(activity, slot, seen, expected, outside)


def _tested(
    activity: str, slot: Slot, seen: Mapping[int, int], expected: Mapping[int, float], outside: int
) -> Concentration:
    open_places = [place for place in SLOTS[slot] if expected.get(place, 0) > 0]
    events = sum(seen.values())
    p = effect = None
    if events and len(open_places) > 1:
        statistic = sum((seen.get(place, 0) - expected[place]) ** 2 / expected[place] for place in open_places)
        p, effect = float(chdtrc(len(open_places) - 1, statistic)), (statistic / events) ** 0.5
    crowded = tuple(place for place in open_places if seen.get(place, 0) >= CROWDED * expected[place])
    return Concentration(
        activity=activity,
        slot=slot,
        events=events,
        outside=outside,
        counts=tuple(seen.get(place, 0) for place in SLOTS[slot]),
        expected=tuple(float(expected.get(place, 0)) for place in SLOTS[slot]),
        p=p,
        effect=effect,
        crowded=crowded,
        crowded_share=sum(seen.get(place, 0) for place in crowded) / events if events else 0.0,
        crowded_expected=sum(expected[place] for place in crowded) / events if events else 0.0,
        is_concentrated=events >= LEAST_EVENTS
        and p is not None
        and p < MOST_P
        and effect is not None
        and effect >= LEAST_EFFECT,
    )


def _open_shares(log: EventLog, slot: Slot, flow: Flow) -> Open:
    """Return for each entity with a calendar the share of its open days or minutes in each slot."""
    if not flow.entity:
        return {}
    amounts: dict[str | None, Counter[int]] = {}
    for entity, weekday, opens, minutes, days in log.rows("open_days"):
        of_entity = amounts.setdefault(entity, Counter())
        if slot == "weekday":
            of_entity[weekday] += days
        else:
            of_entity.update({hour: open_ * days for hour, open_ in _minutes_by_hour(opens, minutes)})
    return {
        entity: {place: amount / sum(of_entity.values()) for place, amount in of_entity.items()}
        for entity, of_entity in amounts.items()
    }


def _minutes_by_hour(opens: int, minutes: int) -> Iterable[tuple[int, int]]:
    """Yield the open minutes of each hour of a day that opens at a minute of the day."""
    for hour in SLOTS["hour"]:
        overlap = min(opens + minutes, (hour + 1) * 60) - max(opens, hour * 60)
        if overlap > 0:
            yield hour, overlap
