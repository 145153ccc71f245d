"""The engine's messages in one line, for our own messages."""

from __future__ import annotations


def first_line(error: Exception) -> str:
    """Return the first line of an engine's message, without its long list of advice."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
