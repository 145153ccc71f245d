"""A headline KPI on paper: the tile of the scorecard, with the coverage that its drawer tells on the page."""

from __future__ import annotations

from html import escape

from dashboards.scorecard.tile_html import tile_html
from dashboards.scorecard.tiles import Tile
from mining.drawing.colours import Tokens
from pipeline import formats


def tile_markup(tile: Tile, theme: Tokens) -> str:
    """Return the tile as the page shows it, and what share of its items has the data that it needs."""
    return f'<div class="rp-tile">{tile_html(tile, theme)}<p>{escape(coverage(tile))}</p></div>'


def coverage(tile: Tile) -> str:
    """Say the coverage of a tile, e.g. ``coverage 98 %``."""
    if tile.row.coverage is None:
        return "coverage: no item"
    return f"coverage {formats.share(tile.row.coverage)}"
