"""A small trend line as an SVG picture."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence

from mining.drawing.colours import Tokens

WIDTH, HEIGHT = 240.0, 44.0
_MARGIN = 5.0


def sparkline(values: Sequence[float | None], target: float | None, is_last_partial: bool, theme: Tokens) -> str:
    """Draw `values` from left to right with gaps for None, the target as a dashed line, the last value as a dot.

    A last month that still runs has a hollow dot. Returns SVG.
    """
    known = [value for value in values if value is not None]
    low, high = _bounds(known, target)

    def x(position: int) -> float:
        return _MARGIN + position * (WIDTH - 2 * _MARGIN) / max(len(values) - 1, 1)

    def y(value: float) -> float:
        return HEIGHT - _MARGIN - (value - low) / (high - low) * (HEIGHT - 2 * _MARGIN)

    parts = [_goal(y(target), theme)] if target is not None else []
    for run in _runs(values):
        points = " ".join(f"{x(position):.1f},{y(value):.1f}" for position, value in run)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{theme.accent}" stroke-width="1.6"/>')
        parts += [_dot(x(position), y(value), 2, theme.accent, theme) for position, value in run if len(run) == 1]
    if values and (last := values[-1]) is not None:
        parts.append(_dot(x(len(values) - 1), y(last), 3.5, theme.ground if is_last_partial else theme.accent, theme))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH:g}" height="{HEIGHT:g}" '
        f'viewBox="0 0 {WIDTH:g} {HEIGHT:g}">{"".join(parts)}</svg>'
    )


def picture_source(svg: str) -> str:
    """Return an SVG as the address of a picture, free of anything that HTML could take for markup."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def _goal(y: float, theme: Tokens) -> str:
    return (
        f'<line x1="0" x2="{WIDTH:g}" y1="{y:.1f}" y2="{y:.1f}" stroke="{theme.faint}" stroke-width="1.2" '
        'stroke-dasharray="4 3"/>'
    )


def _bounds(known: Sequence[float], target: float | None) -> tuple[float, float]:
    """Return the lowest and highest value to show, never the same."""
    shown = [*known, target] if target is not None else list(known)
    low, high = min(shown, default=0.0), max(shown, default=1.0)
    return (low, high) if high > low else (low - 1, high + 1)


def _runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """Split at the gaps."""
    runs: list[list[tuple[int, float]]] = [[]]
    for position, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((position, value))
    return [run for run in runs if run]


def _dot(x: float, y: float, radius: float, fill: str, theme: Tokens) -> str:
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{fill}" stroke="{theme.accent}" stroke-width="1.6"/>'
    )
