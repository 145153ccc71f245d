"""The process map: steps in lanes, edges as wide as they are frequent and coloured by a measure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import plotly.graph_objects as go

from dashboards.charts.curves import Point, arrival, shortened
from dashboards.charts.label_places import place_labels
from dashboards.charts.map_steps import (
    COLUMN,
    HEADING,
    ROW,
    Node,
    draw_ghosts,
    draw_nodes,
    end_marks,
    hover,
    lane_names,
    lane_shapes,
    node_shapes,
)
from dashboards.charts.routes import Box, Frame, Key, Link, route_all
from dashboards.charts.template import scale, template
from dashboards.theme import Tokens
from mining.lanes import LaneMap, Place

_ABOVE = 98.0
_THIN, _WIDE = 1.3, 6.5
_MOST_LABELS = 45


@dataclass(frozen=True)
class Arc:
    """An edge to draw: `cases` give its width, `level` (0..1, None: no value) its colour.

    `badge` names the systems that it crosses, empty when it stays in one.
    """

    source: str
    target: str
    cases: int
    level: float | None
    label: str
    badge: str
    words: tuple[str, ...]
    is_backward: bool


@dataclass(frozen=True)
class Legend:
    """What the colours mean: a title, and marks at levels 0..1."""

    title: str
    marks: Sequence[tuple[float, str]]


def process_map_figure(
    lanes: LaneMap, nodes: Sequence[Node], ghosts: Sequence[Node], arcs: Sequence[Arc], legend: Legend, theme: Tokens
) -> go.Figure:
    """Draw the map; `ghosts` are steps that are hidden.

    The place of a step depends on the catalogue alone, so that maps can be laid over one another.
    """
    boxes = {node.place.step.activity: _box(node.place) for node in nodes}
    frame = Frame(-HEADING - 28, _between(lanes))
    links = [Link(arc.source, arc.target, arc.is_backward) for arc in arcs]
    lines = route_all(boxes, links, frame)
    figure = go.Figure()
    draw_ghosts(figure, ghosts, theme)
    _draw_arcs(figure, arcs, lines, theme)
    draw_nodes(figure, nodes, boxes, theme)
    _draw_legend(figure, legend, theme)
    width, height = lanes.columns * COLUMN, lanes.rows * ROW
    figure.update_layout(
        template=template(theme),
        height=height + _ABOVE + HEADING + 16,
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        shapes=[*lane_shapes(lanes, theme), *node_shapes(nodes, boxes, theme)],
        annotations=[
            *lane_names(lanes, theme),
            *_arc_labels(arcs, lines, boxes, theme),
            *end_marks(nodes, boxes, theme),
        ],
        hovermode="closest",
    )
    figure.update_xaxes(visible=False, range=[-40, width + 6], fixedrange=True)
    figure.update_yaxes(visible=False, range=[height + 4, -_ABOVE - HEADING - 4], fixedrange=True)
    return figure


def _box(place: Place) -> Box:
    return Box(place.step.activity, place.x * COLUMN, place.y * ROW, place.step.stage, place.is_side)


def _between(lanes: LaneMap) -> float:
    """Return the height halfway between the main lanes and the headings of the side lanes."""
    main = max((lane.bottom for lane in lanes.lanes if not lane.is_side), default=0.0)
    side = min((lane.top for lane in lanes.lanes if lane.is_side), default=lanes.rows)
    return (main * ROW + side * ROW - HEADING) / 2


def _draw_arcs(figure: go.Figure, arcs: Sequence[Arc], lines: Mapping[Key, list[Point]], theme: Tokens) -> None:
    """Draw the rare edges first, so that the frequent ones lie on top, then all arrow heads."""
    most = max((arc.cases for arc in arcs), default=1)
    widths = {(arc.source, arc.target): _THIN + (_WIDE - _THIN) * arc.cases / most for arc in arcs}
    for arc in reversed(arcs):
        key = arc.source, arc.target
        line = shortened(lines[key], _head(widths[key]) * 0.7)
        figure.add_trace(
            go.Scatter(
                x=[x for x, _ in line],
                y=[y for _, y in line],
                mode="lines",
                line={
                    "color": _colour(arc.level, theme),
                    "width": min(widths[key], 2.5) if arc.source == arc.target else widths[key],
                    "dash": "5px,3px" if arc.is_backward else "solid",
                },
                hovertemplate=hover((f"{arc.source} → {arc.target}", *arc.words)),
                name=f"{arc.source} → {arc.target}",
            )
        )
    _draw_heads(figure, arcs, lines, widths, theme)


def _head(width: float) -> float:
    """Return the size of the arrow head of a line."""
    return 7 + width


def _draw_heads(
    figure: go.Figure,
    arcs: Sequence[Arc],
    lines: Mapping[Key, list[Point]],
    widths: Mapping[Key, float],
    theme: Tokens,
) -> None:
    keys = [(arc.source, arc.target) for arc in arcs]
    middles = [shortened(lines[key], _head(widths[key]) * 0.5)[-1] for key in keys]
    figure.add_trace(
        go.Scatter(
            x=[x for x, _ in middles],
            y=[y for _, y in middles],
            mode="markers",
            marker={
                "symbol": "triangle-up",
                "size": [_head(widths[key]) for key in keys],
                "angle": [arrival(lines[key]) for key in keys],
                "color": [_colour(arc.level, theme) for arc in arcs],
                "line": {"width": 0},
                "opacity": 1,
            },
            hoverinfo="skip",
            name="arrow heads",
        )
    )


def _colour(level: float | None, theme: Tokens) -> str:
    """Return the colour of a level on the sequential scale, between its stops."""
    if level is None:
        return theme.faint
    stops = theme.sequential
    place = min(max(level, 0.0), 1.0) * (len(stops) - 1)
    low = min(int(place), len(stops) - 2)
    part = place - low
    mixed = [
        round(int(stops[low][at : at + 2], 16) * (1 - part) + int(stops[low + 1][at : at + 2], 16) * part)
        for at in (1, 3, 5)
    ]
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def _draw_legend(figure: go.Figure, legend: Legend, theme: Tokens) -> None:
    """Add the colour scale in the top left corner."""
    bar: dict[str, Any] = {
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "y": 1,
        "yanchor": "top",
        "len": 0.25,
        "thickness": 8,
        "outlinewidth": 0,
        "title": {"text": escape(legend.title), "side": "top", "font": {"size": 12, "color": theme.muted}},
        "tickvals": [level for level, _ in legend.marks],
        "ticktext": [escape(text) for _, text in legend.marks],
        "tickfont": {"size": 11, "color": theme.muted},
    }
    figure.add_trace(
        go.Scatter(
            x=[None],
            y=[None],
            mode="markers",
            marker={"color": [0], "cmin": 0, "cmax": 1, "colorscale": scale(theme), "showscale": True, "colorbar": bar},
            hoverinfo="skip",
            name="scale",
        )
    )


def _arc_labels(
    arcs: Sequence[Arc], lines: Mapping[Key, list[Point]], boxes: Mapping[str, Box], theme: Tokens
) -> list[dict[str, Any]]:
    """One number with its unit on each of the most frequent edges, and the systems where it crosses them."""
    labelled = [arc for arc in arcs[:_MOST_LABELS] if arc.label]
    texts = {(arc.source, arc.target): (arc.label, arc.badge) for arc in labelled}
    places = place_labels(lines, texts, boxes.values())
    annotations = []
    for arc in labelled:
        x, y = places[arc.source, arc.target]
        badge = f" <span style='font-size:8px;color:{theme.muted}'>{escape(arc.badge)}</span>" if arc.badge else ""
        annotations.append(
            {
                "x": x,
                "y": y,
                "text": f"{escape(arc.label)}{badge}",
                "showarrow": False,
                "font": {"size": 11, "color": theme.text},
                "bgcolor": theme.ground,
                "opacity": 0.92,
                "borderpad": 0,
            }
        )
    return annotations


def log_level(value: float | None, low: float, high: float) -> float | None:
    """Return where a wait lies between `low` and `high` on a logarithmic scale, 0..1; None without a value."""
    if value is None:
        return None
    if high <= low:
        return 0.0
    return math.log(min(max(value, low), high) / low) / math.log(high / low)
