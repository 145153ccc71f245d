"""Which returns and which days a page is about, and how a reader is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mining.cohort import Attribute, Cohort, Names, Period
from mining.cohort.form import Step
from mining.cohort.words import step_words
from pipeline.errors import UsageError
from pipeline.formats import count, day, listed


@dataclass(frozen=True)
class Scope:
    """What the filters keep: local dates `start` <= date < `end`, these entity_ids (None: all), and what rules keep.

    `kept` is the canonical JSON of a cohort of rules, empty for none: a text, because the cache compares what an object
    holds and not what it is, so that it would take an And of rules for an Or. Raises UsageError for a period without a
    day.
    """

    start: date | None = None
    end: date | None = None
    entities: tuple[str, ...] | None = None
    kept: str = ""

    def __post_init__(self) -> None:
        """Refuse a period without a day."""
        if self.start and self.end and self.end <= self.start:
            raise UsageError(
                f"The period from {day(self.start)} up to {day(self.end)} has no day in it. "
                "Choose an end after the start, or undo the period."
            )

    @property
    def has_period(self) -> bool:
        """Whether one of the ends is set."""
        return self.start is not None or self.end is not None

    @property
    def is_everything(self) -> bool:
        """Whether nothing is filtered."""
        return not self.has_period and self.entities is None and not self.kept

    @property
    def rules(self) -> tuple[Step, ...]:
        """The rules that returns pass one after the other, besides entities and period."""
        return Cohort.from_json(self.kept).steps if self.kept else ()

    def with_rules(self, *rules: Step) -> Scope:
        """Return the scope with more rules at the end; one that it has already is not added again."""
        known = self.rules
        return self.of_rules(*known, *(rule for rule in dict.fromkeys(rules) if rule not in known))

    def of_rules(self, *rules: Step) -> Scope:
        """Return the scope with these rules and no others."""
        return replace(self, kept=Cohort(rules).to_json() if rules else "")

    def cohort(self) -> Cohort:
        """Return the cohort of the returns that began in the period, of the entities and kept by the rules."""
        steps: list[Step] = []
        if self.entities is not None:
            steps.append(Attribute("entity_id", self.entities))
        if self.has_period:
            steps.append(Period("started", self.start, self.end))
        return Cohort((*steps, *self.rules))

    def before(self) -> Scope | None:
        """Return the period of the same length just before, None when an end is open."""
        if self.start is None or self.end is None:
            return None
        return replace(self, start=self.start - (self.end - self.start), end=self.start)


@dataclass(frozen=True)
class Remaining:
    """How many items the filters leave: those the rules keep, of them with one filter alone, with both."""

    everything: int
    of_entities: int
    of_period: int
    both: int

    def culprit(self) -> str | None:
        """Name the filter that leaves nothing: ``period``, ``entity``, ``both`` together, None when items are left."""
        if self.both:
            return None
        if not self.of_period:
            return "period"
        return "both" if self.of_entities else "entity"


def entities_in_words(scope: Scope, names: Mapping[str, str]) -> str:
    """Name the entities of a scope, e.g. ``Harbor East Supply and Prairie Central Supply``."""
    if scope.entities is None:
        return "all entities"
    return listed([names.get(entity, entity) for entity in scope.entities])


def period_in_words(scope: Scope) -> str:
    """Say the days of a scope, both ends included, e.g. ``1 Jan 2025 to 30 Jun 2025``."""
    last = scope.end - timedelta(days=1) if scope.end else None
    if scope.start and last:
        return day(scope.start) if scope.start == last else f"{day(scope.start)} to {day(last)}"
    if scope.start:
        return f"since {day(scope.start)}"
    return f"up to {day(last)}" if last else "all dates"


def rules_in_words(scope: Scope, names: Names) -> str:
    """Say the rules of a scope, e.g. ``through channel portal, that are open``; empty without rules."""
    return ", ".join(step_words(rule, names) for rule in scope.rules)


@dataclass(frozen=True)
class Returns:
    """How many returns a page is about, of how many there are, and how many of them are still open."""

    returns: int
    of: int
    still_open: int

    def in_words(self) -> str:
        """Say the numbers, e.g. ``131 of 398 returns; 8 still open``."""
        if self.returns == self.of:
            return f"all {count(self.of)} returns; {count(self.still_open)} still open"
        return f"{count(self.returns)} of {count(self.of)} returns; {count(self.still_open)} still open"


def months_up_to(last: date, how_many: int) -> list[str]:
    """Return the keys (YYYY-MM) of the months that end with that of `last`, oldest first."""
    index = last.year * 12 + last.month - 1
    return [f"{at // 12:04d}-{at % 12 + 1:02d}" for at in range(index - how_many + 1, index + 1)]


def first_day(month: str) -> date:
    """Return the first day of the month with this key."""
    return date.fromisoformat(f"{month}-01")
