"""Freeze a baseline from the page: a name and a period; the filters say which returns."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboards import frame
from dashboards.filters import plain_text
from dashboards.frame import View
from dashboards.queries import baselines
from dashboards.scope import Scope, entities_in_words, rules_in_words
from pipeline.errors import UsageError
from proof.question import Side

SAID = "said of freezing"


def offer_freezing(view: View) -> None:
    """Let the reader freeze a period, and say what became of it, with the seal to note down."""
    frame.section("Freeze a period")
    about = Scope(entities=view.scope.entities, kept=view.scope.kept)
    which = ", ".join(
        part for part in (entities_in_words(about, view.names), rules_in_words(about, view.all_names)) if part
    )
    frame.caption(
        f"Of {which}, by the filters. A frozen baseline stays as it is: it survives every build, and no one can freeze "
        "another under its name."
    )
    with st.form("freeze", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input("Name", key="freeze-name", placeholder="before-portal", max_chars=64, width=220)
        start = st.date_input("From", None, key="freeze-from", format="YYYY-MM-DD", width=150)
        end = st.date_input("To, not included", None, key="freeze-to", format="YYYY-MM-DD", width=150)
        is_wanted = st.form_submit_button("Freeze")
    if is_wanted:
        st.session_state[SAID] = _frozen(view, about, name, start, end)
        st.rerun()
    if said := st.session_state.pop(SAID, ""):
        st.info(plain_text(said))


def _frozen(view: View, about: Scope, name: str, start: object, end: object) -> str:
    if not isinstance(start, date) or not isinstance(end, date):
        return "Choose both days of the period first."
    try:
        made = baselines.freeze(view.build, name.strip(), Side(start, end, about.cohort()))
    except UsageError as error:
        return str(error)
    return f"{made.baseline.name} is frozen. Note its seal elsewhere: {made.seal}"
