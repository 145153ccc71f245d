"""A form for one more rule: what to ask of the returns, and whether to keep or to drop those that answer it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

from dashboards.filters.state import add_rule
from dashboards.published import Build
from dashboards.queries import attention, cohorts, reference
from mining.cohort import Activities, Attribute, Duration, Exceptions, Follower, Names, Not, Rework, Rule, State

KIND = "new-filter"
ATTRIBUTES = {
    "Site": "site",
    "Channel": "channel",
    "Reason": "reason",
    "Product category": "category",
    "Supplier": "supplier",
    "Customer segment": "segment",
    "Value band": "value_band",
    "Resolution asked for": "requested_resolution",
}
STATES: tuple[Literal["open", "closed", "declined", "cancelled"], ...] = ("open", "closed", "declined", "cancelled")
MEASURES: dict[str, Literal["cycle_time", "waiting", "longest_wait"]] = {
    "from request to close": "cycle_time",
    "waiting in all": "waiting",
    "in the longest wait": "longest_wait",
}
UNITS: dict[str, Literal["business_days", "days"]] = {"business days": "business_days", "elapsed days": "days"}
ORDERS: dict[str, Literal["directly", "eventually"]] = {"directly": "directly", "at any time later": "eventually"}


def offer_rule(build: Build, names: Names) -> None:
    """Show the form; what it adds holds from the next run on."""
    kind = st.selectbox("Add a filter", list(FORMS), index=None, placeholder="What to ask of the returns", key=KIND)
    if kind is None:
        return
    rule = FORMS[kind](build, names)
    with st.container(horizontal=True):
        for word, added in (("Keep", rule), ("Drop", Not(rule) if rule else None)):
            st.button(f"{word} these returns", on_click=_add, args=(added,), disabled=not added, key=f"{word}-filter")


def _add(rule: Rule) -> None:
    add_rule(rule)
    st.session_state[KIND] = None


def _attribute(column: str) -> Callable[[Build, Names], Rule | None]:
    def form(build: Build, names: Names) -> Rule | None:
        values = cohorts.values_of(build, column)
        chosen = st.multiselect(
            "One of",
            values,
            key=f"new-{column}",
            format_func=lambda value: names.of(column, value),
            placeholder="Choose",
        )
        return Attribute(column, tuple(chosen)) if chosen else None

    return form


def _state(build: Build, names: Names) -> Rule | None:
    chosen = st.multiselect("One of", STATES, key="new-state", placeholder="Choose")
    return State(tuple(chosen)) if chosen else None


def _exception(build: Build, names: Names) -> Rule | None:
    chosen = st.multiselect(
        "One of; none chosen means any",
        attention.types(build),
        key="new-exception",
        format_func=lambda value: names.of("exception_type", value),
        placeholder="Any exception",
    )
    return Exceptions(types=tuple(chosen))


def _rework(build: Build, names: Names) -> Rule | None:
    st.html('<p class="rt-caption">Returns in which a step was done again.</p>')
    return Rework()


def _steps(build: Build, names: Names) -> Rule | None:
    chosen = st.multiselect("All of these steps", reference.steps(build), key="new-steps", placeholder="Choose")
    return Activities(all_of=tuple(chosen)) if chosen else None


def _order(build: Build, names: Names) -> Rule | None:
    steps = reference.steps(build)
    before = st.multiselect("One of these steps", steps, key="new-before", placeholder="Choose")
    order = st.segmented_control("is followed", list(ORDERS), default="directly", required=True, key="new-order")
    after = st.multiselect("by one of these", steps, key="new-after", placeholder="Choose")
    return Follower(tuple(before), tuple(after), ORDERS[order]) if before and after else None


def _duration(build: Build, names: Names) -> Rule | None:
    measure = st.selectbox("Time", list(MEASURES), key="new-measure")
    unit = st.segmented_control("In", list(UNITS), default="business days", required=True, key="new-unit")
    with st.container(horizontal=True):
        least = st.number_input("At least", 0.0, value=None, key="new-least")
        most = st.number_input("At most", 0.0, value=None, key="new-most")
    if (least is None and most is None) or (least is not None and most is not None and least > most):
        return None
    return Duration(MEASURES[measure], UNITS[unit], least, most)


FORMS: dict[str, Callable[[Build, Names], Rule | None]] = {
    **{title: _attribute(column) for title, column in ATTRIBUTES.items()},
    "State": _state,
    "Exceptions": _exception,
    "Rework": _rework,
    "Steps taken": _steps,
    "Order of two steps": _order,
    "Time taken": _duration,
}
