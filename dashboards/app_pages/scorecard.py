"""How are returns doing? Every KPI against its target, its past and what it leaves out."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboards import filters, frame, queries, words
from dashboards.kpi_details import close_kpi, kpi_in_url, open_kpi, show_kpi
from dashboards.kpi_numbers import numbers_of
from dashboards.published import Build
from dashboards.tile_html import tile_html
from dashboards.tiles import HEADLINE, Tile, leading_measures, make_tiles

QUESTION = "How are returns doing?"


def page() -> None:
    """Show the scorecard."""
    build = frame.require_build()
    if build:
        with frame.errors_in_words():
            _scorecard(build)


def _scorecard(build: Build) -> None:
    names = queries.entity_names(build)
    frame.title(QUESTION)
    lead = st.empty()
    with st.container(horizontal=True, vertical_alignment="center", key="frame"):
        line = st.container(key="cohort-line")
        scope = filters.choose_scope(names)
    with line:
        cohort = queries.cohort_of_items(build, scope)
        frame.say_cohort(scope, names, cohort, "each KPI by its own date, see Details", build)
    remaining = queries.remaining_items(build, scope)
    if remaining.culprit():
        filters.say_empty(remaining, scope, names, "KPI items")
        return
    tiles = make_tiles(leading_measures(queries.measures(build), queries.targets(build)), numbers_of(build, scope))
    headline = [tile for kpi in HEADLINE for tile in tiles if tile.measure.kpi == kpi]
    with lead:
        frame.lead(words.headline(tiles))
    _grid("headline", headline)
    frame.section("More measures")
    _grid("rest", [tile for tile in tiles if tile not in headline])
    frame.caption(words.LEGEND)
    opened = next((tile for tile in tiles if tile.measure.kpi == kpi_in_url()), None)
    if opened:
        show_kpi(opened, build, scope)
    else:
        close_kpi()


def _grid(name: str, tiles: Sequence[Tile]) -> None:
    """Put tiles side by side; the button over each opens it."""
    with st.container(key=f"tiles-{name}"):
        for tile in tiles:
            with st.container(key=f"tile-{tile.measure.kpi}"):
                frame.html(tile_html(tile, frame.theme()))
                label = f"Open {tile.measure.title}"
                st.button(label, key=f"open-{tile.measure.kpi}", on_click=open_kpi, args=(tile.measure.kpi,))
