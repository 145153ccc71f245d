"""What breaks the rules? The target process and its deviations, the rules and their owners, the allow-list."""

from __future__ import annotations

import streamlit as st

from dashboards import frame
from dashboards.charts.template import toolbar
from dashboards.charts.verdicts import verdicts_figure
from dashboards.drills import at
from dashboards.frame import View
from dashboards.published import Build
from dashboards.queries import rules
from dashboards.rules import words
from dashboards.rules.broken import show_rules
from dashboards.rules.deviations import show_deviations
from dashboards.rules.html import allow_list_html, qualities_html
from dashboards.scope import Scope
from dashboards.show_chart import show_chart

QUESTION = "What breaks the rules?"


def page(view: View) -> None:
    """Show what keeps to the process and to the rules, and what does not."""
    count = frame.begin_with_returns(view, QUESTION)
    if not count:
        return
    _answer(view.build, view.scope)


def _answer(build: Build, scope: Scope) -> None:
    found = rules.held_against_target(build, scope)
    results = rules.rule_results(build, scope)
    frame.lead(words.lead(found.verdicts, results))
    frame.section("Do returns follow the target process?")
    figure = verdicts_figure(words.verdict_bars(found.verdicts), frame.theme())
    show_chart(figure, config=toolbar("conformance"), key="verdicts")
    frame.caption(words.coverage(found, rules.BUDGET_SECONDS))
    _show_fit(build, scope)
    show_deviations(build, found, at("rules", scope))
    show_rules(results, at("rules", scope))
    frame.section("What is allowed?")
    frame.html(allow_list_html(rules.allow_list(), found, results))
    frame.caption("Allowed and excused returns are counted apart, neither as conforming nor as violating.")


@st.fragment
def _show_fit(build: Build, scope: Scope) -> None:
    """Let the reader open how well process and log fit; nothing is asked before that."""
    with st.expander("How well the process and the log fit", key="fit", on_change="rerun") as fit:
        if fit.open:
            frame.html(qualities_html(rules.fit(build, scope)))
