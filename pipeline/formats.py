"""Numbers as people read them, always with their unit."""

from __future__ import annotations

from datetime import date, datetime

NOTHING = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"
SPACE = "\N{NO-BREAK SPACE}"

_STEPS = ((1_000_000_000, "bn"), (1_000_000, "M"), (1_000, "k"))


def count(number: float) -> str:
    """Return a whole number with thousands separated, e.g. ``3,421``."""
    return f"{number:,.0f}"


def share(value: float | None) -> str:
    """Return a share of 1 in percent: whole, one decimal under 10; what is not all is never rounded to all.

    Examples: ``83 %``, ``6.3 %``, ``>99 %``.
    """
    if value is None:
        return NOTHING
    percent = value * 100
    if 99.5 <= percent < 100:
        return f">99{SPACE}%"
    if abs(percent) < 9.95 and percent != 0:
        return f"{percent:.1f}{SPACE}%"
    return f"{percent:.0f}{SPACE}%"


def money(amount: float, currency: str) -> str:
    """Return an amount abbreviated, e.g. ``USD 1.2 M``; three figures at least."""
    return f"{currency}{SPACE}{_abbreviated(amount)}" if currency else _abbreviated(amount)


def amount(value: float) -> str:
    """Return an amount in full, for columns whose title names the currency, e.g. ``1,234.50``."""
    return f"{value:,.2f}"


def _abbreviated(amount: float) -> str:
    for size, letter in _STEPS:
        scaled = abs(amount) / size
        if round(scaled, 1) >= 1:
            digits = f"{scaled:,.0f}" if scaled >= 99.95 else f"{scaled:.1f}"
            return f"{'-' if amount < 0 else ''}{digits}{SPACE}{letter}"
    return f"{amount:,.0f}"


def quantity(value: float | None, unit: str, currency: str = "") -> tuple[str, str]:
    """Return a KPI value as (figure, unit word): ("10.7", "business days"), ("9.8 %", ""), ("USD 1.2 M", "").

    `unit` is one of the units of the KPI seed: business days, share, money, or the name of what is counted.
    """
    if value is None:
        return NOTHING, ""
    if unit == "share":
        return share(value), ""
    if unit == "money":
        return money(value, currency), ""
    if unit == "business days" or value != int(value):
        return f"{value:,.1f}", unit
    return count(value), unit


def plain(value: float | None, unit: str, currency: str = "") -> str:
    """Return a KPI value in running text, e.g. ``10.7 business days``."""
    figure, word = quantity(value, unit, currency)
    return f"{figure}{SPACE}{word}" if word else figure


def distance(value: float, reference: float, unit: str, currency: str = "") -> str:
    """Return how far `value` is from `reference`, without sign: ``5.7``, ``5.8 points`` (shares), ``USD 12 k``."""
    gap = abs(value - reference)
    if unit == "share":
        return f"{gap * 100:.1f}{SPACE}points"
    if unit == "money":
        return money(gap, currency)
    return f"{gap:,.1f}" if unit == "business days" or gap != int(gap) else count(gap)


def signed(value: float) -> str:
    """Return a difference with its sign and one decimal, e.g. ``+2.5``; what rounds to nothing has none."""
    figure = f"{abs(value):,.1f}"
    return figure if figure == "0.0" else f"{'+' if value > 0 else MINUS}{figure}"


def times(ratio: float) -> str:
    """Return a ratio in words, e.g. ``3.1 times``, see `ratio_figure`."""
    return f"{ratio_figure(ratio)}{SPACE}times"


def ratio_figure(ratio: float) -> str:
    """Return a ratio: ``3.1``, ``1.07`` (two decimals under 2), ``over 100`` when it is beyond all measure."""
    if ratio > 100:
        return "over 100"
    return f"{ratio:.2f}" if ratio < 1.995 else f"{ratio:.1f}"


def duration(seconds: float | None, day_seconds: float) -> str:
    """Return a wait with one unit: ``12 min``, ``3.4 h`` or ``2.5 d``, where a day has `day_seconds`."""
    if seconds is None:
        return NOTHING
    if seconds < 30:
        return f"<1{SPACE}min"
    if seconds < 3570:
        return f"{seconds / 60:.0f}{SPACE}min"
    if seconds < day_seconds:
        return f"{_one_decimal(seconds / 3600)}{SPACE}h"
    return f"{_one_decimal(seconds / day_seconds)}{SPACE}d"


def measured(value: float | None, unit: str) -> str:
    """Return a measured amount with its unit: ``2.3 d``, ``1,234 h``; whole from a hundred on."""
    if value is None:
        return NOTHING
    return f"{value:,.0f}{SPACE}{unit}" if abs(value) >= 99.95 else f"{value:.1f}{SPACE}{unit}"


def money_days(amount: float, currency: str) -> str:
    """Return money times the days it waits, e.g. ``USD-days 1.2 M``."""
    return f"{currency or 'money'}-days{SPACE}{_abbreviated(amount)}"


def _one_decimal(number: float) -> str:
    """Return a number with one decimal, without when it has two figures before it."""
    return f"{number:.1f}" if number < 9.95 else f"{number:,.0f}"


def day(value: date) -> str:
    """Return a date in words, e.g. ``6 Jan 2026``."""
    return f"{value.day} {value:%b %Y}"


def instant(value: datetime) -> str:
    """Return a UTC instant in words, e.g. ``6 Jan 2026, 15:00 UTC``."""
    return f"{day(value)}, {value:%H:%M} UTC"


def minute(value: datetime | None) -> str:
    """Return an instant to the minute, for columns whose title names the clock, e.g. ``6 Jan 2026, 15:00``."""
    return NOTHING if value is None else f"{day(value)}, {value:%H:%M}"


def month_name(month: str) -> str:
    """Return a month key ``2025-02`` in words, e.g. ``Feb 2025``."""
    return f"{datetime.strptime(month, '%Y-%m'):%b %Y}"


def month_tick(month: str, is_first: bool) -> str:
    """Return a month key for an axis, with the year where it begins: ``Mar``, ``Jan<br>2026``."""
    at = datetime.strptime(month, "%Y-%m")
    return f"{at:%b}<br>{at:%Y}" if is_first or at.month == 1 else f"{at:%b}"


def listed(parts: list[str]) -> str:
    """Join parts as a sentence lists them: ``a``, ``a and b``, ``a, b and c``."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""
