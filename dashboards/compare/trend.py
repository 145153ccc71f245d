"""The goals week by week: was it already moving, and does after break with the trend of before?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from dashboards import frame
from dashboards.charts.event_study import event_study_figure
from dashboards.charts.template import Axis, toolbar
from dashboards.charts.weekly_control import weekly_control_figure
from dashboards.same_numbers import show_numbers
from dashboards.show_chart import show_chart
from pipeline.export.records import records_csv
from proof.comparison import Comparison
from proof.measures import Measure


@dataclass(frozen=True)
class WeekRow:
    """A week of a goal for the download, with what the trend of before would have brought where there is one."""

    measure: str
    start: date
    phase: str
    value: float | None
    n: int
    expected: float | None


def show_trend(found: Comparison) -> None:
    """Say how the goals ran week by week, and give the weeks as a table."""
    frame.section("Was it moving already?")
    charts = {chart.measure.name: chart for chart in found.trend.charts if chart.points}
    cut_over = found.trend.weekly.cut_over
    if charts and cut_over:
        titles = {name: chart.measure.title for name, chart in charts.items()}
        chosen = st.segmented_control(
            "Goal", list(titles), default=next(iter(titles)), required=True,
            format_func=lambda name: titles.get(name, name), key="weeks-of", bind="query-params",
        )  # fmt: skip
        chart = charts.get(str(chosen), next(iter(charts.values())))
        with st.container(key="wide-weeks"):
            figure = weekly_control_figure(chart, cut_over, axis_of(chart.measure), frame.theme())
            show_chart(figure, config=toolbar("weeks"), key="proof-weeks")
    for sentence in trend_lines(found):
        frame.caption(sentence)
    rows = week_rows(found)
    if rows:
        show_numbers(lambda: pd.DataFrame(rows), lambda: records_csv(WeekRow, rows), "weeks")


def show_rollout(found: Comparison) -> None:
    """Say how units that changed ran against those that had not, where the change came at different times."""
    if not found.question.rollout:
        return
    frame.section("And against those that had not changed?")
    for one in found.rollout.differences:
        if one.periods:
            figure = event_study_figure(one, axis_of(one.measure), frame.theme())
            with st.container(key=f"wide-study-{one.measure.kpi}"):
                name = f"event-study-{one.measure.kpi}"
                show_chart(figure, config=toolbar(name), key=name)
    for sentence in rollout_lines(found):
        frame.caption(sentence)


def axis_of(measure: Measure) -> Axis:
    """Return the axis of a measure, with its unit."""
    return Axis(f"{measure.title} ({measure.unit})", ".0%" if measure.unit == "share" else "~r")


def rollout_lines(found: Comparison) -> list[str]:
    """Return what is to say of the roll-out, a line each."""
    rollout = found.rollout
    return [f"{one.measure.title}: {' '.join(one.words)}" for one in rollout.differences] + list(rollout.words)


def trend_lines(found: Comparison) -> list[str]:
    """Return what is to say of the weeks, a line each: the series, the trends, and the limits of single weeks."""
    trend = found.trend
    lines = list(trend.weekly.words)
    for one in trend.interrupted:
        lines.append(f"{one.measure.title}: {' '.join(one.words)}")
    return lines + [f"{chart.measure.title}: {' '.join(chart.words)}" for chart in trend.charts]


def week_rows(found: Comparison) -> list[WeekRow]:
    """Return the weeks of the goals as rows of the download, unrounded."""
    expected = {(one.measure.name, line.start): line.expected for one in found.trend.interrupted for line in one.lines}
    return [
        WeekRow(
            series.measure.name,
            week.start,
            week.phase,
            week.value,
            week.n,
            expected.get((series.measure.name, week.start)),
        )
        for series in found.trend.weekly.series
        for week in series.weeks
    ]
