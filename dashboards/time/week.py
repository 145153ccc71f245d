"""When in the week a step is done, and what crowds on weekdays or is done in batches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboards import frame
from dashboards.charts.template import toolbar
from dashboards.charts.week_heat import WEEKDAYS, week_heat_figure
from dashboards.same_numbers import show_numbers
from dashboards.show_chart import show_chart
from mining.batching import LEAST_CASES, BatchedActivity
from mining.week import Concentration, WeekHour
from pipeline import formats
from pipeline.export.records import records_csv

FIRST_NAMED = 3


def choose_step(steps: Sequence[str], concentrations: Sequence[Concentration]) -> str:
    """Let the reader choose a step, at first the one that crowds most; it is kept in the URL."""
    first = next((one.activity for one in crowding(concentrations) if one.activity in steps), steps[0])
    chosen = st.selectbox("Step", steps, index=steps.index(first), key="week-step", bind="query-params", width=260)
    return str(chosen)


def show_hours(hours: Sequence[WeekHour], step: str, batches: Sequence[BatchedActivity]) -> None:
    """Show the week of a step as a heat map, its batches, and the same as a table."""
    of_step = [one for one in hours if one.activity == step]
    if not of_step:
        frame.caption(f"{step} does not happen in this selection.")
        return
    cells = {(one.weekday, one.hour): one.events for one in of_step if one.hour is not None}
    if cells:
        with st.container(key="time-week"):
            figure = week_heat_figure(cells, weekday_totals(of_step), frame.theme())
            show_chart(figure, config=toolbar("week"), key="week")
    frame.caption(f"{sample(of_step, step)} {in_batches(batches, step)}")
    show_numbers(lambda: week_frame(of_step), lambda: records_csv(WeekHour, of_step), "week")


def crowding(concentrations: Sequence[Concentration]) -> list[Concentration]:
    """Return the steps that crowd on some weekdays, the strongest effect first."""
    return [one for one in concentrations if one.is_concentrated and one.crowded]


def crowding_in_words(concentrations: Sequence[Concentration]) -> str:
    """Say what crowds on weekdays more than the calendars explain."""
    found = crowding(concentrations)
    if not found:
        return "No step crowds on some weekdays more than the calendars of working days explain."
    named = [
        f"{one.activity} on {formats.listed([WEEKDAYS[day - 1] for day in one.crowded])} "
        f"({formats.share(one.crowded_share)} of {formats.count(one.events)}; evenly "
        f"{formats.share(one.crowded_expected)})"
        for one in found[:FIRST_NAMED]
    ]
    rest = len(found) - len(named)
    more = f"; so do {rest} more steps" if rest > 1 else "; so does 1 more step" if rest else ""
    return f"Crowds on weekdays: {formats.listed(named)}{more}. Evenly is what the working days would make it."


def weekday_totals(hours: Sequence[WeekHour]) -> Counter[int]:
    """Return the events by weekday, those without a time of day included."""
    totals: Counter[int] = Counter()
    for one in hours:
        totals[one.weekday] += one.events
    return totals


def sample(hours: Sequence[WeekHour], step: str) -> str:
    """Say how many events are shown, and how many have no time of day."""
    events = sum(one.events for one in hours)
    dates = sum(one.events for one in hours if one.hour is None)
    if dates == events:
        return f"{step}: n {formats.count(events)} events, all with a date alone, so there are no hours to show."
    without = (
        f" {formats.count(dates)} have a date alone: they count for the weekday, not for an hour." if dates else ""
    )
    return (
        f"Cells: events of {step} in an hour of its entity's local time, darker or lighter with their number; empty "
        f"is none. n {formats.count(events)}, beside each weekday its own.{without}"
    )


def in_batches(batches: Sequence[BatchedActivity], step: str) -> str:
    """Say how much of a step is done in batches."""
    of_step = next((one for one in batches if one.activity == step), None)
    if of_step is None:
        return f"None of it is done in batches of {LEAST_CASES} returns or more."
    return (
        f"{formats.share(of_step.share)} of it is done in {formats.count(of_step.batches)} batches of {LEAST_CASES} "
        f"returns or more by one person or system within a minute, the largest of {formats.count(of_step.most_cases)}."
    )


def week_frame(hours: Sequence[WeekHour]) -> pd.DataFrame:
    """Return the events of a step by weekday and hour as a table."""
    return pd.DataFrame(
        {
            "Weekday": [WEEKDAYS[one.weekday - 1] for one in hours],
            "Local hour": ["date alone" if one.hour is None else f"{one.hour:02d}:00" for one in hours],
            "Events": [one.events for one in hours],
        }
    )
