"""What a reader can turn on the process map: the measure, what of the map is shown, the picture to save."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast, get_args

import streamlit as st

from dashboards.choices import choose
from mining.map_difference_view import Compared, DifferenceReading
from mining.map_view import DAY, Clock, Reading, Shown
from mining.simplify import FIRST_SIGHT_EDGES, Graph, Selection, simplify, steps_at_first_sight

FIRST_SIGHT_STEPS = 18
MOST_EDGES = 100
WHOLE, FREQUENT = "whole paths", "most frequent"


def choose_reading(clock: Clock, standard_days: Sequence[float], currency: str) -> Reading:
    """Let the reader choose the measure; a business day has a length when all calendars agree on it."""
    shown = st.selectbox("Show on the edges", get_args(Shown), key="show", bind="query-params", width=170)
    return Reading(cast(Shown, shown), clock, _day(clock, standard_days), currency)


def choose_difference(clock: Clock, standard_days: Sequence[float]) -> DifferenceReading:
    """Let the reader choose which difference of two cohorts is shown."""
    shown = choose("Show the difference in", "difference", get_args(Compared))
    return DifferenceReading(cast(Compared, shown), clock, _day(clock, standard_days))


def _day(clock: Clock, standard_days: Sequence[float]) -> float | None:
    if clock == "elapsed":
        return DAY
    return standard_days[0] if len(standard_days) == 1 else None


def choose_messages() -> bool:
    """Let the reader choose whether messages to customers and between systems are steps of the map."""
    return st.toggle("Messages", key="messages", bind="query-params", help="Messages to customers and between systems")


def choose_selection(graph: Graph, whole_paths: Callable[[int], Selection]) -> Selection:
    """Let the reader choose what is shown: whole paths with a number of edges, or the most frequent steps and edges."""
    if choose("What is shown", "sight", (WHOLE, FREQUENT)) == WHOLE:
        return whole_paths(_slider("Edges at most", "edges-most", min(len(graph.edges), MOST_EDGES), FIRST_SIGHT_EDGES))
    return choose_frequent(graph)


def choose_frequent(graph: Graph) -> Selection:
    """Let the reader choose how many steps and paths to show, at first few enough to be read."""
    steps = _slider("Steps", "steps", len(graph.activities), steps_at_first_sight(graph, FIRST_SIGHT_STEPS))
    least = len(simplify(graph, steps, 0).edges)
    paths = _slider("Paths", "paths", len(graph.edges), FIRST_SIGHT_EDGES)
    return simplify(graph, steps, max(paths, least))


def _slider(label: str, key: str, most: int, first: int) -> int:
    if most < 2:
        return most
    if st.session_state.get(key, first) > most:
        st.session_state[key] = most
    return int(st.slider(label, 1, most, min(first, most), key=key, bind="query-params", width=200))


def choose_picture() -> str:
    """Let the reader choose what the camera on the map saves."""
    return choose("Save picture as", "picture", ("svg", "png"))
