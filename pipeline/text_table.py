"""Tables for people: on a terminal in colour, elsewhere as plain text."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline.output import write_text

_PLAIN_WIDTH = 200
NOTHING = "-"


def show_table(
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    output: Path | None = None,
    numbers: Sequence[str] = (),
    empty: str = "Nothing to show.",
) -> None:
    """Print rows of text under a title, or write them to `output`; the columns in `numbers` align right."""
    if output is None and sys.stdout.isatty():
        Console(highlight=False).print(_table(title, columns, rows, numbers, empty))
    else:
        write_text(table_text(title, columns, rows, numbers, empty), output)


def table_text(
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    numbers: Sequence[str] = (),
    empty: str = "Nothing to show.",
) -> str:
    """Return the table as plain text, without colour and not cut at the width of a window."""
    text = io.StringIO()
    console = Console(file=text, width=_PLAIN_WIDTH, highlight=False, color_system=None)
    console.print(_table(title, columns, rows, numbers, empty))
    return "".join(f"{line.rstrip()}\n" for line in text.getvalue().splitlines())


def _table(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[str], empty: str
) -> Table:
    table = Table(title=escape(title), title_justify="left", title_style="bold", caption_justify="left")
    for name in columns:
        table.add_column(escape(name), justify="right" if name in numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*(escape(_printable(cell)) for cell in row))
    if not rows:
        table.caption = escape(empty)
    return table


def _printable(cell: str) -> str:
    """Leave out control characters, which could steer a terminal."""
    return "".join(character for character in cell if character.isprintable())


def count(value: int) -> str:
    """Return a whole number with thousands separated, e.g. ``12,345``."""
    return f"{value:,}"


def quantity(value: float | None, unit: str) -> str:
    """Return a measured value for reading: shares in percent, others with one or two decimals; none as a dash."""
    if value is None:
        return NOTHING
    if unit == "share":
        return f"{value:.1%}"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"
