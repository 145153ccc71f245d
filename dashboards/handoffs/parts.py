"""The parts of the page of handoffs: matrix and flow, what goes to and fro, and how many systems are touched."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboards import frame
from dashboards.charts.handoff_matrix import flow_figure, matrix_figure
from dashboards.charts.template import toolbar
from dashboards.charts.touch_points import touch_figure
from dashboards.drills import Place
from dashboards.handoffs import words
from dashboards.handoffs.drilling import show_returns_to_and_fro
from dashboards.handoffs.reading import HandoffReading, among, busiest, owners_of
from dashboards.handoffs.table import show_ping_pong
from dashboards.show_chart import show_chart
from mining.handoffs import Handoff, Level, TouchPoints
from mining.rework import PingPong


def show_matrix_and_flow(found: Sequence[Handoff], level: Level, reading: HandoffReading) -> None:
    """Show the matrix and the flow of the owners with most handoffs."""
    owners = busiest(found)
    chosen = among(found, owners)
    cells = reading.cells(chosen)
    frame.section(reading.title)
    with st.container(key="handoff-matrix"):
        figure = matrix_figure(owners, cells, frame.theme())
        show_chart(figure, config=toolbar(f"handoffs-{level}"), key="handoffs-matrix")
    shown = words.shown(found, chosen, len(owners), len(owners_of(found)), level)
    frame.caption(f"{shown} The stronger the colour, the more. {words.LEGEND} {words.LEFT_OUT[level]}")
    frame.section("How much flows where?")
    with st.container(key="handoff-flow"):
        figure = flow_figure(owners, cells, frame.theme())
        show_chart(figure, config=toolbar(f"handoff-flow-{level}"), key="handoffs-flow")
    frame.caption("Givers left, takers right; a band is as wide as the number of handoffs.")


def show_to_and_fro(
    pairs: Sequence[PingPong], found: Sequence[Handoff], level: Level, reading: HandoffReading, here: Place
) -> None:
    """Show between whom work goes and with the very next step comes back; resources' own handoffs count it."""
    frame.section("Where does work go to and fro?")
    if level == "resource":
        frame.caption(words.at_once(found, level))
        return
    frame.caption(words.to_and_fro(pairs, level, reading))
    if pairs:
        show_returns_to_and_fro(pairs, level, here)
        show_ping_pong(pairs, level, reading)


def show_touch_points(points: TouchPoints, count: int) -> None:
    """Show how often `count` returns go through systems."""
    frame.section("How many systems does a return go through?")
    frame.caption(words.touched(points, count))
    if points.visits:
        figure = touch_figure(points.visits, "Times that a return enters a system", frame.theme())
        show_chart(figure, config=toolbar("touch-points"), key="touch-points")
