"""Reading the instants of a foreign log in the engine."""

from __future__ import annotations

EXPECTED = "an ISO 8601 instant such as 2025-06-30T18:00:00+02:00, or a date"
_ISO = r"\d{4}[-/]\d{1,2}[-/]\d{1,2}([T ].*)?"
_DAY = r"\d{4}[-/]\d{1,2}[-/]\d{1,2}"
_FIRST, _LAST = "0001-01-01", "9999-12-31 23:59:59.999999"


def instant_sql(text: str) -> str:
    """Return SQL of the UTC instant (microseconds) that a text names, null when it names none.

    The year comes first; the time may follow after ``T`` or a space, with fractions and with an offset or a zone's
    name; no offset is UTC. Needs the session's time zone to be UTC.
    """
    instant = f"cast(coalesce(try_cast({text} as timestamptz), try_cast({_tidied(text)} as timestamptz)) as timestamp)"
    return (
        f"case when regexp_full_match(trim({text}), '{_ISO}') and {instant} between timestamp '{_FIRST}' "
        f"and timestamp '{_LAST}' then {instant} end"
    )


def precision_sql(text: str) -> str:
    """Return SQL of the precision of a text that names an instant: `day` for a date alone, else `second`."""
    return f"case when regexp_full_match(trim({text}), '{_DAY}') then 'day' else 'second' end"


def _tidied(text: str) -> str:
    """Spaces around the instant or before its offset gone, and a comma before fractions, which ISO 8601 allows."""
    return f"regexp_replace(replace(trim({text}), ',', '.'), ' ([+-]\\d)', '\\1')"
