"""The process map: steps in lanes, edges as wide as they are frequent and coloured by a measure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go

from dashboards.charts.map_steps import draw_ghosts, draw_nodes, end_marks, lane_names, lane_shapes, node_shapes
from dashboards.charts.map_targets import UNDIMMED, draw_picked_edge, draw_targets, picked_frame
from dashboards.charts.template import scale, template
from mining.drawing.colours import Tokens
from mining.drawing.curves import Point, arrival, shortened
from mining.drawing.picture import ABOVE, COLUMN, HEADING, ROW, WIDEST, Legend, Picture, head_size
from mining.drawing.routes import Key
from mining.map_elements import Element

PICKABLE = {"clickmode": "event+select", "hovermode": "closest", "dragmode": "pan"}
"""What Streamlit sets of a chart to pick on; one that says so itself is not drawn a second time for it."""


def process_map_figure(picture: Picture, theme: Tokens, picked: Element | None = None) -> go.Figure:
    """Draw the map, with what is `picked` standing out."""
    lanes, nodes, boxes = picture.lanes, picture.nodes, picture.boxes
    lines = picture.lines()
    figure = go.Figure()
    draw_ghosts(figure, picture.ghosts, theme)
    draw_picked_edge(figure, picked, lines, WIDEST + 8, theme)
    _draw_heads(figure, picture, lines, theme)
    draw_nodes(figure, nodes, boxes, theme)
    draw_targets(figure, picture, lines)
    _draw_legend(figure, picture.legend, theme)
    width, height = lanes.columns * COLUMN, lanes.rows * ROW
    figure.update_layout(
        template=template(theme),
        height=height + ABOVE + HEADING + 16,
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        shapes=[
            *lane_shapes(lanes, theme),
            *node_shapes(nodes, boxes, theme),
            *_arc_shapes(picture, lines, theme),
            *picked_frame(picture, picked, theme),
        ],
        annotations=[
            *lane_names(lanes, theme),
            *_arc_labels(picture, lines, theme),
            *end_marks(nodes, boxes, theme),
        ],
        **PICKABLE,
    )
    figure.update_xaxes(visible=False, range=[-40, width + 6], fixedrange=True)
    figure.update_yaxes(visible=False, range=[height + 4, -ABOVE - HEADING - 4], fixedrange=True)
    return figure


def _arc_shapes(picture: Picture, lines: Mapping[Key, list[Point]], theme: Tokens) -> list[dict[str, Any]]:
    """Draw the rare edges first, so that the frequent ones lie on top; as shapes, which a browser draws fastest."""
    widths = picture.widths()
    return [
        {
            "type": "path",
            "path": _path(shortened(lines[arc.key], head_size(widths[arc.key]) * 0.7)),
            "line": {
                "color": picture.colour(arc, theme),
                "width": min(widths[arc.key], 2.5) if arc.source == arc.target else widths[arc.key],
                "dash": "5px,3px" if arc.is_backward else "solid",
            },
            "layer": "between",
            "name": f"{arc.source} → {arc.target}",
        }
        for arc in reversed(picture.arcs)
    ]


def _path(line: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in line)


def _draw_heads(figure: go.Figure, picture: Picture, lines: Mapping[Key, list[Point]], theme: Tokens) -> None:
    widths = picture.widths()
    keys = [arc.key for arc in picture.arcs]
    middles = [shortened(lines[key], head_size(widths[key]) * 0.5)[-1] for key in keys]
    figure.add_trace(
        go.Scatter(
            x=[x for x, _ in middles],
            y=[y for _, y in middles],
            mode="markers",
            marker={
                "symbol": "triangle-up",
                "size": [head_size(widths[key]) for key in keys],
                "angle": [arrival(lines[key]) for key in keys],
                "color": [picture.colour(arc, theme) for arc in picture.arcs],
                "line": {"width": 0},
                "opacity": 1,
            },
            hoverinfo="skip",
            name="arrow heads",
            **UNDIMMED,
        )
    )


def _draw_legend(figure: go.Figure, legend: Legend, theme: Tokens) -> None:
    """Add the colour scale in the top left corner."""
    bar: dict[str, Any] = {
        "orientation": "h",
        "x": 0.02,
        "xanchor": "left",
        "y": 1,
        "yanchor": "top",
        "len": 0.3,
        "thickness": 8,
        "outlinewidth": 0,
        "title": {"text": escape(legend.title), "side": "top", "font": {"size": 12, "color": theme.muted}},
        "tickvals": [level for level, _ in legend.marks],
        "ticktext": [escape(text) for _, text in legend.marks],
        "tickfont": {"size": 11, "color": theme.muted},
        "ticklabeloverflow": "allow",
    }
    figure.add_trace(
        go.Scatter(
            x=[None],
            y=[None],
            mode="markers",
            marker={
                "color": [0],
                "cmin": 0,
                "cmax": 1,
                "colorscale": scale(theme, legend.is_diverging),
                "showscale": True,
                "colorbar": bar,
            },
            hoverinfo="skip",
            name="scale",
        )
    )


def _arc_labels(picture: Picture, lines: Mapping[Key, list[Point]], theme: Tokens) -> list[dict[str, Any]]:
    """One number with its unit on each of the most frequent edges, and the systems where it crosses them."""
    places = picture.label_places(lines)
    annotations = []
    for arc in picture.labelled():
        x, y = places[arc.key]
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
