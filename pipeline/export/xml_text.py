"""XML attributes of an event log, written by the engine."""

from __future__ import annotations

# What XML 1.0 lets a document hold; everything else is left out.
_NOT_XML = r"[^\t\n\r\x{20}-\x{D7FF}\x{E000}-\x{FFFD}\x{10000}-\x{10FFFF}]"
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def attribute_sql(kind: str, key: str, expression: str) -> str:
    """Return SQL for the XES attribute `key` of type `kind` whose value is the text `expression`; '' when that is null.

    `kind`, `key` and `expression` are the program's own, never a user's.
    """
    escaped = f"regexp_replace({expression}, '{_NOT_XML}', '', 'g')"
    for character, escape in _ESCAPES.items():
        escaped = f"replace({escaped}, chr({ord(character)}), '{escape}')"
    return f"coalesce('<{kind} key=\"{key}\" value=\"' || {escaped} || '\"/>', '')"
