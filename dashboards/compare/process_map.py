"""How the way of the returns changed: the map of both sides, with hues only where it is beyond chance."""

from __future__ import annotations

from typing import get_args

import streamlit as st

from dashboards import frame
from dashboards.charts.process_map import process_map_figure
from dashboards.charts.template import toolbar
from dashboards.choices import choose
from dashboards.list_html import Column, list_html, plain
from dashboards.show_chart import show_chart
from mining.lanes import LaneMap
from proof.changed_map import ChangedMap
from proof.changed_map_view import Shown, change_picture, changed_edges, edge_name, edge_words, first_sight, map_words
from proof.comparison import Comparison

QUESTION = "How did the process map change?"
COLUMNS = (Column("Edge"), Column("Before, after, change"))
SHOWN: tuple[Shown, ...] = get_args(Shown)
MOST = 8
NO_MAP = "No step is on five returns or more of both sides, so there is no map to compare."


def show_map_changes(found: Comparison, lanes: LaneMap) -> None:
    """Draw the map of both sides, and list what changed on it beyond chance."""
    frame.section(QUESTION)
    if not found.map.steps:
        frame.caption(NO_MAP)
        return
    shown = choose("Show the change in", "map-change", SHOWN)
    picture = change_picture(found.map, first_sight(found.map), lanes, shown)
    words = map_words(found.map, shown)
    with st.container(key="map-changes"):
        config = toolbar("process-map-changes", "svg", is_always_shown=True)
        figure = process_map_figure(picture, frame.theme())
        show_chart(figure, config=config, key="proof-map", words=f"{picture.legend.title}. {words}")
    frame.caption(words)
    lines = edge_lines(found.map, shown)
    if lines:
        frame.html(list_html("Edges that changed beyond chance", COLUMNS, lines))


def edge_lines(found: ChangedMap, shown: Shown) -> list[list[str]]:
    """Return the edges that changed most as lines of the list: cells of markup."""
    return [[plain(edge_name(edge)), plain(". ".join(edge_words(edge)))] for edge in changed_edges(found, shown)[:MOST]]
