"""How are returns doing? Every KPI against its target, its past and what it leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboards import frame
from dashboards.frame import View
from dashboards.queries import baselines, kpis, reference
from dashboards.scope import Scope
from dashboards.scorecard import words
from dashboards.scorecard.details import close_kpi, kpi_in_url, open_kpi, show_kpi
from dashboards.scorecard.numbers import numbers_of, sentence_of
from dashboards.scorecard.tile_html import tile_html
from dashboards.scorecard.tiles import HEADLINE, Tile, leading_measures, make_tiles

QUESTION = "How are returns doing?"


def page(view: View) -> None:
    """Show the scorecard."""
    build, scope = view.build, view.scope
    shown, remaining = kpis.cohort_of_items(build, scope), kpis.remaining_items(build, scope)
    if not frame.begin(view, QUESTION, shown, "each KPI by its own date, see Details", remaining, "KPI items"):
        return
    frozen = baselines.newest_of(build, Scope(entities=scope.entities, kept=scope.kept).cohort())
    numbers = replace(numbers_of(build, scope), frozen=frozen)
    tiles = make_tiles(leading_measures(reference.measures(build), reference.targets(build)), numbers)
    headline = [tile for kpi in HEADLINE for tile in tiles if tile.measure.kpi == kpi]
    frame.lead(sentence_of(build, scope, view.names, tiles))
    _grid("headline", headline)
    frame.section("More measures")
    _grid("rest", [tile for tile in tiles if tile not in headline])
    frame.caption(words.LEGEND)
    if frozen:
        frame.caption(words.since_baseline(frozen.name))
    if view.clock == "elapsed":
        frame.caption(words.KPIS_ARE_IN_BUSINESS_TIME)
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
