"""Picking a step or an edge of the map: by a click on it, or by its name in a list; the URL keeps it as `pick`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from dashboards.charts.template import toolbar
from dashboards.show_chart import show_chart
from mining.map_elements import Element

PICK, CHART = "pick", "process-map"


def choose_element(elements: Mapping[str, Element]) -> Element | None:
    """Let the reader pick by name what a click picks too."""
    if st.session_state.get(PICK) not in (None, *elements):
        st.session_state[PICK] = None
    label = st.selectbox(
        "Step or edge", list(elements), index=None, key=PICK, bind="query-params", width=330,
        placeholder="Click on the map, or choose here",
    )  # fmt: skip
    return elements[label] if label else None


def show_map(figure: go.Figure, saved_as: str, words: str) -> None:
    """Show the map; a click on a step, an edge, or a start or end mark picks it."""
    with st.container(key="map"):
        show_chart(figure, toolbar(CHART, saved_as, is_always_shown=True), CHART, words, _follow_click)


def _follow_click() -> None:
    points: list[dict[str, Any]] = st.session_state[CHART].selection.points
    labels = [point["customdata"] for point in points if point.get("customdata")]
    if labels:
        st.session_state[PICK] = labels[-1][0] if isinstance(labels[-1], list) else labels[-1]


def leave() -> None:
    """Close what was picked."""
    st.session_state[PICK] = None
