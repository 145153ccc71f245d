"""The one look of all Plotly figures, from the tokens of a theme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from mining.drawing.colours import Tokens, stops
from pipeline.locale_marks import marks

FONT = "'Source Sans', 'Source Sans 3', 'Helvetica Neue', Arial, sans-serif"


def template(theme: Tokens) -> go.layout.Template:
    """Return the template: plain ground, thin grid, direct labels instead of a legend."""
    axis = {
        "gridcolor": theme.border,
        "showline": False,
        "ticks": "",
        "zeroline": False,
        "title": {"font": {"size": 12, "color": theme.muted}, "standoff": 8},
        "tickfont": {"size": 12, "color": theme.muted},
        "automargin": True,
        "separatethousands": True,
    }
    return go.layout.Template(
        layout={
            "paper_bgcolor": theme.ground,
            "plot_bgcolor": theme.ground,
            "font": {"family": FONT, "size": 13, "color": theme.text},
            "colorway": list(theme.categories),
            "colorscale": {"sequential": scale(theme)},
            "hoverlabel": {
                "bgcolor": theme.surface,
                "bordercolor": theme.border,
                "font": {"family": FONT, "size": 13, "color": theme.text},
                "align": "left",
            },
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "separators": "".join(marks()),
            "showlegend": False,
            "dragmode": False,
            "xaxis": axis,
            "yaxis": axis,
        }
    )


def drawn_once(figure: go.Figure) -> go.Figure:
    """Return the figure with the look of its template written out in its own layout.

    Streamlit hands Plotly a copy of each new figure right after the figure. Plotly draws the copy anew when it holds
    another template or other arrays, equal or not, and when a height in parts of a pixel was cut to whole ones; so
    there is no template, `datarevision` says that the data are the same, and the height is whole.
    """
    look = figure.layout.template.layout.to_plotly_json()
    figure.layout.template = None
    if figure.layout.height:
        figure.layout.height = round(figure.layout.height)
    own = figure.layout.to_plotly_json()
    axes = {name: look.pop(name, {}) for name in ("xaxis", "yaxis")}
    for name, axis in axes.items():
        look |= {each: axis for each in {name, *own} if each.startswith(name)}
    _fill(figure.layout, own, {**look, "datarevision": 1})
    return figure


def _fill(layout: Any, own: Mapping[str, Any], look: Mapping[str, Any]) -> None:
    """Set what a part of a layout does not say itself."""
    for name, value in look.items():
        if isinstance(value, dict):
            _fill(layout[name], own.get(name, {}), value)
        elif name not in own:
            layout[name] = value


@dataclass(frozen=True)
class Axis:
    """What an axis measures: a title with the unit, and how Plotly prints its numbers."""

    title: str
    tickformat: str


def scale(theme: Tokens, is_diverging: bool = False) -> list[tuple[float, str]]:
    """Return the sequential or diverging scale as Plotly wants it, from little to much."""
    colours = stops(theme, is_diverging)
    return [(position / (len(colours) - 1), colour) for position, colour in enumerate(colours)]


def pale(colour: str) -> str:
    """Return a colour `#rrggbb` so thin that what lies below it shows."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, 0.14)"


def toolbar(name: str, kind: str = "png", is_always_shown: bool = False) -> dict[str, Any]:
    """Return Plotly's config: a camera that saves the picture as `name`.png or .svg, shown when pointed at."""
    return {
        "displaylogo": False,
        "displayModeBar": True if is_always_shown else "hover",
        "modeBarButtons": [["toImage"]],
        "scrollZoom": False,
        "toImageButtonOptions": {"format": kind, "filename": name, "scale": 2},
    }
