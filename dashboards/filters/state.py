"""What the filters are set to: in the session while a reader goes about, in the URL for whoever gets the link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import get_args

import streamlit as st

from dashboards.scope import Scope
from mining.cohort import Cohort, Rule
from mining.map_view import Clock
from pipeline.errors import UsageError

ENTITY, FROM, TO, KEPT, CLOCK = "entity", "from", "to", "cohort", "clock"
KEYS = (ENTITY, FROM, TO, KEPT, CLOCK)
CLOCKS: tuple[Clock, ...] = get_args(Clock)
_WRITTEN = "filters in the URL"
_LEFT_OUT = "entities left out"


def follow_url(names: Mapping[str, str]) -> None:
    """Take the filters from the URL when it names others than the page last wrote; what it can't mean is ignored.

    Going to another page empties the URL; the filters then stay what they are. Raises UsageError for rules that cannot
    be read: without them the page would show other returns than the link means.
    """
    in_url = {key: st.query_params.get_all(key) for key in KEYS}
    written = st.session_state.get(_WRITTEN, in_url)
    if not any(in_url.values()):
        if ENTITY in st.session_state:
            return
        in_url = written
    elif in_url == written and ENTITY in st.session_state:
        return
    st.session_state[KEPT] = rules_in(in_url[KEPT])
    st.session_state[ENTITY] = [entity for entity in in_url[ENTITY] if entity in names]
    st.session_state[_LEFT_OUT] = len(in_url[ENTITY]) - len(st.session_state[ENTITY])
    for key in (FROM, TO):
        st.session_state[key] = _date_of(in_url[key])
    st.session_state[CLOCK] = next((clock for clock in CLOCKS if clock in in_url[CLOCK]), CLOCKS[0])


def entities_left_out() -> int:
    """Return how many entities the address has named that whoever looks may not see or the build does not have."""
    return int(st.session_state.get(_LEFT_OUT, 0))


def forget_left_out() -> None:
    """Take what is shown for what is asked for, once the reader has chosen entities."""
    st.session_state[_LEFT_OUT] = 0


def write_url(scope: Scope, clock: Clock) -> None:
    """Put the filters into the URL, so that a link shows the same."""
    filters = in_address(scope, clock)
    st.session_state[_WRITTEN] = filters
    for key, values in filters.items():
        if values and st.query_params.get_all(key) != values:
            st.query_params[key] = values
        elif not values and key in st.query_params:
            del st.query_params[key]


def in_address(scope: Scope, clock: Clock) -> dict[str, list[str]]:
    """Return what an address carries of the filters; the clock only where it is not the usual one."""
    return {
        ENTITY: list(scope.entities or ()),
        FROM: [scope.start.isoformat()] if scope.start else [],
        TO: [scope.end.isoformat()] if scope.end else [],
        KEPT: [Cohort(scope.rules).to_url()] if scope.rules else [],
        CLOCK: [clock] if clock != CLOCKS[0] else [],
    }


def rules_now() -> str:
    """Return the rules of the session, as the JSON of a cohort; empty for none."""
    return str(st.session_state.get(KEPT, ""))


def add_rule(rule: Rule) -> None:
    """Keep only the returns that the rule keeps, besides all filters there are."""
    st.session_state[KEPT] = Scope(kept=rules_now()).with_rules(rule).kept


def remove_rule(number: int) -> None:
    """Undo the rule with this number, counted from 0."""
    rules = Scope(kept=rules_now()).rules
    st.session_state[KEPT] = Scope().of_rules(*rules[:number], *rules[number + 1 :]).kept


def clear(*keys: str) -> None:
    """Undo the filters with these keys, and take them out of the URL."""
    if ENTITY in keys:
        forget_left_out()
    for key in keys:
        st.session_state[key] = {ENTITY: [], KEPT: ""}.get(key)
        if key in st.query_params:
            del st.query_params[key]


def scope_in(asked: Mapping[str, Sequence[str]]) -> Scope:
    """Return the filters that the parameters of an address name. Raises UsageError for what they cannot mean."""
    start, end = (_date_of(asked.get(key, ())) for key in (FROM, TO))
    return Scope(start, end, tuple(asked.get(ENTITY, ())) or None, rules_in(asked.get(KEPT, ())))


def _date_of(texts: Sequence[str]) -> date | None:
    try:
        return date.fromisoformat(texts[-1]) if texts else None
    except ValueError:
        return None


def rules_in(texts: Sequence[str]) -> str:
    """Return the rules of an address as the JSON of a cohort, empty for none. Raises UsageError for anything else."""
    if not texts:
        return ""
    cohort = Cohort.from_url(texts[-1])
    if not all(isinstance(step, Rule) for step in cohort.steps):
        raise UsageError(
            "The cohort in the address cuts returns down to a section; the pages show whole returns. "
            "Undo the filters, or use `retrace mine --cohort` for sections."
        )
    return Scope().of_rules(*cohort.steps).kept
