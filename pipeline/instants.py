"""Instants and dates as a user writes them on the command line, and as exports print them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from pipeline.errors import UsageError

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}(:?\d{2})?)?)?")


def parse_instant(text: str, option: str) -> datetime:
    """Return the instant that `text` names as a naive datetime in UTC.

    A date alone is its 00:00 UTC, no offset is UTC, an offset is honoured. Raises UsageError naming `option`.
    """
    refusal = f"{option} is {text!r}; expected an ISO 8601 instant such as 2025-06-30T18:00:00Z, or a date."
    if not _INSTANT.fullmatch(text.strip()):
        raise UsageError(refusal)
    try:
        instant = datetime.fromisoformat(text.strip())
        return instant if instant.tzinfo is None else instant.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError) as error:
        raise UsageError(refusal) from error


def parse_date(text: str | None, option: str) -> date | None:
    """Return the date that `text` (YYYY-MM-DD) names, None for None.

    Raises UsageError naming `option`.
    """
    return None if text is None else given_date(text, option)


def given_date(text: str, option: str) -> date:
    """Return the date that `text` (YYYY-MM-DD) names. Raises UsageError naming `option`."""
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise UsageError(f"{option} is {text!r}; expected a date such as 2025-06-30.")


def print_instant(instant: datetime) -> str:
    """Return a UTC instant as ``YYYY-MM-DDTHH:MM:SS.ffffffZ``."""
    return f"{instant.isoformat(timespec='microseconds')}Z"
