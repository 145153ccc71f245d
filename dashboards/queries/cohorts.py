"""What the filters can ask for, and what each of them drops."""

from __future__ import annotations

import streamlit as st

from dashboards.published import Build, connection
from dashboards.queries.asking import rows
from dashboards.scope import Scope
from mining import cohort
from mining.cohort import FunnelStep, Names
from mining.log import EventLog
from pipeline.macros import render

MOST_VALUES = 500


@st.cache_data(show_spinner=False, max_entries=64)
def values_of(build: Build, column: str) -> list[str | None]:
    """Return the values of an attribute of the returns, the most frequent first, at most `MOST_VALUES`.

    `column` is a name of the program; None stands for returns without a value.
    """
    named = render("quoted_name", name=column)
    sql = f"select {named} from event_log.cases group by {named} order by count(*) desc, {named} limit $most"  # noqa: S608
    return [row[0] for row in rows(build.whole, sql, {"most": MOST_VALUES})]


@st.cache_data(show_spinner="Counting what the filters drop …", max_entries=64)
def funnel(build: Build, scope: Scope, _names: Names) -> tuple[FunnelStep, ...]:
    """Return what each filter of a scope lets through, the returns dated by their first event."""
    return cohort.funnel(EventLog(connection(build.whole)), scope.cohort(), _names)
