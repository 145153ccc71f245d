"""Work in progress over time, in the whole process or in one segment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from dashboards import frame
from dashboards.charts.template import toolbar
from dashboards.charts.work_in_progress import work_in_progress_figure
from dashboards.same_numbers import show_numbers
from dashboards.show_chart import show_chart
from mining.queues import FlowBalance, Queue, QueueDay
from pipeline import formats
from pipeline.export.records import records_csv

PROCESS = "process"


def choose_place(segments: Mapping[str, str]) -> str | None:
    """Let the reader choose a segment, by its title, or the whole process (None); it is kept in the URL."""
    titles = {PROCESS: "Whole process", **segments}
    chosen = st.selectbox(
        "In progress in", list(titles), format_func=lambda name: titles.get(name, name),
        key="queue", bind="query-params", width=260,
    )  # fmt: skip
    return None if chosen == PROCESS else chosen


def show_queue(queues: Sequence[Queue], balances: Sequence[FlowBalance], place: str | None) -> None:
    """Show what is in progress day by day, Little's law under it, and the same as a table."""
    days = next((queue.days for queue in queues if queue.place == place), ())
    if not days:
        frame.caption("No return of this selection has been here.")
        return
    with st.container(key="time-queue"):
        figure = work_in_progress_figure([(day.day, day.in_progress) for day in days], frame.theme())
        show_chart(figure, config=toolbar("work-in-progress"), key="work-in-progress")
    frame.caption(f"{busiest(days)} {littles_law([one for one in balances if one.place == place])}".strip())
    show_numbers(lambda: queue_frame(days), lambda: records_csv(QueueDay, days), "work-in-progress")


def busiest(days: Sequence[QueueDay]) -> str:
    """Say when most was in progress, and how much the days are about."""
    most = max(days, key=lambda day: day.in_progress)
    return (
        f"Counted when each local day ends; n {formats.count(sum(day.arrivals for day in days))} arrivals, "
        f"{formats.count(sum(day.departures for day in days))} departures. "
        f"Most: {formats.count(most.in_progress)} on {formats.day(most.day)}."
    )


def littles_law(balances: Sequence[FlowBalance]) -> str:
    """Say what comes, how long it stays, and whether what is there fits; empty when nothing has left."""
    if not balances:
        return ""
    one = balances[0]
    gap, stay = one.relative_gap, one.mean_stay_days
    if one.expected_in_progress is None or gap is None:
        return ""
    rate, there = formats.count(one.arrivals_per_day), formats.count(one.mean_in_progress)
    if one.arrivals_per_day < 100:
        rate = formats.number(one.arrivals_per_day, 1)
    return (
        f"Little's law: {rate} a day arrive and those that left stayed {formats.measured(stay, 'days')} (elapsed), "
        f"which makes {formats.count(one.expected_in_progress)} in progress; {there} were there on average, a gap of "
        f"{formats.share(abs(gap))} from stays that are not over or that began before."
    )


def queue_frame(days: Sequence[QueueDay]) -> pd.DataFrame:
    """Return the days as a table, the latest first."""
    latest = sorted(days, key=lambda day: day.day, reverse=True)
    return pd.DataFrame(
        {
            "Local date": [day.day for day in latest],
            "Arrivals": [day.arrivals for day in latest],
            "Departures": [day.departures for day in latest],
            "In progress when the day ends": [day.in_progress for day in latest],
        }
    )
