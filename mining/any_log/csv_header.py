"""The header of a CSV event log: its separator and the names of its columns."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

from mining.any_log.columns import Columns
from pipeline.errors import UsageError

_SEPARATORS = (",", ";", "\t", "|")
_LONGEST = 8 << 20


def read_header(path: Path, columns: Columns) -> tuple[str, tuple[str, ...]]:
    """Return the separator and the column names, as written, of a CSV file.

    The separator is the one of ``, ; tab |`` under which most of the named columns are found, then most columns.
    Raises UsageError when the file is empty or not UTF-8, and when a named column is missing or there twice.
    """
    first = _first_lines(path)
    wanted = columns.required()

    def fitness(separator: str) -> tuple[int, int]:
        names = _names(first, separator)
        return len(set(wanted) & set(names)), len(names)

    separator = max(_SEPARATORS, key=fitness)
    names = _names(first, separator)
    if not names:
        raise UsageError(f"{path} is empty; expected a CSV file with a header.")
    _refuse_unclear(path, columns, names)
    return separator, tuple(names)


def _first_lines(path: Path) -> str:
    """The beginning of the file, without a byte-order mark and without blank lines before the header."""
    with path.open("rb") as binary:
        content = binary.read(_LONGEST)
    try:
        text = content[: content.rfind(b"\n") + 1 or None].decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UsageError(f"{path}: line {line} is not UTF-8; export the file again as UTF-8.") from error
    return text.lstrip("\r\n")


def _names(text: str, separator: str) -> list[str]:
    return next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [])


def _refuse_unclear(path: Path, columns: Columns, names: list[str]) -> None:
    found = f"found are {', '.join(names)}"
    missing = [name for name in columns.required() if name not in names]
    if missing:
        raise UsageError(
            f"{path} has no column {', '.join(map(repr, missing))}; {found}. "
            "Name its columns with --case, --activity, --timestamp and --resource (upper and lower case count)."
        )
    twice = [name for name, times in Counter(names).items() if times > 1 and name in columns.required()]
    if twice:
        raise UsageError(f"{path} has more than one column {', '.join(map(repr, twice))}; {found}. Rename the others.")
