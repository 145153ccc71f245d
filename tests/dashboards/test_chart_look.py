"""The look of figures, written out so that a page draws each of them once."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboards.charts.template import drawn_once, template
from mining.drawing.colours import tokens


def test_look_is_written_out_where_the_figure_says_nothing() -> None:
    theme = tokens("light")
    figure = go.Figure(go.Bar(x=[1, 2], y=[3, 4]))
    figure.update_layout(template=template(theme), height=120.4, margin={"t": 24}, bargap=0.3)
    figure.update_xaxes(title="Days", showgrid=False)
    looked = drawn_once(figure).to_plotly_json()["layout"]
    assert "template" not in looked
    assert looked["datarevision"] == 1
    assert (looked["height"], looked["bargap"]) == (120, 0.3)
    assert looked["margin"] == {"t": 24, "l": 8, "r": 8, "b": 8}
    assert looked["xaxis"]["title"] == {"text": "Days", "font": {"size": 12, "color": theme.muted}, "standoff": 8}
    assert looked["xaxis"]["showgrid"] is False
    assert looked["yaxis"]["gridcolor"] == theme.border


def test_every_axis_has_the_look() -> None:
    figure = go.Figure([go.Scatter(y=[1]), go.Scatter(y=[1], yaxis="y2")])
    figure.update_layout(template=template(tokens("dark")), yaxis2={"overlaying": "y"})
    looked = drawn_once(figure).to_plotly_json()["layout"]
    assert looked["yaxis2"]["overlaying"] == "y"
    assert looked["yaxis2"]["gridcolor"] == looked["yaxis"]["gridcolor"] == looked["xaxis"]["gridcolor"]


def test_a_figure_may_be_put_twice() -> None:
    figure = go.Figure(go.Bar(x=[1], y=[1]))
    figure.update_layout(template=template(tokens("light")))
    assert drawn_once(drawn_once(figure)).layout.plot_bgcolor == tokens("light").ground
