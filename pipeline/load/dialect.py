"""The few pieces of SQL that engines write differently, and safe quoting of names and text."""

from __future__ import annotations

# Everything Unicode calls white space, written as code points because none of it can be seen.
_WHITE_SPACE = (
    9,
    10,
    11,
    12,
    13,
    28,
    29,
    30,
    31,
    32,
    133,
    160,
    5760,
    *range(8192, 8203),
    8232,
    8233,
    8239,
    8287,
    12288,
)
_VISIBLE = "[^" + "".join(rf"\x{{{point:X}}}" for point in _WHITE_SPACE) + "]"


def identifier(name: str) -> str:
    """Quote a name so that whatever it contains stays a name."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Quote text so that whatever it contains stays text."""
    return "'" + text.replace("'", "''") + "'"


def trimmed(text: str) -> str:
    """Text without white space at its ends; empty when nothing is left.

    One expression and no `case`: a value that a file holds a million times is then looked at once.
    """
    return extracted(text, f"(?s){_VISIBLE}(?:.*{_VISIBLE})?")


def matches(text: str, pattern: str) -> str:
    """Whether the whole text has the form of the regular expression."""
    return f"regexp_full_match({text}, {literal(pattern)})"


def contains(text: str, pattern: str) -> str:
    """Whether any part of the text has the form of the regular expression."""
    return f"regexp_matches({text}, {literal(pattern)})"


def extracted(text: str, pattern: str, group: int = 0) -> str:
    """Return the first part of the text that the regular expression finds; empty when there is none."""
    return f"regexp_extract({text}, {literal(pattern)}, {group})"


def cast_or_null(text: str, kind: str) -> str:
    """Return the text as a value of that type; null when it cannot be one."""
    return f"try_cast({text} as {kind})"


def json_of(names: tuple[str, ...], values: tuple[str, ...]) -> str:
    """Return a JSON object as text, in the order of the names."""
    pairs = ", ".join(f"{literal(name)}, {value}" for name, value in zip(names, values, strict=True))
    return f"cast(json_object({pairs}) as varchar)"
