"""The rules of the filters, one below the other, each with what it drops and the way to undo it."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboards.filters.state import remove_rule
from dashboards.published import Build
from dashboards.queries import cohorts
from dashboards.scope import Scope
from mining.cohort import Names
from mining.cohort.funnel import FunnelStep
from pipeline.formats import count


def show_rules(build: Build, scope: Scope, names: Names) -> None:
    """Show the funnel of the scope: every filter in words, how many returns pass it and how many open ones it drops."""
    if scope.is_everything:
        return
    steps = cohorts.funnel(build, scope, names)
    first_rule = len(steps) - len(scope.rules)
    st.html('<p class="rt-caption">By the date of the first event, one filter after the other:</p>')
    for number, step in enumerate(steps):
        with st.container(horizontal=True, vertical_alignment="center", key=f"funnel-{number}"):
            st.html(funnel_html(step, names))
            if number >= first_rule:
                rule = number - first_rule
                st.button(
                    f"Undo the filter {step.words}",
                    on_click=remove_rule,
                    args=(rule,),
                    key=f"undo-rule-{rule}",
                    icon=":material/close:",
                    type="tertiary",
                )


def funnel_html(step: FunnelStep, names: Names) -> str:
    """Return one filter as markup: what it asks, and how many returns it leaves and drops."""
    left = f"{count(step.cases_out)} of {count(step.cases_in)} left; {step.drop_in_words(names)}"
    return f'<p class="rt-funnel">{escape(step.words[:1].upper() + step.words[1:])}<small>{escape(left)}</small></p>'
