"""What needs attention now? The exceptions, the oldest or the dearest first, each leading to its return."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboards import filters, frame
from dashboards.charts.ageing import ageing_figure
from dashboards.charts.template import toolbar
from dashboards.exception_controls import choose_exceptions, choose_group, choose_order, choose_page, offer_more
from dashboards.exception_table import ages_in_words, groups_html, queue_html
from dashboards.exception_words import caption, lead, nothing_left
from dashboards.exceptions import Choice, Flagged
from dashboards.frame import View
from dashboards.queries import attention, reference
from pipeline.export.records import records_csv

QUESTION = "What needs attention now?"


def page(view: View) -> None:
    """Show the exceptions."""
    build, scope = view.build, view.scope
    view.say_cohort(attention.cohort_of_exceptions(build, scope), "by the date of detection of their exceptions")
    frame.title(QUESTION)
    remaining = attention.remaining_exceptions(build, scope)
    if remaining.culprit():
        filters.say_empty(remaining, scope, view.names, "exceptions")
        return
    choice = choose_exceptions(attention.types(build))
    totals = attention.totals(build, scope, choice)
    if not totals.exceptions:
        everything = attention.totals(build, scope, Choice(choice.kind, with_resolved=True))
        offer_more(nothing_left(choice, everything.exceptions), choice, everything.exceptions)
        return
    currency = reference.reporting_currency(build)
    [oldest, *_] = attention.queue(build, scope, choice, "oldest", 1)
    [dearest, *_] = attention.queue(build, scope, choice, "dearest", 1)
    [top, *_] = attention.groups(build, scope, choice, "type")
    frame.lead(lead(totals, oldest, dearest, top, choice, currency))
    _overview(view, choice, currency)
    _queue(view, choice, totals.exceptions, (oldest.age_days, dearest.value or 0.0))
    frame.caption(caption(totals, scope, build.as_of, currency))


def _overview(view: View, choice: Choice, currency: str) -> None:
    build, scope = view.build, view.scope
    left, right = st.columns([2, 3], gap="large")
    with left:
        frame.section("How old are they?")
        figure = ageing_figure(ages_in_words(attention.ages(build, scope, choice), choice, currency), frame.theme())
        st.plotly_chart(figure, config=toolbar("exception-ages"), theme=None, key="exception-ages")
    with right:
        frame.section("What are they, and where?")
        by = choose_group()
        frame.html(groups_html(attention.groups(build, scope, choice, by), by, view.names, currency))


def _queue(view: View, choice: Choice, exceptions: int, most: tuple[float, float]) -> None:
    build, scope = view.build, view.scope
    frame.section("Which come first?")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        order = choose_order()
        everything = partial(attention.whole_queue, build, scope, choice, order)
        st.download_button(
            "Download CSV", lambda: records_csv(Flagged, everything()), "exceptions.csv", "text/csv", key="queue-csv"
        )
    slot = st.empty()
    number = choose_page(exceptions, attention.PAGE_ROWS)
    shown = attention.queue(build, scope, choice, order, number)
    slot.html(queue_html(shown, most, choice, scope, view.names))
