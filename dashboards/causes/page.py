"""Why? What goes with late returns, rework, exceptions, poor recovery and missed notices."""

from __future__ import annotations

import streamlit as st

from dashboards import frame
from dashboards.causes import words
from dashboards.causes.answer import CausesAnswer
from dashboards.causes.figure import show_ratios
from dashboards.causes.html import facts_html, findings_html, not_asked_html, tree_html
from dashboards.drills import Place, at
from dashboards.frame import View
from dashboards.queries import causes

QUESTION = "Why?"
MOST = 6
TREE = (
    "Each line parts the returns above it by the one value that tells most; the bar and the figure are the share with "
    "the outcome. Groups have 20 returns at least. It describes this selection and adjusts for nothing."
)


def page(view: View) -> None:
    """Show what goes with an outcome, which the reader chooses."""
    if not frame.begin_with_returns(view, QUESTION):
        return
    chosen = st.selectbox("Outcome", causes.outcomes(), key="outcome", bind="query-params", width=320)
    _answer(causes.causes(view.build, view.scope, chosen), at("causes", view.scope))


def _answer(answer: CausesAnswer, here: Place) -> None:
    frame.lead(words.lead(answer))
    frame.caption(words.CAVEAT)
    clear = words.with_status(answer, words.CLEAR)
    if answer.associations:
        frame.section("What goes with it?" if clear else "What differs most, though not clearly?")
        if clear:
            frame.html(findings_html(clear[:MOST], here))
        frame.caption(words.tally(answer))
        show_ratios(answer)
    if answer.tree:
        frame.section("Which combinations have most of it?")
        frame.html(tree_html(answer.tree, answer))
        frame.caption(TREE)
    frame.section("What was asked, and what was not?")
    frame.html(not_asked_html(answer))
    with st.expander("What the status words mean"):
        frame.html(facts_html(tuple(words.STATUSES.items())))
