"""Everything about one return: what became of it, its timeline, segments, exceptions, documents and steps."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboards import frame
from dashboards.attention.table import entity_name
from dashboards.charts.template import toolbar
from dashboards.charts.timeline import timeline_figure
from dashboards.frame import View
from dashboards.one_return.lists import alarms_html, documents_html, steps_html, stretches_html
from dashboards.one_return.story import Alarm, Facts, Step, Stretch
from dashboards.one_return.timeline import timeline_of
from dashboards.one_return.words import LEGEND, STEPS, facts_html, lead
from dashboards.queries import documents, one_return, reference
from dashboards.show_chart import show_chart
from mining.map_view import Clock
from pipeline.export.records import records_csv


def show_return(view: View, case_id: str) -> None:
    """Show a return."""
    build, currency = view.build.whole, reference.reporting_currency(view.build)
    facts, steps = one_return.facts(build, case_id), one_return.steps(build, case_id)
    stretches, alarms = one_return.stretches(build, case_id), one_return.alarms(build, case_id)
    frame.lead(lead(facts, stretches, alarms, currency))
    frame.html(facts_html(facts, entity_name(facts.entity_id, view.names)))
    _timeline(facts, steps, stretches, alarms, view.clock)
    left, right = st.columns([2, 3], gap="large")
    with left:
        frame.section("Where did its time go?")
        frame.html(stretches_html(stretches, facts))
    with right:
        frame.section("What is wrong with it?")
        if alarms:
            frame.html(alarms_html(alarms, currency))
        else:
            frame.caption("No rule has found anything.")
    frame.section("Which documents and amounts?")
    frame.html(documents_html(documents.documents(build, case_id)))
    _steps(facts, steps)


def _timeline(
    facts: Facts, steps: Sequence[Step], stretches: Sequence[Stretch], alarms: Sequence[Alarm], clock: Clock
) -> None:
    frame.section("Which way did it take?")
    if facts.day_seconds is None:
        frame.caption("Its entity has no calendar, so only elapsed time is known.")
        clock = "elapsed"
    figure = timeline_figure(timeline_of(facts, steps, stretches, alarms, clock), frame.theme())
    with st.container(key="timeline"):
        show_chart(figure, config=toolbar("return-timeline"), key="return-timeline")
    frame.caption(LEGEND)


def _steps(facts: Facts, steps: list[Step]) -> None:
    frame.section("What does each step rest on?")
    st.download_button(
        "Download CSV", lambda: records_csv(Step, steps), "return-steps.csv", "text/csv", key="return-steps-csv"
    )
    frame.html(steps_html(steps, facts))
    frame.caption(STEPS)
