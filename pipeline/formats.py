"""Numbers as people read them, always with their unit, in the marks of the locale that RETRACE_LOCALE names.

Words and dates are English whatever the locale, so that ``6 Jan 2026`` means one day to all.
"""

from __future__ import annotations

from datetime import date, datetime

from pipeline.locale_marks import in_marks

NOTHING = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"
SPACE = "\N{NO-BREAK SPACE}"

_STEPS = ((1_000_000_000, "bn"), (1_000_000, "M"), (1_000, "k"))


def number(value: float, decimals: int = 0) -> str:
    """Return a number with so many decimals and thousands separated, e.g. ``3,421.5``."""
    return in_marks(f"{value:,.{decimals}f}").replace("-", MINUS)


def precise(value: float) -> str:
    """Return a number with up to ten figures, e.g. ``1,234.5678``."""
    return in_marks(f"{value:,.10g}").replace("-", MINUS)


def count(value: float) -> str:
    """Return a whole number with thousands separated, e.g. ``3,421``."""
    return number(value)


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
        return f"{number(percent, 1)}{SPACE}%"
    return f"{number(percent)}{SPACE}%"


def money(amount: float, currency: str) -> str:
    """Return an amount abbreviated, e.g. ``USD 1.2 M``; three figures at least."""
    return f"{currency}{SPACE}{_abbreviated(amount)}" if currency else _abbreviated(amount)


def amount(value: float) -> str:
    """Return an amount in full, for columns whose title names the currency, e.g. ``1,234.50``."""
    return number(value, 2)


def _abbreviated(amount: float) -> str:
    for size, letter in _STEPS:
        scaled = abs(amount) / size
        if round(scaled, 1) >= 1:
            digits = number(scaled) if scaled >= 99.95 else number(scaled, 1)
            return f"{MINUS if amount < 0 else ''}{digits}{SPACE}{letter}"
    return number(amount)


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
        return number(value, 1), unit
    return count(value), unit


def unit_word(unit: str) -> str:
    """Return the unit as a word beside a value, nothing for shares and money, whose values say it."""
    return "" if unit in ("share", "money") else unit


def plain(value: float | None, unit: str, currency: str = "") -> str:
    """Return a KPI value in running text, e.g. ``10.7 business days``."""
    figure, word = quantity(value, unit, currency)
    return f"{figure}{SPACE}{word}" if word else figure


def distance(value: float, reference: float, unit: str, currency: str = "") -> str:
    """Return how far `value` is from `reference`, without sign: ``5.7``, ``5.8 points`` (shares), ``USD 12 k``."""
    gap = abs(value - reference)
    if unit == "share":
        return f"{number(gap * 100, 1)}{SPACE}points"
    if unit == "money":
        return money(gap, currency)
    return number(gap, 1) if unit == "business days" or gap != int(gap) else count(gap)


def signed(value: float) -> str:
    """Return a difference with its sign and one decimal, e.g. ``+2.5``; what rounds to nothing has none."""
    figure = number(abs(value), 1)
    return figure if figure == number(0, 1) else f"{'+' if value > 0 else MINUS}{figure}"


def times(ratio: float) -> str:
    """Return a ratio in words, e.g. ``3.1 times``, see `ratio_figure`."""
    return f"{ratio_figure(ratio)}{SPACE}times"


def ratio_figure(ratio: float) -> str:
    """Return a ratio: ``3.1``, ``1.07`` (two decimals under 2), ``over 100`` when it is beyond all measure."""
    if ratio > 100:
        return "over 100"
    return number(ratio, 2) if ratio < 1.995 else number(ratio, 1)


def duration(seconds: float | None, day_seconds: float) -> str:
    """Return a wait with one unit: ``12 min``, ``3.4 h`` or ``2.5 d``, where a day has `day_seconds`."""
    if seconds is None:
        return NOTHING
    if seconds < 30:
        return f"<1{SPACE}min"
    if seconds < 3570:
        return f"{number(seconds / 60)}{SPACE}min"
    if seconds < day_seconds:
        return f"{_one_decimal(seconds / 3600)}{SPACE}h"
    return f"{_one_decimal(seconds / day_seconds)}{SPACE}d"


def measured(value: float | None, unit: str) -> str:
    """Return a measured amount with its unit: ``2.3 d``, ``1,234 h``; whole from a hundred on."""
    if value is None:
        return NOTHING
    return f"{number(value)}{SPACE}{unit}" if abs(value) >= 99.95 else f"{number(value, 1)}{SPACE}{unit}"


def money_days(amount: float, currency: str) -> str:
    """Return money times the days it waits, e.g. ``USD-days 1.2 M``."""
    return f"{currency or 'money'}-days{SPACE}{_abbreviated(amount)}"


def _one_decimal(value: float) -> str:
    """Return a number with one decimal, without when it has two figures before it."""
    return number(value, 1) if value < 9.95 else number(value)


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


def code_in_words(code: str) -> str:
    """Return a code as words, e.g. ``not needed`` for ``NOT_NEEDED``."""
    return code.replace("_", " ").lower()
