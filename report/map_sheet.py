"""The sheet of the process map, wide, so that its words can be read on paper."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from dashboards.process_map.page import QUESTION
from mining.drawing.colours import Tokens
from mining.drawing.picture import Picture
from mining.drawing.svg import map_svg
from pipeline import formats
from pipeline.export.map import MARKS, NO_MESSAGES
from report import markup
from report.parts import Run


def map_sheet(run: Run, dated: str, theme: Tokens) -> str:
    """Return the sheet; without a return there is no map, which is said."""
    if run.picture is None:
        return markup.sheet("run", QUESTION, [markup.lead("No return in this selection, so there is nothing to draw.")])
    shown, hidden = without_empty_lanes(run.picture)
    lanes = f"Lanes in which nothing is shown are left out: {formats.listed(hidden)}." if hidden else ""
    framed = drawn_map(shown, f"Process map. {run.sentence}", theme)
    words = " ".join(part for part in (dated, NO_MESSAGES, MARKS, lanes) if part)
    return markup.sheet("run", QUESTION, [markup.lead(run.sentence), framed, markup.note(words)])


def drawn_map(picture: Picture, words: str, theme: Tokens) -> str:
    """Return the picture of a map, with its words for those who do not see it."""
    drawing = f'<div role="img" aria-label="{escape(words)}">{map_svg(picture, (), theme)}</div>'
    return f'<div class="rp-map rp-scroll" role="region" tabindex="0" aria-label="Process map">{drawing}</div>'


def without_empty_lanes(picture: Picture) -> tuple[Picture, list[str]]:
    """Return the map without the side lanes when no step is shown in any of them, and their names."""
    side = [lane for lane in picture.lanes.lanes if lane.is_side]
    if not side or any(node.place.is_side for node in picture.nodes):
        return picture, []
    main = tuple(lane for lane in picture.lanes.lanes if not lane.is_side)
    lanes = replace(picture.lanes, lanes=main, rows=max(lane.bottom for lane in main))
    ghosts = [ghost for ghost in picture.ghosts if not ghost.place.is_side]
    return replace(picture, lanes=lanes, ghosts=ghosts), [lane.stage for lane in side]
