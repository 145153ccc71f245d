"""A process map as SVG 1.1: one file that any browser, office suite or printer draws alike."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from mining.drawing.colours import Tokens
from mining.drawing.curves import Point, arrival, shortened
from mining.drawing.picture import (
    ABOVE,
    COLUMN,
    HEADING,
    ROW,
    Node,
    Picture,
    arc_colour,
    head_size,
    two_lines,
)
from mining.drawing.routes import NODE_HEIGHT, NODE_WIDTH, Box, Key

_MARGIN = 40.0
_CAPTION_LINE = 17.0
_NARROWEST = 760.0
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FONT = "DejaVu Sans, Verdana, sans-serif"


def map_svg(picture: Picture, captions: Sequence[str], theme: Tokens) -> str:
    """Return the map with `captions` above it (what it shows and what it hides); equal pictures give equal text."""
    left, top = -_MARGIN, -ABOVE - HEADING - _CAPTION_LINE * len(captions)
    width = math.ceil(max(picture.lanes.columns * COLUMN + _MARGIN + 10, _NARROWEST))
    height = math.ceil(picture.lanes.rows * ROW + 10 - top)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="{left:g} {top:g} {width:g} {height:g}" font-family="{_FONT}">',
        f"<title>{_text(captions[0] if captions else 'Process map')}</title>",
        f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}" fill="{theme.ground}"/>',
        *_captions(captions, top, theme),
        *_lanes(picture, theme),
        *_arcs(picture, theme),
        *_ghosts(picture.ghosts, theme),
        *_nodes(picture, theme),
        *_labels(picture, theme),
        *_legend(picture, top + _CAPTION_LINE * len(captions), theme),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _captions(captions: Sequence[str], top: float, theme: Tokens) -> Iterator[str]:
    for position, caption in enumerate(captions):
        size, colour = (14, theme.text) if position == 0 else (11, theme.muted)
        yield _label(-_MARGIN + 8, top + _CAPTION_LINE * (position + 1), caption, size, colour)


def _lanes(picture: Picture, theme: Tokens) -> Iterator[str]:
    for position, lane in enumerate(picture.lanes.lanes):
        if lane.is_side or position % 2 == 0:
            inset = 3 if lane.is_side else 0
            yield (
                f'<rect x="{lane.left * COLUMN + inset:.1f}" y="{lane.top * ROW - HEADING:.1f}" '
                f'width="{(lane.right - lane.left) * COLUMN - 2 * inset:.1f}" '
                f'height="{(lane.bottom - lane.top) * ROW + HEADING:.1f}" fill="{theme.surface}"/>'
            )
        name = lane.stage[:1].upper() + lane.stage[1:]
        yield _label(lane.left * COLUMN + 8, lane.top * ROW - HEADING + 13, name, 11, theme.muted)


def _arcs(picture: Picture, theme: Tokens) -> Iterator[str]:
    """Rare arcs first, so that the frequent ones lie on top, then all arrow heads."""
    lines, widths = picture.lines(), picture.widths()
    for arc in reversed(picture.arcs):
        width = min(widths[arc.key], 2.5) if arc.source == arc.target else widths[arc.key]
        dashes = ' stroke-dasharray="5 3"' if arc.is_backward else ""
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in shortened(lines[arc.key], head_size(width) * 0.7))
        words = _text("; ".join((f"{arc.source} → {arc.target}", *arc.words)))
        yield (
            f'<polyline points="{points}" fill="none" stroke="{picture.colour(arc, theme)}" '
            f'stroke-width="{width:.2f}"{dashes}><title>{words}</title></polyline>'
        )
    for arc in picture.arcs:
        yield _head(lines[arc.key], widths[arc.key], picture.colour(arc, theme))


def _head(line: Sequence[Point], width: float, colour: str) -> str:
    """A triangle whose tip is the end of the line."""
    size = head_size(width)
    angle = math.radians(arrival(line))
    tip = line[-1]
    back = tip[0] - math.sin(angle) * size, tip[1] + math.cos(angle) * size
    side = math.cos(angle) * size / 2.2, math.sin(angle) * size / 2.2
    corners = tip, (back[0] + side[0], back[1] + side[1]), (back[0] - side[0], back[1] - side[1])
    return f'<polygon points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in corners)}" fill="{colour}"/>'


def _ghosts(ghosts: Sequence[Node], theme: Tokens) -> Iterator[str]:
    for ghost in ghosts:
        x, y = ghost.place.x * COLUMN, ghost.place.y * ROW
        words = _text("; ".join((ghost.place.step.activity, *ghost.words)))
        yield (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="none" stroke="{theme.faint}">'
            f"<title>{words}</title></circle>"
        )


def _nodes(picture: Picture, theme: Tokens) -> Iterator[str]:
    boxes: Mapping[str, Box] = picture.boxes
    for node in picture.nodes:
        box = boxes[node.place.step.activity]
        left, top = box.x - NODE_WIDTH / 2, box.y - NODE_HEIGHT / 2
        words = _text("; ".join((box.name, *node.words)))
        yield (
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{NODE_WIDTH:g}" height="{NODE_HEIGHT:g}" '
            f'fill="{theme.ground}" stroke="{theme.faint}"><title>{words}</title></rect>'
        )
        yield (
            f'<rect x="{left:.1f}" y="{top + NODE_HEIGHT - 3:.1f}" width="{NODE_WIDTH * min(node.share, 1):.1f}" '
            f'height="3" fill="{theme.accent}"/>'
        )
        rows = two_lines(box.name)
        for position, row in enumerate(rows):
            y = box.y + 2 + (position - (len(rows) - 1) / 2) * 13
            yield _label(box.x, y, row, 11, theme.text, "middle")
        if node.begins:
            yield _label(left, top - 3, "▶ start", 10, theme.text)
        if node.ends:
            yield _label(left + NODE_WIDTH, top - 3, "end ■", 10, theme.text, "end")


def _labels(picture: Picture, theme: Tokens) -> Iterator[str]:
    """One number with its unit on each of the most frequent arcs, with a ground that hides the line below it."""
    places: Mapping[Key, Point] = picture.label_places(picture.lines())
    for arc in picture.labelled():
        x, y = places[arc.key]
        badge = f'<tspan dx="4" font-size="8" fill="{theme.muted}">{_text(arc.badge)}</tspan>' if arc.badge else ""
        yield (
            f'<text x="{x:.1f}" y="{y + 4:.1f}" font-size="11" text-anchor="middle" fill="{theme.text}" '
            f'stroke="{theme.ground}" stroke-width="4" paint-order="stroke" stroke-linejoin="round">'
            f"{_text(arc.label)}{badge}</text>"
        )


def _legend(picture: Picture, top: float, theme: Tokens) -> Iterator[str]:
    """The colour scale in the top left corner."""
    width, pieces = 220.0, 44
    left, y = -_MARGIN + 20, top + 18
    yield _label(-_MARGIN + 8, y - 5, picture.legend.title, 11, theme.muted)
    for piece in range(pieces):
        colour = arc_colour(piece / (pieces - 1), theme, picture.legend.is_diverging)
        x = left + width * piece / pieces
        yield f'<rect x="{x:.1f}" y="{y:.1f}" width="{width / pieces + 0.3:.1f}" height="8" fill="{colour}"/>'
    for level, text in picture.legend.marks:
        yield _label(left + width * level, y + 19, text, 10, theme.muted, "middle")


def _label(x: float, y: float, text: str, size: int, colour: str, anchor: str = "start") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{colour}">{_text(text)}</text>'
    )


def _text(text: str) -> str:
    """Return text as XML 1.0 can hold it."""
    return escape(_NOT_XML.sub("", text))
