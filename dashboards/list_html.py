"""Lists of documents and events as HTML tables that scroll inside their own frame; every word in them is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from pipeline import formats


@dataclass(frozen=True)
class Column:
    """A column of a list: its title, and whether it holds numbers, which stand to the right."""

    title: str
    is_number: bool = False


def list_html(name: str, columns: Sequence[Column], lines: Sequence[Sequence[str]]) -> str:
    """Return the list as HTML. The cells are markup that the functions below have made; `name` is read aloud."""
    head = "".join(f'<th scope="col"{_kind(column)}>{escape(column.title)}</th>' for column in columns)
    body = "".join(f"<tr>{_cells(columns, line)}</tr>" for line in lines)
    return (
        f'<div class="rt-scroll" role="region" tabindex="0" aria-label="{escape(name)}">'
        f'<table class="rt-list"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _cells(columns: Sequence[Column], line: Sequence[str]) -> str:
    return "".join(f"<td{_kind(column)}>{cell}</td>" for column, cell in zip(columns, line, strict=True))


def _kind(column: Column) -> str:
    return ' class="rt-number"' if column.is_number else ""


def plain(text: str, note: str = "") -> str:
    """Return a cell of text, with a quiet note below it."""
    return escape(text) + (f"<small>{escape(note)}</small>" if note else "")


def unbroken(text: str, note: str = "") -> str:
    """Return a cell of text that stays on one line, with a quiet note below it."""
    return f'<span class="rt-unbroken">{escape(text)}</span>' + (f"<small>{escape(note)}</small>" if note else "")


def measure(name: str, unit: str, statistic: str = "") -> str:
    """Return a cell that names a measure, its statistic and unit below; values of shares and money say their unit."""
    notes = [statistic if statistic not in ("ratio", "count", "sum") else "", formats.unit_word(unit)]
    return plain(name, ", ".join(note for note in notes if note))


def code(text: str, note: str = "") -> str:
    """Return a cell with an identifier, with a quiet note below it."""
    return f"<code>{escape(text)}</code>" + (f"<small>{escape(note)}</small>" if note else "")


def link(text: str, address: str, name: str) -> str:
    """Return a cell with an identifier that leads to a page of the product; `name` is read aloud."""
    return f'<a href="{escape(address)}" target="_self" aria-label="{escape(name)}"><code>{escape(text)}</code></a>'


def measured(text: str, share: float) -> str:
    """Return a cell with a number and a thin bar, `share` (0..1) of the column wide."""
    width = 100 * min(max(share, 0.0), 1.0)
    return f'{escape(text)}<span class="rt-bar" aria-hidden="true"><i style="width:{width:.0f}%"></i></span>'
