"""Periods, numbers and lengths of time in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from pipeline.locale_marks import in_marks

SECONDS = {"day": 86_400, "hour": 3_600, "minute": 60, "second": 1}


def period_words(start: date | None, end: date | None) -> str:
    """Return a period, its end not included, e.g. ``in March 2025`` or ``from 3 March to 9 April 2025``."""
    if start is None or end is None:
        return f"before {_day(end)}" if end else f"from {_day(start)} on" if start else "at any time"
    last = end - timedelta(days=1)
    if start == last:
        return f"on {_day(start)}"
    if start.day == end.day == 1 and (end.year * 12 + end.month) - (start.year * 12 + start.month) == 1:
        return f"in {start:%B} {start.year}"
    if (start.month, start.day, end.month, end.day, end.year) == (1, 1, 1, 1, start.year + 1):
        return f"in {start.year}"
    first = _day(start) if start.year != last.year else f"{start.day} {start:%B}"
    return f"from {first} to {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def number_words(number: float) -> str:
    """Return a number without needless digits, e.g. ``1,200.5``."""
    return in_marks(f"{number:,.6f}".rstrip("0").rstrip("."))


def amount_words(number: float, unit: str) -> str:
    """Return a number of things, e.g. ``1 day`` or ``2.5 days``."""
    return f"{number_words(number)} {unit}{'' if number == 1 else 's'}"


def range_words(least: float | None, most: float | None, unit: str) -> str:
    """Return a range with both ends in it, e.g. ``2 days or more``, ``5 days at most`` or ``2 to 5 days``."""
    if least is not None and most is not None:
        if least == most:
            return f"exactly {amount_words(least, unit)}"
        return f"{number_words(least)} to {amount_words(most, unit)}"
    return f"{amount_words(least, unit)} or more" if least is not None else f"{amount_words(most or 0, unit)} at most"


def lag_words(least: float | None, most: float | None) -> str:
    """Return the bounds of a lag in seconds, e.g. ``within 2 days`` or ``after 1 hour or more``; empty without any."""
    if least is not None and most is not None:
        return f"after {_length(least)} to {_length(most)}"
    if least is not None:
        return f"after {_length(least)} or more"
    return f"within {_length(most)}" if most is not None else ""


def _length(seconds: float) -> str:
    unit = next((unit for unit, size in SECONDS.items() if seconds >= size and seconds % size == 0), "second")
    return amount_words(seconds / SECONDS[unit], unit)


def either(names: Sequence[str], word: str = "or") -> str:
    """Return names as a list, e.g. ``A, B or C``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}"
