"""How does the process really run? The directly-follows graph of the returns, in lanes."""

from __future__ import annotations

import streamlit as st

from dashboards import filters, frame
from dashboards.charts.process_map import process_map_figure
from dashboards.charts.template import toolbar
from dashboards.frame import View
from dashboards.process_map.controls import choose_picture, choose_reading, choose_size
from dashboards.process_map.edge_table import show_edges
from dashboards.process_map.replay import show_replay
from dashboards.queries import reference, returns
from mining.map_view import hidden_edges, picture_of
from mining.simplify import simplify

QUESTION = "How does the process really run?"
LEGEND = (
    "Line width: returns that go this way. Dashed lines run back. The bar in a step is its share of the returns; "
    "a ring stands where a step is hidden. Small capitals: the edge leads from one system into another. "
    "A return is shown when its whole path is; a handoff is a change of department or system from one step to the next."
)


def page(view: View) -> None:
    """Show the process map."""
    view.say_cohort(returns.cohort(view.build, view.scope), "by the date of the first event")
    frame.title(QUESTION)
    remaining = returns.remaining_returns(view.build, view.scope)
    if remaining.culprit():
        filters.say_empty(remaining, view.scope, view.names, "returns")
        return
    _map(view, remaining.both)


def _map(view: View, count: int) -> None:
    build, scope = view.build, view.scope
    found = returns.flow(build, scope)
    graph = found.graph()
    with st.container(key="map-controls", horizontal=True, vertical_alignment="bottom"):
        reading = choose_reading(view.clock, returns.standard_days(build, scope))
        selection = simplify(graph, *choose_size(graph))
        saved_as = choose_picture()
    coverage = returns.coverage(build, scope, selection)
    frame.lead(f"Showing {coverage.sentence()}; {hidden_edges(coverage)}.")
    picture = picture_of(found, selection, reference.lanes(build), reading, count)
    with st.container(key="map"):
        figure = process_map_figure(picture, frame.theme())
        st.plotly_chart(
            figure, config=toolbar("process-map", saved_as, is_always_shown=True), theme=None, key="process-map"
        )
    frame.caption(LEGEND)
    show_replay(build, scope, picture)
    show_edges(found.edges, selection, count, reading)
