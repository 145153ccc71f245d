"""Cohorts answered in plain Python, one case at a time: what the SQL is held against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import md5
from itertools import pairwise
from zoneinfo import ZoneInfo

from mining.cohort import case_rules, path_rules, rules, trims
from mining.cohort.form import Step

DAY = 86_400.0


@dataclass(frozen=True)
class Event:
    """An event of a case, in the order of the case."""

    activity: str
    at: datetime
    resource: str | None = None
    business_micros: int | None = None


@dataclass(frozen=True)
class Case:
    """A case and what became of it; `zone` None is UTC."""

    case_id: str
    events: tuple[Event, ...]
    site: str | None = None
    zone: str | None = None
    is_open: bool = False
    standard_day: float | None = None
    is_cut: bool = False
    has_end: bool = False

    @property
    def runs(self) -> bool:
        """Whether its end is unknown."""
        return self.is_open and not self.has_end

    @property
    def path(self) -> tuple[str, ...]:
        """Its activities in order."""
        return tuple(event.activity for event in self.events)

    def day(self, event: Event) -> date:
        """The local date of an event."""
        return event.at.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(self.zone or "UTC")).date()


def choose_plainly(cases: Sequence[Case], steps: Sequence[Step]) -> list[Case]:
    """The cases that pass all steps, cut by the trims."""
    left = list(cases)
    for step in steps:
        if isinstance(step, trims.Trim):
            left = [cut for case in left if (cut := _cut(case, step)).events]
        else:
            keeps = _rule(step, left)
            left = [case for case in left if keeps(case)]
    return left


def _cut(case: Case, trim: trims.Trim) -> Case:
    if isinstance(trim, trims.TrimToPeriod):
        events = [event for event in case.events if _within(case.day(event), trim.start, trim.end)]
        return replace(case, events=tuple(events), is_cut=True, has_end=False)
    starts = [n for n, name in enumerate(case.path) if name in trim.first or not trim.first]
    if not starts:
        return replace(case, events=())
    start = starts[-1] if trim.first and trim.first_occurrence == "last" else starts[0]
    ends = [n for n, name in enumerate(case.path) if n >= start and (name in trim.last or not trim.last)]
    if not ends:
        return replace(case, events=())
    end = ends[0] if trim.last and trim.last_occurrence == "first" else ends[-1]
    return replace(case, events=case.events[start : end + 1], is_cut=True, has_end=bool(trim.last))


def _within(day: date, start: date | None, end: date | None) -> bool:
    return (start is None or day >= start) and (end is None or day < end)


def _rule(rule: rules.Rule, cases: Sequence[Case]) -> Callable[[Case], bool]:
    """The rule as a function; `cases` are those that reach its step."""
    match rule:
        case rules.And(parts):
            each = [_rule(part, cases) for part in parts]
            return lambda case: all(keeps(case) for keeps in each)
        case rules.Or(parts):
            each = [_rule(part, cases) for part in parts]
            return lambda case: any(keeps(case) for keeps in each)
        case rules.Not(part):
            keeps = _rule(part, cases)
            return lambda case: not keeps(case)
        case path_rules.FrequentVariants(share):
            frequent = _frequent(Counter(case.path for case in cases), share)
            return lambda case: case.path in frequent
        case path_rules.Follower():
            return lambda case: _follows(case, rule)
        case case_rules.Period():
            return lambda case: _lies(case, rule)
        case case_rules.Duration():
            return lambda case: _takes(case, rule)
    return lambda case: _simple(case, rule)


def _simple(case: Case, rule: rules.Rule) -> bool:
    match rule:
        case case_rules.Attribute(_, values, keep):
            return (case.site in values) == keep
        case case_rules.EventCount(least, most):
            return (least is None or len(case.path) >= least) and (most is None or len(case.path) <= most)
        case path_rules.Endpoints(first, last):
            begins = not first or case.path[0] in first
            return begins and (not last or (case.path[-1] in last and not case.runs))
        case path_rules.Activities(every, some, none):
            has = set(case.path)
            return has >= set(every) and (not some or bool(has & set(some))) and not has & set(none)
        case case_rules.State(states):
            return "open" in states and case.is_open
    raise AssertionError(rule)


def _lies(case: Case, rule: case_rules.Period) -> bool:
    begin, end = case.day(case.events[0]), case.day(case.events[-1])
    if rule.mode == "started":
        return _within(begin, rule.start, rule.end)
    if rule.mode == "completed":
        return not case.runs and _within(end, rule.start, rule.end)
    if rule.mode == "contained":
        return not case.runs and _within(begin, rule.start, None) and _within(end, None, rule.end)
    return _within(begin, None, rule.end) and (case.runs or _within(end, rule.start, None))


def _takes(case: Case, rule: case_rules.Duration) -> bool:
    if rule.unit == "days":
        clock, day = [(event.at - datetime(2025, 1, 1)).total_seconds() for event in case.events], DAY
    elif case.standard_day is None or any(event.business_micros is None for event in case.events):
        return False
    else:
        clock, day = [(event.business_micros or 0) / 1e6 for event in case.events], case.standard_day
    waits = [after - before for before, after in pairwise(clock)]
    taken = max(waits, default=0.0) if rule.measure == "longest_wait" else clock[-1] - clock[0]
    if rule.min is not None and taken < rule.min * day:
        return False
    return rule.max is None or (taken <= rule.max * day and not case.runs)


def _follows(case: Case, rule: path_rules.Follower) -> bool:
    found = any(
        _is_pair(earlier, later, rule)
        for n, earlier in enumerate(case.events)
        for later in case.events[n + 1 : n + 2 if rule.relation.endswith("directly") else None]
    )
    return found != rule.relation.startswith("never")


def _is_pair(earlier: Event, later: Event, rule: path_rules.Follower) -> bool:
    if earlier.activity not in rule.before or later.activity not in rule.after:
        return False
    seconds = (later.at - earlier.at).total_seconds()
    if seconds < (rule.min_seconds or 0) or (rule.max_seconds is not None and seconds > rule.max_seconds):
        return False
    if rule.resource is None:
        return True
    known = earlier.resource is not None and later.resource is not None
    return known and (earlier.resource == later.resource) == (rule.resource == "same")


def _frequent(counts: Counter[tuple[str, ...]], share: float) -> set[tuple[str, ...]]:
    """The fewest variants whose cases are the share of all; ties by the hash that names a variant."""

    def rank(path: tuple[str, ...]) -> tuple[int, str]:
        return -counts[path], md5(" > ".join(path).encode()).hexdigest()

    chosen: set[tuple[str, ...]] = set()
    covered = 0
    for path in sorted(counts, key=rank):
        if covered * 1_000_000 >= round(share * 1_000_000) * counts.total():
            break
        chosen.add(path)
        covered += counts[path]
    return chosen
