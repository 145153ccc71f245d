"""The still part of the process map: lanes, steps, and where hidden steps would stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go

from mining.drawing.colours import Tokens
from mining.drawing.picture import COLUMN, HEADING, ROW, Node, two_lines
from mining.drawing.routes import NODE_HEIGHT, NODE_WIDTH, Box
from mining.lanes import LaneMap

_NO_EXTRA = "<extra></extra>"


def draw_nodes(figure: go.Figure, nodes: Sequence[Node], boxes: Mapping[str, Box], theme: Tokens) -> None:
    """Write the names of the steps."""
    placed = [(node, boxes[node.place.step.activity]) for node in nodes]
    figure.add_trace(
        go.Scatter(
            x=[box.x for _, box in placed],
            y=[box.y - 2 for _, box in placed],
            mode="text",
            text=["<br>".join(escape(line) for line in two_lines(box.name)) for _, box in placed],
            textfont={"size": 11, "color": theme.text},
            hoverinfo="skip",
            selected={"textfont": {"color": theme.text}},
            unselected={"textfont": {"color": theme.text}},
            name="steps",
        )
    )


def end_marks(nodes: Sequence[Node], boxes: Mapping[str, Box], theme: Tokens) -> list[dict[str, Any]]:
    """Mark the steps with which returns begin, and those with which finished ones end."""
    marks = []
    for node in nodes:
        box = boxes[node.place.step.activity]
        for is_marked, text, side in ((node.begins, "▶ start", -1), (node.ends, "end ■", 1)):
            if is_marked:
                marks.append(
                    {
                        "x": box.x + side * NODE_WIDTH / 2,
                        "y": box.y - NODE_HEIGHT / 2,
                        "xanchor": "left" if side < 0 else "right",
                        "yanchor": "bottom",
                        "text": text,
                        "showarrow": False,
                        "font": {"size": 10, "color": theme.text},
                    }
                )
    return marks


def draw_ghosts(figure: go.Figure, ghosts: Sequence[Node], theme: Tokens) -> None:
    """Put a small ring where a hidden step would stand."""
    figure.add_trace(
        go.Scatter(
            x=[ghost.place.x * COLUMN for ghost in ghosts],
            y=[ghost.place.y * ROW for ghost in ghosts],
            mode="markers",
            marker={"symbol": "circle-open", "size": 7, "color": theme.faint},
            hoverinfo="skip",
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
            name="hidden steps",
        )
    )


def lane_shapes(lanes: LaneMap, theme: Tokens) -> list[dict[str, Any]]:
    """Every other lane has a tinted ground; side lanes have a frame."""
    shapes: list[dict[str, Any]] = []
    for position, lane in enumerate(lanes.lanes):
        left, right = lane.left * COLUMN, lane.right * COLUMN
        is_tinted = lane.is_side or position % 2 == 0
        shapes.append(
            {
                "type": "rect",
                "x0": left + (3 if lane.is_side else 0),
                "x1": right - (3 if lane.is_side else 0),
                "y0": lane.top * ROW - HEADING,
                "y1": lane.bottom * ROW,
                "fillcolor": theme.surface if is_tinted else theme.ground,
                "line": {"width": 0},
                "layer": "below",
            }
        )
    return shapes


def lane_names(lanes: LaneMap, theme: Tokens) -> list[dict[str, Any]]:
    """Write the stage at the top of every lane."""
    return [
        {
            "x": lane.left * COLUMN + 8,
            "y": lane.top * ROW - HEADING + 2,
            "xanchor": "left",
            "yanchor": "top",
            "text": escape(lane.stage[:1].upper() + lane.stage[1:]),
            "showarrow": False,
            "font": {"size": 11, "color": theme.muted},
        }
        for lane in lanes.lanes
    ]


def node_shapes(nodes: Sequence[Node], boxes: Mapping[str, Box], theme: Tokens) -> list[dict[str, Any]]:
    """A frame for every step, and in it a bar as long as its share of the returns."""
    shapes: list[dict[str, Any]] = []
    for node in nodes:
        box = boxes[node.place.step.activity]
        left, right = box.x - NODE_WIDTH / 2, box.x + NODE_WIDTH / 2
        top, bottom = box.y - NODE_HEIGHT / 2, box.y + NODE_HEIGHT / 2
        frame = {"type": "rect", "x0": left, "x1": right, "y0": top, "y1": bottom, "layer": "between"}
        shapes.append({**frame, "fillcolor": theme.ground, "line": {"color": theme.faint, "width": 1}})
        reach = left + NODE_WIDTH * min(node.share, 1.0)
        bar = {**frame, "x1": reach, "y0": bottom - 3}
        shapes.append({**bar, "fillcolor": theme.accent, "line": {"width": 0}})
    return shapes


def hover(lines: Sequence[str]) -> str:
    """Return a hover text; curly brackets of foreign words must not become placeholders."""
    title, *rest = [escape(line).replace("%{", "% {") for line in lines]
    return f"<b>{title}</b><br>{'<br>'.join(rest)}{_NO_EXTRA}"
