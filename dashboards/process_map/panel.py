"""The panel of what is picked on the map: all its measures, and keeping or dropping its returns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

import streamlit as st

from dashboards import frame
from dashboards.filters import add_rule
from dashboards.process_map.picking import leave
from dashboards.published import Build
from dashboards.queries import process_map as queries
from mining.cohort import Not
from mining.map_elements import Element, StepWaits, cases_of
from mining.map_view import DAY, Clock
from mining.process_map import MapEdge, MapStep, ProcessMap
from pipeline import formats

WAITS = ("median", "mean", "p90", "total")


@dataclass(frozen=True)
class Asked:
    """Whose map it is: a cohort as JSON and its returns, whether messages are steps, how waits and money are printed.

    `business_day` is the length (seconds) of a business day, None where the calendars differ.
    """

    build: Build
    cohort: str
    count: int
    has_messages: bool
    clock: Clock
    business_day: float | None
    currency: str


def show_panel(asked: Asked, picked: Element, compared: Sequence[str] = ()) -> None:
    """Show what is picked; `compared` says how it is on the other side of a comparison."""
    found = queries.found(asked.build, asked.cohort, asked.has_messages)
    cases = cases_of(found, picked)
    with st.container(key="map-panel"):
        frame.section(picked.label)
        share = formats.share(cases / asked.count)
        frame.caption(
            f"{formats.count(cases)} of {formats.count(asked.count)} returns ({share}){_events(found, picked)}."
        )
        for line in compared:
            frame.caption(f"{line}.")
        waits = _waits(asked, found, picked)
        if waits:
            frame.html(_waits_html(waits, asked))
        _buttons(asked, picked, cases)


def _events(found: ProcessMap, picked: Element) -> str:
    if picked.kind == "edge":
        edge = _edge(found, picked)
        return f", {formats.count(edge.frequency)} times" if edge else ""
    step: MapStep | None = next((step for step in found.steps if step.activity == picked.names[0]), None)
    if step is None or picked.kind == "start":
        return " begin with it" if step else ""
    if picked.kind == "end":
        return " end with it; open ones have no end yet"
    ends = f"begins {formats.count(step.starts)} and ends {formats.count(step.finished_ends)} of them"
    return f", {formats.count(step.events)} times; {ends}"


def _edge(found: ProcessMap, picked: Element) -> MapEdge | None:
    return next((edge for edge in found.edges if (edge.activity, edge.next_activity) == picked.names), None)


def _waits(asked: Asked, found: ProcessMap, picked: Element) -> MapEdge | StepWaits | None:
    """Return the waits on an edge, or those before a step; a beginning and an end have none."""
    if picked.kind == "edge" and (edge := _edge(found, picked)):
        value = queries.value_waiting(asked.build, asked.cohort, asked.has_messages, picked)
        return replace(edge, value_days=value)
    if picked.kind == "step":
        return queries.waits_before(asked.build, asked.cohort, asked.has_messages, picked.names[0])
    return None


def _waits_html(waits: MapEdge | StepWaits, asked: Asked) -> str:
    """Return a small table: the statistics of the wait on both clocks, and the value that waits."""
    business_day = asked.business_day or float("inf")
    lines = ""
    for name in WAITS:
        elapsed = formats.duration(getattr(waits, f"{name}_seconds"), DAY)
        business = formats.duration(getattr(waits, f"{name}_business_seconds"), business_day)
        title = f"{'P90' if name == 'p90' else name.capitalize()} wait"
        lines += f"<tr><th scope='row'>{title}</th><td>{escape(elapsed)}</td><td>{escape(business)}</td></tr>"
    value = formats.NOTHING if waits.value_days is None else formats.money_days(waits.value_days, asked.currency)
    lines += f"<tr><th scope='row'>Value waiting</th><td colspan='2'>{escape(value)}</td></tr>"
    since = "on the way" if isinstance(waits, MapEdge) else "since the event before"
    head = f"<tr><th scope='col'>Wait {since}</th><th scope='col'>Elapsed</th><th scope='col'>Business</th></tr>"
    return f'<table class="rt-table"><thead>{head}</thead><tbody>{lines}</tbody></table>'


def _buttons(asked: Asked, picked: Element, cases: int) -> None:
    """Keep or drop; a rule reads the whole log, so that messages between two steps part them."""
    ruled = queries.cases_with(asked.build, asked.cohort, picked)
    if ruled != cases:
        frame.caption(
            f"In {formats.count(abs(cases - ruled))} of these returns a message comes between, before or after, which "
            f"this map leaves out. The rule reads messages too: it is true of {formats.count(ruled)} returns."
        )
    rule = picked.rule()
    with st.container(horizontal=True):
        st.button(
            f"Keep these {formats.count(ruled)} returns", key="keep-picked", on_click=add_rule, args=(rule,),
            disabled=ruled in (0, asked.count), type="primary",
        )  # fmt: skip
        st.button(
            f"Drop them, {formats.count(asked.count - ruled)} stay", key="drop-picked", on_click=add_rule,
            args=(Not(rule),), disabled=ruled in (0, asked.count),
        )  # fmt: skip
        st.button("Close", key="close-pick", on_click=leave, type="tertiary")
