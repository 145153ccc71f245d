"""The marks of the locale that RETRACE_LOCALE names: between units and decimals, and between thousands."""

from __future__ import annotations

import os
from functools import cache

from pipeline.errors import UsageError
from pipeline.settings import LOCALE_VARIABLE


def marks() -> tuple[str, str]:
    """Return the decimal mark and the mark between thousands: ``.`` and ``,`` unless RETRACE_LOCALE says otherwise.

    Raises UsageError when the variable names no locale.
    """
    return _marks_of(os.environ.get(LOCALE_VARIABLE, "").strip() or "en")


@cache
def _marks_of(name: str) -> tuple[str, str]:
    if name == "en":
        return ".", ","
    from babel import Locale, UnknownLocaleError

    try:
        symbols = Locale.parse(name, sep="-" if "-" in name else "_").number_symbols["latn"]
    except (UnknownLocaleError, ValueError) as error:
        raise UsageError(
            f"{LOCALE_VARIABLE} is {name!r}; expected a locale such as en-GB or de-DE. Correct or unset it."
        ) from error
    return symbols["decimal"], symbols["group"]


def in_marks(english: str) -> str:
    """Return a number that is printed as ``1,234.5`` with the marks of the locale."""
    decimal, group = marks()
    return english.translate({ord("."): decimal, ord(","): group})
