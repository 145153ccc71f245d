"""Why do returns go wrong? What goes with late returns, rework, exceptions, poor recovery and missed notices."""

from __future__ import annotations

import streamlit as st

from dashboards import frame
from dashboards.causes import words
from dashboards.causes.answer import CausesAnswer
from dashboards.causes.figure import show_ratios
from dashboards.causes.html import facts_html, findings_html, not_asked_html, tree_html
from dashboards.drills import at
from dashboards.frame import View
from dashboards.queries import causes, returns

QUESTION = "Why do returns go wrong?"
OUTCOME = "outcome"
MOST = 6
TREE = (
    "Each line parts the returns above it by the one value that tells most; the bar and the figure are the share with "
    "the outcome. Groups have 20 returns at least. It describes this selection and adjusts for nothing."
)


def page(view: View) -> None:
    """Show what goes with an outcome: the one that the reader chooses, else the first of which something is found."""
    outcome = _asked()
    is_empty = not returns.cohort(view.build, view.scope).returns
    answer = None if is_empty else causes.causes(view.build, view.scope, outcome)
    frame.begin_with_returns(view, words.QUESTIONS[answer.outcome] if answer else QUESTION)
    if answer:
        st.selectbox(
            "Outcome", causes.outcomes(), index=None, key=OUTCOME, bind="query-params", width=320,
            placeholder=f"{answer.outcome} (choose another)",
        )  # fmt: skip
        _answer(answer, view)


def _asked() -> str | None:
    """Return the outcome that the reader has chosen; the question on top is asked before the choice is shown."""
    asked = st.session_state[OUTCOME] if OUTCOME in st.session_state else st.query_params.get(OUTCOME)
    return asked if asked in causes.outcomes() else None


def _answer(answer: CausesAnswer, view: View) -> None:
    here = at("causes", view.scope)
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
        frame.html(tree_html(answer.tree, answer, view.all_names))
        frame.caption(TREE)
    frame.section("What was asked, and what was not?")
    frame.html(not_asked_html(answer))
    with st.expander("What the status words mean"):
        frame.html(facts_html(tuple(words.STATUSES.items())))
