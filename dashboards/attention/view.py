"""The exceptions as pictures and lists: by age, by type or entity, and one by one."""

from __future__ import annotations

import streamlit as st

from dashboards import frame
from dashboards.attention.controls import PAGE, choose_group, choose_order
from dashboards.attention.exceptions import AgeClass, Choice, Flagged
from dashboards.attention.table import age_frame, ages_in_words, groups_html, queue_html
from dashboards.charts.ageing import ageing_figure
from dashboards.charts.template import toolbar
from dashboards.drills import at
from dashboards.frame import View
from dashboards.paging import choose_page
from dashboards.queries import attention
from dashboards.same_numbers import show_numbers
from dashboards.show_chart import show_chart
from pipeline.export.records import records_csv


def show_overview(view: View, choice: Choice, currency: str) -> None:
    """Show how old the chosen exceptions are, and what they add up to."""
    build, scope = view.build, view.scope
    left, right = st.columns([2, 3], gap="large")
    with left:
        frame.section("How old are they?")
        classes = attention.ages(build, scope, choice)
        figure = ageing_figure(ages_in_words(classes, choice, currency), frame.theme())
        show_chart(figure, config=toolbar("exception-ages"), key="exception-ages")
        show_numbers(lambda: age_frame(classes, currency), lambda: records_csv(AgeClass, classes), "ages-of-exceptions")
    with right:
        frame.section("What are they, and where?")
        by = choose_group()
        groups = attention.groups(build, scope, choice, by)
        frame.html(groups_html(groups, by, choice, at("exceptions", scope), view.names, currency))


def show_queue(view: View, choice: Choice, exceptions: int, most: tuple[float, float]) -> None:
    """Show the chosen exceptions one by one; `most` are the greatest age and value among them."""
    build, scope = view.build, view.scope
    frame.section("Which come first?")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        order = choose_order()
        st.download_button(
            "Download CSV",
            lambda: records_csv(Flagged, attention.whole_queue(build, scope, choice, order)),
            "exceptions.csv",
            "text/csv",
            key="queue-csv",
        )
    slot = st.empty()
    number = choose_page(exceptions, attention.PAGE_ROWS, PAGE)
    shown = attention.queue(build, scope, choice, order, number)
    slot.html(queue_html(shown, most, choice, scope, view.names))
