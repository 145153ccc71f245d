"""What was it like before? Baselines as they were frozen, and what they would be on today's data."""

from __future__ import annotations

import streamlit as st

from dashboards import frame
from dashboards.baselines import words
from dashboards.baselines.freezing import offer_freezing
from dashboards.baselines.restatements import show_restatements
from dashboards.baselines.values import show_values
from dashboards.frame import View
from dashboards.list_html import list_html
from dashboards.queries import baselines, reference, returns
from dashboards.scope import Scope

QUESTION = "What was it like before?"


def page(view: View) -> None:
    """Show the frozen baselines and let the reader freeze one."""
    view.say_cohort(returns.cohort(view.build, Scope(kept=view.scope.kept)), "each baseline has its own period")
    frame.title(QUESTION)
    if view.build.entities is not None:
        frame.lead(words.LIMITED)
        return
    found = baselines.baselines()
    frame.lead(words.lead(found))
    if found:
        frame.html(list_html("Frozen baselines", words.COLUMNS, [words.line(one) for one in found]))
        names = [one.name for one in found]
        chosen = st.selectbox("Baseline", names, key="baseline", bind="query-params", width=320)
        stored = next((one for one in found if one.name == chosen), found[0])
        verified = baselines.verification(view.build, stored.name, stored.seal)
        show_restatements(verified)
        if stored.baseline:
            show_values(stored.baseline, reference.reporting_currency(view.build))
    offer_freezing(view)
