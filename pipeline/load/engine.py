"""The engine's manners with files: how it wants their names and what it says when it cannot read them."""

from __future__ import annotations

import glob
from pathlib import Path

from pipeline.load.dialect import literal


def file_name(path: Path) -> str:
    """Return the SQL of a file's name that means this file and no other, though the engine takes names for patterns."""
    return literal(glob.escape(str(path)))


def first_line(error: Exception) -> str:
    """Return the first line of an engine's message, without its long list of advice."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
