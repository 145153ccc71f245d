"""What of the process map answers to a click: invisible marks over its steps, edges and ends; and the picked one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboards.charts.map_steps import hover
from mining.drawing.colours import Tokens
from mining.drawing.curves import Point, length
from mining.drawing.picture import Arc, Node, Picture
from mining.drawing.routes import NODE_HEIGHT, NODE_WIDTH, Key
from mining.map_elements import Element

TARGETS = "targets"
_NO_EXTRA = "<extra></extra>"
_EDGE_SIZE, _END_SIZE = 12.0, 14.0
_SPACING = 16.0
_ALWAYS = {"marker": {"opacity": 1}}
UNDIMMED = {"selected": _ALWAYS, "unselected": _ALWAYS}
_UNSEEN = {"selected": {"marker": {"opacity": 0}}, "unselected": {"marker": {"opacity": 0}}}


@dataclass(frozen=True)
class _Target:
    at: Point
    element: Element
    words: tuple[str, ...]
    size: float


def draw_targets(figure: go.Figure, picture: Picture, lines: Mapping[Key, Sequence[Point]]) -> None:
    """Put invisible marks with hover texts; each carries the label of its element as custom data, steps on top."""
    targets = [target for arc in picture.arcs for target in _of_arc(arc, lines[arc.key])]
    targets += [target for node in (*picture.ghosts, *picture.nodes) for target in _of_node(node, picture)]
    figure.add_trace(
        go.Scatter(
            x=[target.at[0] for target in targets],
            y=[target.at[1] for target in targets],
            mode="markers",
            marker={"symbol": "square", "size": [target.size for target in targets], "opacity": 0},
            customdata=[[target.element.label] for target in targets],
            hovertext=[hover(target.words).removesuffix(_NO_EXTRA) for target in targets],
            hovertemplate=f"%{{hovertext}}{_NO_EXTRA}",
            name=TARGETS,
            **_UNSEEN,
        )
    )


def _of_arc(arc: Arc, line: Sequence[Point]) -> list[_Target]:
    words = f"{arc.source} → {arc.target}", *arc.words
    return [_Target(point, Element("edge", arc.key), words, _EDGE_SIZE) for point in _spaced(line[1:-1] or line)]


def _spaced(line: Sequence[Point]) -> list[Point]:
    """Return as few points of a line as leave no gap between the marks on them that a pointer would miss."""
    kept = [line[0]]
    for point in line[1:]:
        if length(kept[-1], point) >= _SPACING:
            kept.append(point)
    return kept


def _of_node(node: Node, picture: Picture) -> list[_Target]:
    name = node.place.step.activity
    words = name, *node.words
    box = picture.boxes.get(name)
    if box is None:
        x, y = picture.spot(node)
        return [_Target((x, y), Element("step", (name,)), words, _EDGE_SIZE)]
    steps = [
        _Target((box.x + shift, box.y), Element("step", (name,)), words, NODE_HEIGHT)
        for shift in (-NODE_WIDTH / 3, 0.0, NODE_WIDTH / 3)
    ]
    top, reach = box.y - NODE_HEIGHT / 2 - 8, NODE_WIDTH / 2 - 16
    begins = [_Target((box.x - reach, top), Element("start", (name,)), words, _END_SIZE)] if node.begins else []
    ends = [_Target((box.x + reach, top), Element("end", (name,)), words, _END_SIZE)] if node.ends else []
    return [*steps, *begins, *ends]


def draw_picked_edge(
    figure: go.Figure, picked: Element | None, lines: Mapping[Key, Sequence[Point]], width: float, theme: Tokens
) -> None:
    """Put a wide band below the picked edge."""
    line = next((points for key, points in lines.items() if picked == Element("edge", key)), None)
    if line:
        figure.add_trace(
            go.Scatter(
                x=[x for x, _ in line],
                y=[y for _, y in line],
                mode="lines",
                line={"color": theme.accent, "width": width},
                opacity=0.3,
                hoverinfo="skip",
                name="picked",
            )
        )


def picked_frame(picture: Picture, picked: Element | None, theme: Tokens) -> list[dict[str, Any]]:
    """Return a frame around the picked step, or the step whose beginning or end is picked."""
    box = picture.boxes.get(picked.names[0]) if picked and picked.kind != "edge" else None
    if box is None:
        return []
    return [
        {
            "type": "rect",
            "x0": box.x - NODE_WIDTH / 2 - 3,
            "x1": box.x + NODE_WIDTH / 2 + 3,
            "y0": box.y - NODE_HEIGHT / 2 - 3,
            "y1": box.y + NODE_HEIGHT / 2 + 3,
            "line": {"color": theme.accent, "width": 3},
            "layer": "between",
        }
    ]
