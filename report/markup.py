"""The pieces that sheets are written with; every word that comes in is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from dashboards.list_html import Column


@dataclass(frozen=True)
class Bar:
    """A part of a line, from `start` to `end` (0 to 1 of its width); `is_whole` for the one that holds the others."""

    start: float
    end: float
    is_whole: bool = False


def sheet(name: str, question: str, parts: Sequence[str]) -> str:
    """Return a sheet of paper under its question; the parts are markup."""
    return f'<section class="rp-sheet rp-{name}"><h2>{escape(question)}</h2>{"".join(parts)}</section>'


def block(parts: Sequence[str]) -> str:
    """Return parts that stay together on one sheet."""
    return f'<div class="rp-block">{"".join(parts)}</div>'


def beside(left: str, right: str) -> str:
    """Return two parts beside each other, below each other on a narrow screen."""
    return f'<div class="rp-beside"><div>{left}</div><div>{right}</div></div>'


def lead(sentence: str) -> str:
    """Return the sentence that matters most."""
    return f'<p class="rp-lead">{escape(sentence)}</p>'


def heading(text: str) -> str:
    """Return the heading of a part of a sheet."""
    return f"<h3>{escape(text)}</h3>"


def note(text: str) -> str:
    """Return a quiet line of explanation; nothing for no text."""
    return f'<p class="rp-note">{escape(text)}</p>' if text else ""


def facts(pairs: Sequence[tuple[str, str]], kind: str = "") -> str:
    """Return names and what is to say of each."""
    items = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(text)}</dd></div>" for name, text in pairs)
    return f'<dl class="rp-facts {kind}">{items}</dl>'


def table(name: str, columns: Sequence[Column], lines: Sequence[Sequence[str]]) -> str:
    """Return a table that scrolls inside its own frame on a narrow screen.

    `name` is read aloud. The cells are markup; the first of a line names it.
    """
    head = "".join(f'<th scope="col"{_kind(column)}>{escape(column.title)}</th>' for column in columns)
    body = "".join(f"<tr>{_line(columns, line)}</tr>" for line in lines)
    return (
        f'<div class="rp-scroll" role="region" tabindex="0" aria-label="{escape(name)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _line(columns: Sequence[Column], line: Sequence[str]) -> str:
    cells = zip(columns[1:], line[1:], strict=True)
    return f'<th scope="row">{line[0]}</th>' + "".join(f"<td{_kind(column)}>{cell}</td>" for column, cell in cells)


def _kind(column: Column) -> str:
    return ' class="rp-number"' if column.is_number else ""


def drawn(bar: Bar) -> str:
    """Return a bar as the cell of a table; the number it shows stands in a cell of its own."""
    start, end = (min(max(place, 0.0), 1.0) * 100 for place in (bar.start, bar.end))
    kind = ' class="rp-whole"' if bar.is_whole else ""
    filled = f'<i{kind} style="margin-left:{start:.2f}%;width:{end - start:.2f}%"></i>' if end > start else ""
    return f'<span class="rp-track" aria-hidden="true">{filled}</span>'
