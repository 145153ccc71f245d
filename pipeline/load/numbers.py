"""Numbers as files write them, with or without an exponent, as SQL from their text."""

from __future__ import annotations

from pipeline.load.dialect import cast_or_null, contains, extracted


def decimal(text: str, kind: str) -> str:
    """A number as a decimal, rounded half up; engines do not cast long digits with an exponent exactly."""
    plain = f"case when {contains(text, 'e')} then {_without_exponent(text)} else {text} end"
    return cast_or_null(plain, kind)


def _without_exponent(text: str) -> str:
    """The number written out: digits filled up with zeros on both sides, the point where the exponent puts it."""
    digits, point = _digits(text), f"(length({extracted(text, '[0-9]+')}) + {_exponent(text)})"
    filled = f"repeat('0', greatest(-{point}, 0)) || {digits} || repeat('0', greatest({point} - length({digits}), 0))"
    whole = f"left({filled}, greatest({point}, 0))"
    fraction = f"substr({filled}, greatest({point}, 0) + 1)"
    return f"{extracted(text, '^[+-]')} || '0' || {whole} || '.' || {fraction} || '0'"


def is_whole(text: str) -> str:
    """Whether a number has no fraction: its digits after the point are no more than the zeros at its end allow."""
    digits, fraction = _digits(text), f"length({extracted(text, '[.]([0-9]+)', 1)})"
    zeros = f"length({digits}) - length(rtrim({digits}, '0'))"
    return f"(rtrim({digits}, '0') = '' or {fraction} - {_exponent(text)} <= {zeros})"


def _digits(text: str) -> str:
    """The digits of a number before its exponent, without sign and point."""
    return f"replace({extracted(text, '[0-9.]+')}, '.', '')"


def _exponent(text: str) -> str:
    """The exponent of a number, 0 when there is none; beyond a thousand it makes no difference."""
    written = cast_or_null(extracted(text, "e(.+)$", 1), "double")
    return f"cast(least(greatest(coalesce({written}, 0), -1000), 1000) as integer)"
