"""Which attributes of a case may explain an outcome: those known before it can happen."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from mining.causes.outcomes import Outcome, milestone_place
from mining.log import EventLog
from pipeline.errors import UsageError
from pipeline.macros import render
from pipeline.settings import SEEDS

CLUSTER = "customer_id"
_MOST_NUMBERS = 12
_DERIVED = {
    "month": ("year_month", "requested_at"),
    "started_month": ("year_month", "started_at"),
    "started_weekday": ("iso_weekday", "started_at"),
}
# Columns of any log's cases that tell how the case went, not what it was.
_OF_THE_COURSE = ("case_id", "started_at", "ended_at", "events", "variant_id", "variant", "is_open")


@dataclass(frozen=True)
class Attribute:
    """An attribute of cases: its column, its title, at which milestone it is known, and how it reads in a sentence.

    `role` is ``candidate`` (tried unless told otherwise), ``adjuster`` (only adjusted for) or ``asked`` (tried when
    asked for). `phrase` holds the value's place as ``{}``. Numbers between `bounds` are one value.
    """

    name: str
    title: str
    known_at: str
    role: str
    phrase: str
    bounds: tuple[float, ...] = ()

    @property
    def expression(self) -> str:
        """The attribute as SQL over `cases`."""
        if self.name in _DERIVED:
            macro, instant = _DERIVED[self.name]
            return render(macro, date=f"cast(cases.{instant} as date)")
        column = 'cases."' + self.name.replace('"', '""') + '"'
        return _banded(column, self.bounds) if self.bounds else column


@dataclass(frozen=True)
class Refused:
    """An attribute that may not explain an outcome, and why."""

    attribute: str
    why: str


_OF_THE_START = (
    Attribute("started_weekday", "Weekday of the start", "request", "candidate", "begun on weekday {}"),
    Attribute("started_month", "Month of the start", "request", "adjuster", "begun in {}"),
)


@cache
def returns_attributes() -> tuple[Attribute, ...]:
    """The attributes of returns, from the seed case_attributes."""
    with (SEEDS / "case_attributes.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Attribute(row["attribute"], row["title"], row["known_at"], row["role"], row["phrase"])
            for row in csv.DictReader(file)
        )


def attributes_of(log: EventLog) -> tuple[Attribute, ...]:
    """Return the attributes that the cases of a log have.

    Those of returns are described; of another log, each further column of its cases counts as known at the start, and
    the weekday and month of the start are there besides.
    """
    columns = [row[0] for row in log.rows("cause_columns")]
    if "requested_at" in columns:
        return tuple(one for one in returns_attributes() if one.name in columns or one.name == "month")
    return _with_bounds(log, [*(_of_any_log(name) for name in columns if name != "case_id"), *_OF_THE_START])


def _of_any_log(name: str) -> Attribute:
    title = name.removeprefix("case:")
    role = "asked" if name == CLUSTER else "candidate"
    return Attribute(name, title, "closure" if name in _OF_THE_COURSE else "request", role, f"with {title} {{}}")


def _with_bounds(log: EventLog, attributes: Sequence[Attribute]) -> tuple[Attribute, ...]:
    """Put numbers with many different values into four bands of about as many cases each."""
    tried = [one for one in attributes if one.known_at == "request"]
    columns = {one.name: one.expression for one in tried}
    rows = log.rows("cause_quartiles", {"most": _MOST_NUMBERS}, columns=columns)
    bounds = {tried[number].name: tuple(sorted(set(quartiles))) for number, *quartiles in rows}
    return tuple(replace(one, bounds=bounds.get(one.name, ())) for one in attributes)


def _banded(column: str, bounds: Sequence[float]) -> str:
    """SQL for the band of a number, in words; only the program's own numbers are written into it."""
    number = f"try_cast({column} as double)"
    last = f"when {number} > {bounds[-1]!r} then 'over {bounds[-1]:g}'"
    below = [
        f"when {number} <= {upper!r} then '{f'over {lower:g} to' if lower is not None else 'up to'} {upper:g}'"
        for lower, upper in zip((None, *bounds), bounds, strict=False)
    ]
    return f"case {' '.join([*below, last])} end"


def chosen(
    available: Sequence[Attribute], outcome: Outcome, asked: Sequence[str] | None
) -> tuple[tuple[Attribute, ...], tuple[Refused, ...]]:
    """Return the attributes that may explain an outcome, and those that may not.

    Candidates come first, then adjusters. Raises UsageError for an attribute `asked` for that the cases lack, or that
    is known only after the outcome.
    """
    by_name = {one.name: one for one in available}
    unknown = sorted(set(asked or ()) - set(by_name))
    if unknown:
        raise UsageError(f"The cases have no attribute {unknown[0]!r}; expected one of: {', '.join(sorted(by_name))}.")
    wanted = [one for one in available if (one.name in asked if asked is not None else one.role == "candidate")]
    refused = tuple(Refused(one.name, _too_late(one, outcome)) for one in wanted if _is_late(one, outcome))
    if asked is not None and refused:
        raise UsageError(f"{refused[0].why} Leave it out: what follows from an outcome would seem to explain it.")
    if len(refused) == len(wanted):
        raise UsageError(f"No attribute is left that could explain why cases are {outcome.words}; name at least one.")
    adjusters = [one for one in available if one.role == "adjuster" and one not in wanted]
    return tuple(one for one in [*wanted, *adjusters] if not _is_late(one, outcome)), refused


def _is_late(attribute: Attribute, outcome: Outcome) -> bool:
    return milestone_place(attribute.known_at) > milestone_place(outcome.possible_after)


def _too_late(attribute: Attribute, outcome: Outcome) -> str:
    return (
        f"{attribute.title} ({attribute.name}) is known at {attribute.known_at} only; cases can be"
        f" {outcome.words} from {outcome.possible_after} on."
    )
