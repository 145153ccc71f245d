"""How are returns doing? Every KPI against its target, its past and what it leaves out."""

from __future__ import annotations

from dataclasses import replace

from dashboards import frame
from dashboards.frame import View
from dashboards.queries import baselines, kpis, reference
from dashboards.scorecard import words
from dashboards.scorecard.details import close_kpi, kpi_in_url, show_kpi
from dashboards.scorecard.numbers import numbers_of, sentence_of
from dashboards.scorecard.tile_html import grid_html
from dashboards.scorecard.tiles import HEADLINE, leading_measures, make_tiles

QUESTION = "How are returns doing?"


def page(view: View) -> None:
    """Show the scorecard."""
    build, scope = view.build, view.scope
    shown, remaining = kpis.cohort_of_items(build, scope), kpis.remaining_items(build, scope)
    if not frame.begin(view, QUESTION, shown, "each KPI by its own date, see Details", remaining, "KPI items"):
        return
    frozen = baselines.newest_of(build, scope)
    numbers = replace(numbers_of(build, scope), frozen=frozen)
    tiles = make_tiles(leading_measures(reference.measures(build), reference.targets(build)), numbers)
    headline = [tile for kpi in HEADLINE for tile in tiles if tile.measure.kpi == kpi]
    frame.lead(sentence_of(build, scope, view.names, tiles))
    rest = [tile for tile in tiles if tile not in headline]
    frame.html(grid_html(headline, scope, frame.theme()))
    frame.section("More measures")
    frame.html(grid_html(rest, scope, frame.theme()))
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
