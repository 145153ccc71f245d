"""One return, from request to close: its way through the systems, and the extract rows behind it."""

from __future__ import annotations

import streamlit as st

from dashboards import frame
from dashboards.filters import plain_text
from dashboards.frame import View
from dashboards.links import RETURN
from dashboards.one_return.lists import candidates_html
from dashboards.one_return.view import show_return
from dashboards.one_return.words import SEARCH, not_found, several
from dashboards.queries import one_return, returns

QUESTION = "One return, from request to close"


def page(view: View) -> None:
    """Show the return that the URL names, or help to find one."""
    view.say_cohort(returns.cohort(view.build, view.scope), frame.BY_FIRST_EVENT)
    frame.title(QUESTION)
    text = st.text_input("RMA number or return id", key=RETURN, bind="query-params", width=360).strip()
    frame.caption(SEARCH)
    found = one_return.find(view.build.whole, text) if text else []
    if len(found) == 1:
        show_return(view, found[0].case_id)
        return
    if found:
        frame.lead(several(len(found), one_return.MOST_FOUND))
    elif text:
        st.info(plain_text(not_found(text)))
    shown = found or one_return.worth_a_look(view.build, view.scope)
    if not found and shown:
        frame.section("Or look at one with many open exceptions")
    if shown:
        frame.html(candidates_html(shown, view.scope, view.names))
