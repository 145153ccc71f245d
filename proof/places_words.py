"""Where the cycle time changed, in a sentence and in figures with units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline import formats
from proof.places import Places, SegmentChange
from proof.tested import FALSE_DISCOVERIES


@dataclass(frozen=True)
class Printed:
    """How a split is printed: the title of its axis, an amount, and a change with its sign."""

    axis: str
    amount: Callable[[float], str]
    change: Callable[[float], str]


def printed_days() -> Printed:
    """Return how business days are printed, e.g. ``7.3 d`` and ``+0.5 d``."""
    unit = f"{formats.SPACE}d"
    return Printed(
        "Business days per closed return",
        lambda days: f"{formats.number(days, 1)}{unit}",
        lambda days: f"{signed_days(days)}{unit}",
    )


def printed_money(currency: str) -> Printed:
    """Return how money times business days is printed, e.g. ``USD-days 4.4 k`` and ``+1.2 k``."""

    def change(amount: float) -> str:
        figure = formats.money(abs(amount), "")
        sign = "" if figure == formats.money(0, "") else "+" if amount > 0 else formats.MINUS
        return f"{sign}{figure}"

    axis = f"{currency or 'money'}-days per closed return"
    return Printed(axis, lambda amount: formats.money_days(amount, currency), change)


def signed_days(days: float) -> str:
    """Return a change of days with its sign, e.g. ``+1.2``; a small one with two decimals, e.g. ``+0.03``."""
    if abs(days) >= 0.095 or abs(days) < 0.005:
        return formats.signed(days)
    return f"{'+' if days > 0 else formats.MINUS}{formats.number(abs(days), 2)}"


def places_sentence(places: Places) -> str:
    """Say which segments the change came from, e.g. ``70 % of it from receipt to inspection (-1.1 business days)``.

    Shares are told only where the whole change is beyond chance: a share of nothing says nothing.
    """
    days = places.days
    if days is None or days.change is None:
        return "Too few returns were closed to say where the time changed."
    called = sorted((one for one in days.segments if one.is_beyond_chance), key=_largest_first)
    is_told = days.change.p_value <= FALSE_DISCOVERIES
    whole = f"From request to close a return took {signed_days(days.after - days.before)} business days"
    if not called:
        rest = ", and no segment changed" if not is_told else ", but no single segment changed"
        return f"{whole if is_told else 'The way from request to close did not change'}{rest} beyond chance."
    parts = formats.listed([_part(one, is_told) for one in called])
    others = len(days.segments) - len(called)
    start = f"{whole}: {parts}" if is_told else f"The whole way changed within chance only; {parts}"
    return f"{start}. {_others(others)}"


def _largest_first(one: SegmentChange) -> float:
    return -abs(one.judged.value if one.judged else one.after - one.before)


def _part(one: SegmentChange, is_told: bool) -> str:
    plain = signed_days(one.after - one.before)
    alike = signed_days(one.alike.value) if one.alike else plain
    by = f"{plain} business days" if alike == plain else f"{plain} business days, {alike} like for like"
    name = one.title[:1].lower() + one.title[1:]
    if not is_told or one.share is None:
        return f"{name} changed by {by}"
    if one.share < 0:
        return f"{name} went the other way ({by})"
    return f"{formats.share(one.share)} of it from {name} ({by})"


def _others(others: int) -> str:
    if not others:
        return "Every segment changed beyond chance."
    return f"The other {others} segments changed within chance." if others > 1 else "The other changed within chance."
