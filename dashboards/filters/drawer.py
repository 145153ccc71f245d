"""The drawer with the filters, and the switch of the clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from dashboards.filters.new_rule import offer_rule
from dashboards.filters.rules import show_rules
from dashboards.filters.state import (
    CLOCK,
    CLOCKS,
    ENTITY,
    FROM,
    KEPT,
    TO,
    clear,
    follow_url,
    forget_left_out,
    rules_now,
    write_url,
)
from dashboards.published import Build
from dashboards.scope import Scope
from mining.cohort import Names
from mining.map_view import Clock


def choose_clock(names: Names) -> Clock:
    """Show the switch between elapsed and business time, for all pages. Raises UsageError as `follow_url`."""
    follow_url(names.values["entity_id"])
    chosen = st.segmented_control("Clock", CLOCKS, required=True, key=CLOCK, label_visibility="collapsed")
    return chosen or CLOCKS[0]


def choose_scope(build: Build, names: Names, clock: Clock) -> Scope:
    """Show the filters in a drawer and return what they keep. Raises UsageError for a period without a day."""
    entities = names.values["entity_id"]
    drawer = st.popover("Filters", icon=":material/tune:", key="filters", on_change="rerun")
    with drawer:
        chosen = st.multiselect(
            "Entities",
            list(entities),
            key=ENTITY,
            placeholder="All entities",
            on_change=forget_left_out,
            format_func=lambda entity: _label(entity, entities),
        )
        with st.container(horizontal=True):
            start = _date_input("From", FROM)
            end = _date_input("To, this day not included", TO)
        scope = Scope(start, end, tuple(chosen) or None, rules_now())
        if drawer.open:
            show_rules(build, scope, names)
            offer_rule(build, names)
        st.button("Show everything", on_click=clear, args=(ENTITY, FROM, TO, KEPT), key="show-everything")
    write_url(scope, clock)
    return scope


def _date_input(label: str, key: str) -> date | None:
    first, last = date(1990, 1, 1), date(2100, 1, 1)
    value = st.date_input(label, None, key=key, format="YYYY-MM-DD", min_value=first, max_value=last)
    return value if isinstance(value, date) else None


def _label(entity: str, names: Mapping[str, str]) -> str:
    """Return an entity's name, with its id when another has the same name."""
    name = names.get(entity, entity)
    return name if list(names.values()).count(name) < 2 else f"{name} ({entity})"
