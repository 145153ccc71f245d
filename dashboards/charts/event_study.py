"""The effect of a roll-out by time from the change of each unit: an event study."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboards.charts.template import Axis, template
from mining.drawing.colours import Tokens
from pipeline import formats
from proof.difference import Difference, Relative

HEIGHT = 300


def event_study_figure(difference: Difference, axis: Axis, theme: Tokens) -> go.Figure:
    """Draw the effect in each period from the change with its interval, around a line at no difference.

    Periods before the change are grey and hollow: they tell whether units and controls ran alike. Those after it have
    the accent.
    """
    figure = go.Figure()
    figure.add_hline(y=0, line={"color": theme.muted, "width": 1})
    if difference.periods:
        figure.add_vline(x=-0.5, line={"color": theme.muted, "width": 1, "dash": "dot"})
        figure.add_annotation(
            x=-0.5, y=1, yref="paper", yanchor="bottom", showarrow=False,
            text="change", font={"size": 12, "color": theme.muted},
        )  # fmt: skip
    sides = (
        ("before", [one for one in difference.periods if one.period < 0]),
        (
            "after",
            [one for one in difference.periods if one.period >= 0],
        ),
    )
    for name, periods in sides:
        _draw(figure, name, periods, difference, axis, theme)
    word = "week" if difference.period_weeks == 1 else f"{difference.period_weeks} weeks"
    places = [one.period for one in difference.periods]
    figure.update_layout(template=template(theme), height=HEIGHT, hovermode="closest", margin={"t": 24})
    figure.update_xaxes(title=f"Periods of {word} from the change of each unit", showgrid=False, tickangle=0)
    if places:
        figure.update_xaxes(range=[min(places) - 0.6, max(places) + 0.6], tickformat="d", dtick=1 + len(places) // 20)
    figure.update_yaxes(title=axis.title, tickformat=axis.tickformat, nticks=6)
    return figure


def _draw(
    figure: go.Figure, name: str, periods: list[Relative], difference: Difference, axis: Axis, theme: Tokens
) -> None:
    colour = theme.accent if name == "after" else theme.muted
    figure.add_trace(
        go.Scatter(
            x=[one.period for one in periods],
            y=[one.effect.value for one in periods],
            error_y={
                "type": "data",
                "symmetric": False,
                "array": [one.effect.interval[1] - one.effect.value for one in periods],
                "arrayminus": [one.effect.value - one.effect.interval[0] for one in periods],
                "color": colour,
                "thickness": 1.5,
                "width": 0,
            },
            mode="markers",
            marker={
                "size": 9,
                "color": colour if name == "after" else theme.ground,
                "line": {"color": colour, "width": 2},
            },
            hovertext=[_hover(one, difference, axis) for one in periods],
            hovertemplate="%{hovertext}<extra></extra>",
            name=name,
        )
    )


def _hover(one: Relative, difference: Difference, axis: Axis) -> str:
    first, last = one.period * difference.period_weeks, (one.period + 1) * difference.period_weeks - 1
    if one.period < 0:
        weeks = f"{-last} to {-first} weeks before the change" if last != first else f"week {-first} before the change"
    else:
        weeks = f"weeks {first + 1} to {last + 1} after the change" if last != first else f"week {first + 1} after it"
    low, high = (_printed(end, axis) for end in one.effect.interval)
    size = formats.count(one.n)
    return f"{weeks}<br>{_printed(one.effect.value, axis)} ({low} to {high})<br>from {size} of the units that changed"


def _printed(value: float, axis: Axis) -> str:
    if axis.tickformat.endswith("%"):
        return f"{formats.signed(value * 100)}{formats.SPACE}points"
    return formats.signed(value)
