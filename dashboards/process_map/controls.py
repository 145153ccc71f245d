"""What a reader can turn on the process map: the measure, how many steps and paths."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast, get_args

import streamlit as st

from mining.map_view import DAY, Clock, Reading, Shown
from mining.simplify import FIRST_SIGHT_EDGES, Graph, simplify, steps_at_first_sight

FIRST_SIGHT_STEPS = 18


def choose_reading(clock: Clock, standard_days: Sequence[float]) -> Reading:
    """Let the reader choose the measure; a business day has a length when all calendars agree on it."""
    shown = st.selectbox("Show on the edges", get_args(Shown), key="show", bind="query-params", width=170)
    open_day = standard_days[0] if len(standard_days) == 1 else None
    return Reading(cast(Shown, shown), clock, open_day if clock == "business" else DAY)


def choose_size(graph: Graph) -> tuple[int, int]:
    """Let the reader choose how many steps and paths to show, at first few enough to be read."""
    steps = _slider("Steps", "steps", len(graph.activities), steps_at_first_sight(graph, FIRST_SIGHT_STEPS))
    least = len(simplify(graph, steps, 0).edges)
    paths = _slider("Paths", "paths", len(graph.edges), FIRST_SIGHT_EDGES)
    return steps, max(paths, least)


def _slider(label: str, key: str, most: int, first: int) -> int:
    if most < 2:
        return most
    return int(st.slider(label, 1, most, min(first, most), key=key, bind="query-params", width=220))


def choose_picture() -> str:
    """Let the reader choose what the camera on the map saves."""
    chosen = st.segmented_control("Save picture as", ("svg", "png"), default="svg", required=True, key="picture")
    return str(chosen)
