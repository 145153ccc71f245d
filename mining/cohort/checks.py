"""What every rule asks of its values."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date

from pipeline.errors import UsageError


def check_period(start: date | None, end: date | None) -> None:
    """Raise UsageError for a period without a bound or without a day."""
    if start is None and end is None:
        raise UsageError(
            "A period has neither `start` nor `end`; expected at least one date. Add one or drop the rule."
        )
    if start is not None and end is not None and end <= start:
        raise UsageError(f"The period from {start} to {end} is empty; the end is not part of it and must be later.")


def check_range(what: str, least: float | None, most: float | None) -> None:
    """Raise UsageError for a range without a bound, with an impossible one, or with the bounds swapped."""
    if least is None and most is None:
        raise UsageError(f"The {what} has neither `min` nor `max`; expected at least one. Add one or drop the rule.")
    for bound in (least, most):
        if bound is not None and not (math.isfinite(bound) and 0 <= bound <= 1e9):
            raise UsageError(f"The {what} is bounded by {bound}; expected a number from 0 to a thousand million.")
    if least is not None and most is not None and most < least:
        raise UsageError(f"The {what} is at least {least:g} and at most {most:g}; swap the two.")


def check_one_of(what: str, values: Sequence[object]) -> None:
    """Raise UsageError for a list that needs a value and has none."""
    if not values:
        raise UsageError(f"There are no {what}; expected at least one. Add one or drop the rule.")


def sorted_texts(values: Iterable[str]) -> tuple[str, ...]:
    """Return the values in order, each once."""
    return tuple(sorted(set(values)))


def sort_texts(rule: object, *names: str) -> None:
    """Sort the lists of a rule that is being made."""
    for name in names:
        object.__setattr__(rule, name, sorted_texts(getattr(rule, name)))


def make_floats(rule: object, *names: str) -> None:
    """Make the bounds of a rule that is being made floats, so that 3 and 3.0 are written alike."""
    for name in names:
        bound = getattr(rule, name)
        object.__setattr__(rule, name, None if bound is None else float(bound))
