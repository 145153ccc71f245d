"""How a KPI value compares: with its target, with the period before, from month to month; figures and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dashboards.answers import FrozenFigures, Measure, Target
from pipeline import formats

Tone = Literal["good", "bad", "neutral"]
LEAST_ITEMS = 20
_SIDES = "just under", "exactly at", "just over"
_WAYS = "slightly down", "unchanged", "slightly up"
SLOW_TO_TELL = ("supplier_recovery_rate", "supplier_claim_filing_rate", "unclaimed_supplier_value", "recovery_rate")


@dataclass(frozen=True)
class Comparison:
    """A signed figure and what it is about, e.g. ``+1.4`` and ``to target 4.8, missed``.

    `name` says with what the value is compared; `arrow` is ▲, ▼ or =. What rounds to nothing is said without a figure:
    ``just over`` and ``target 4.8, missed``.
    """

    name: str
    arrow: str
    figure: str
    words: str
    tone: Tone


@dataclass(frozen=True)
class TrendPoint:
    """A month (YYYY-MM) of a measure; `value` None when nothing was measured, `is_partial` while it still runs."""

    month: str
    value: float | None
    n: int
    is_partial: bool


def is_met(value: float, target: Target) -> bool:
    """Whether a value meets its target; a value at the target does."""
    return value <= target.target if target.better == "lower" else value >= target.target


def to_target(value: float | None, target: Target | None, measure: Measure, currency: str) -> Comparison | None:
    """Compare a value with its target, None when one of them is missing."""
    if value is None or target is None:
        return None
    goal = formats.quantity(target.target, measure.unit, currency)[0]
    met = is_met(value, target)
    arrow, figure = _change(value, target.target, measure, currency, _SIDES)
    to = "" if figure in _SIDES else "to "
    return Comparison(
        "Target", arrow, figure, f"{to}target {goal}, {'met' if met else 'missed'}", "good" if met else "bad"
    )


def to_before(
    value: float | None, before: float | None, target: Target | None, measure: Measure, currency: str
) -> Comparison | None:
    """Compare a value with the period before, None when one of them is missing."""
    if value is None or before is None:
        return None
    return _movement("Before", value, before, "from the period before", target, measure, currency)


def to_baseline(
    value: float | None, frozen: FrozenFigures | None, target: Target | None, measure: Measure, currency: str
) -> Comparison | None:
    """Compare a value with what was frozen of it, None when one of them is missing.

    None too for counts and sums, which grow with the length of the period, and for what is known as of now only.
    """
    before = frozen.values.get(measure.measure) if frozen else None
    if value is None or before is None or frozen is None:
        return None
    if measure.statistic in ("count", "sum") or measure.anchor == "None":
        return None
    return _movement("Baseline", value, before, f"since {frozen.name}", target, measure, currency)


def over_months(
    trend: Sequence[TrendPoint], target: Target | None, measure: Measure, currency: str
) -> Comparison | None:
    """Compare the last full month of a trend with the one before; None with fewer than 20 items in one of them.

    None too for what suppliers and buyers decide weeks later: its latest month is always behind.
    """
    if measure.kpi in SLOW_TO_TELL:
        return None
    full = [point for point in trend if not point.is_partial][-2:]
    if len(full) < 2 or any(point.value is None or point.n < LEAST_ITEMS for point in full):
        return None
    before, last = full[0].value or 0.0, full[1].value or 0.0
    about = f"in {formats.month_name(full[1].month)} from the month before"
    return _movement("Before", last, before, about, target, measure, currency)


def _movement(
    name: str, value: float, before: float, about: str, target: Target | None, measure: Measure, currency: str
) -> Comparison:
    """Compare two values; better or worse only where the target says which way is good."""
    arrow, figure = _change(value, before, measure, currency, _WAYS)
    if target is None or value == before:
        return Comparison(name, arrow, figure, about, "neutral")
    is_better = (value < before) == (target.better == "lower")
    return Comparison(
        name, arrow, figure, f"{about}, {'better' if is_better else 'worse'}", "good" if is_better else "bad"
    )


def _change(
    value: float, reference: float, measure: Measure, currency: str, said: tuple[str, str, str]
) -> tuple[str, str]:
    """Return the arrow and the signed figure from a reference to a value, or a word for less than a figure shows."""
    less, same, more = said
    if value == reference:
        return "=", same
    sign, arrow, word = ("+", "▲", more) if value > reference else (formats.MINUS, "▼", less)
    figure = formats.distance(value, reference, measure.unit, currency)
    return arrow, f"{sign}{figure}" if shows(figure) else word


def shows(figure: str) -> bool:
    """Whether a printed difference is more than zeros."""
    return any(digit in figure for digit in "123456789")
