"""A replay as the small piece of JSON that the browser draws: the map's own lines, and tokens with their times."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from itertools import chain, pairwise
from typing import Any

from mining.drawing.picture import COLUMN, HEADING, ROW, Node, Picture, two_lines
from mining.drawing.routes import NODE_HEIGHT, NODE_WIDTH
from mining.replay import Replay, Sample, Token, replay_on

_ABOVE = 4


def replay_of(sample: Sample, picture: Picture) -> Replay:
    """Return the tokens of a sample on the steps and edges that a picture shows."""
    steps = [node.place.step.activity for node in picture.nodes]
    return replay_on(sample, steps, {arc.key for arc in picture.arcs})


def payload(replay: Replay, picture: Picture) -> dict[str, Any]:
    """Return a replay and its map for the browser.

    Times are whole minutes from `start` (seconds since 1970, UTC). A token is [begins, ends or None, [step, minutes
    since the visit before, ...], [minute over target, minute until, ...]]; the first visit counts from the start.
    Places are whole pixels, y downwards.
    """
    return {
        "start": int(replay.start.replace(tzinfo=UTC).timestamp()),
        "minutes": replay.minutes,
        "zone": replay.time_zone,
        "shifts": list(replay.shifts),
        "tokens": [_token(token) for token in replay.tokens],
        **_map(picture),
    }


def _token(token: Token) -> list[Any]:
    """Return a token with its visits as differences, which are short."""
    minutes = [0, *(minute for _, minute in token.visits)]
    waits = [later - earlier for earlier, later in pairwise(minutes)]
    steps = (step for step, _ in token.visits)
    visits = list(chain.from_iterable(zip(steps, waits, strict=True)))
    return [token.begins, token.ends, visits, list(chain.from_iterable(token.overdue))]


def _map(picture: Picture) -> dict[str, Any]:
    number = {node.place.step.activity: position for position, node in enumerate(picture.nodes)}
    widths, lines = picture.widths(), picture.lines()
    lanes = picture.lanes
    highest = min((y for line in lines.values() for _, y in line), default=0.0)
    return {
        "size": [round(lanes.columns * COLUMN), round(lanes.rows * ROW), round(max(-highest, HEADING)) + _ABOVE],
        "box": [round(NODE_WIDTH), round(NODE_HEIGHT)],
        "steps": [_step(node) for node in picture.nodes],
        "edges": [
            [number[arc.source], number[arc.target], round(widths[arc.key], 1), arc.is_backward, _flat(lines[arc.key])]
            for arc in picture.arcs
        ],
        "lanes": [
            [lane.stage.capitalize(), *(round(side) for side in _sides(lane.left, lane.right, lane.top, lane.bottom))]
            for lane in lanes.lanes
        ],
    }


def _step(node: Node) -> list[Any]:
    name = node.place.step.activity
    return [name, round(node.place.x * COLUMN), round(node.place.y * ROW), list(two_lines(name))]


def _sides(left: float, right: float, top: float, bottom: float) -> tuple[float, float, float, float]:
    return left * COLUMN, right * COLUMN, top * ROW - HEADING, bottom * ROW


def _flat(line: Sequence[tuple[float, float]]) -> list[int]:
    """Return a line as x, y, x, y, ... in whole pixels, without points that stand still."""
    points = [(round(x), round(y)) for x, y in line]
    kept = [points[0], *(later for earlier, later in pairwise(points) if later != earlier)]
    return list(chain.from_iterable(kept))
