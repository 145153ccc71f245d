"""From a number to the returns behind it: see them one by one, or keep or drop them on the page itself.

Each way is an address, so it works with the keyboard, opens in a tab of its own, and can be passed on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from dashboards import frame
from dashboards.filters.state import KEYS
from dashboards.links import address, returns_address
from dashboards.list_html import Column, list_html, plain
from dashboards.scope import Scope
from mining.cohort import Not, Rule
from pipeline import formats
from pipeline.errors import UsageError


@dataclass(frozen=True)
class Drill:
    """What stands for returns: its name, the rule that selects them, and how many they are, None where that is not
    what the page counts.
    """

    name: str
    rule: Rule
    returns: int | None = None


@dataclass(frozen=True)
class Place:
    """Where a reader is: the page, by its address, the filters, and what the page itself keeps in the URL."""

    page: str
    scope: Scope
    own: Mapping[str, str]


def at(page: str, scope: Scope) -> Place:
    """Return where the reader is, on a page with this address."""
    return Place(page, scope, {key: value for key, value in st.query_params.items() if key not in KEYS})


def ways_html(drill: Drill, here: Place) -> str:
    """Return the ways from a number as links; in words where the filters grow too long for an address."""
    try:
        ways = (
            (seen(drill), returns_address(here.scope, drill.rule)),
            ("Keep", address(here.page, here.scope.with_rules(drill.rule), **here.own)),
            ("Drop", address(here.page, here.scope.with_rules(Not(drill.rule)), **here.own)),
        )
    except UsageError:
        return '<span class="rt-ways">There are more filters than an address can hold; undo one first.</span>'
    links = (
        f'<a href="{escape(to)}" target="_self" aria-label="{escape(f"{word}: {drill.name}")}">{escape(word)}</a>'
        for word, to in ways
    )
    return f'<span class="rt-ways">{" ".join(links)}</span>'


def seen(drill: Drill) -> str:
    """Return what the way to the list is called, e.g. ``See 41 returns``."""
    if drill.returns is None:
        return "See returns"
    return f"See {formats.count(drill.returns)} {'return' if drill.returns == 1 else 'returns'}"


def show_drills(title: str, drills: Sequence[Drill], here: Place, note: str = "") -> None:
    """Put a closed list of what stands for returns, each with its ways; `note` says how they are chosen."""
    if not drills:
        return
    with st.expander(title):
        lines = [[plain(drill.name), ways_html(drill, here)] for drill in drills]
        frame.html(list_html(title, [Column("What"), Column("Its returns")], lines))
        if note:
            frame.caption(note)
