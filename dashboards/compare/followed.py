"""Whom a comparison follows, and who stands apart."""

from __future__ import annotations

from dashboards import frame
from dashboards.compare import words
from dashboards.list_html import Column, list_html, plain
from pipeline import formats
from proof.comparison import Comparison
from proof.followed import Standing

COLUMNS = (
    Column("Side"),
    Column("Returns"),
    Column("How many", is_number=True),
    Column("Still open", is_number=True),
)


def show_followed(found: Comparison) -> None:
    """Say for how long both sides are followed, and how many returns stand where."""
    frame.caption(words.followed(found.followed, found.question))
    if any(one.reason != "compared" for one in found.followed.standings):
        frame.html(
            list_html("Returns of both sides", COLUMNS, [standing_line(one) for one in found.followed.standings])
        )


def standing_line(one: Standing) -> list[str]:
    """Return how many returns stand where as a line of the list: cells of markup."""
    return [plain(one.side), plain(one.reason), formats.count(one.returns), formats.count(one.still_open)]
