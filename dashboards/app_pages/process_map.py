"""How does the process really run? The directly-follows graph of the returns, in lanes."""

from __future__ import annotations

import streamlit as st

from dashboards import filters, flow, frame, queries
from dashboards.charts.process_map import process_map_figure
from dashboards.charts.template import toolbar
from dashboards.edge_table import show_edges
from dashboards.frame import View
from dashboards.map_controls import choose_picture, choose_reading, choose_size
from dashboards.published import Build
from dashboards.scope import Scope
from mining.drawing.picture import Picture
from mining.lanes import lay_out_lanes
from mining.simplify import simplify

QUESTION = "How does the process really run?"
LEGEND = (
    "Line width: returns that go this way. Dashed lines run back. The bar in a step is its share of the returns; "
    "a ring stands where a step is hidden. Small capitals: the edge leads from one system into another. "
    "Returns are counted as shown when they took none of the hidden steps; a handoff is one step directly "
    "following another."
)


def page(view: View) -> None:
    """Show the process map."""
    view.say_cohort(queries.cohort(view.build, view.scope), "by the date of the request")
    frame.title(QUESTION)
    remaining = queries.remaining_returns(view.build, view.scope)
    if remaining.culprit():
        filters.say_empty(remaining, view.scope, view.names, "returns")
        return
    _map(view.build, view.scope, remaining.both)


def _map(build: Build, scope: Scope, returns: int) -> None:
    steps, edges = queries.flow_steps(build, scope), queries.flow_edges(build, scope)
    graph = flow.graph_of(steps, edges)
    with st.container(key="map-controls", horizontal=True, vertical_alignment="bottom"):
        reading = choose_reading(queries.standard_days(build, scope))
        selection = simplify(graph, *choose_size(graph))
        picture = choose_picture()
    within = queries.returns_within(build, scope, selection.activities)
    frequencies = {(edge.activity, edge.next_activity): edge.frequency for edge in edges}
    coverage = flow.coverage_of(selection, graph, frequencies, within / returns)
    frame.lead(coverage.sentence())
    lanes = lay_out_lanes(queries.catalogue(build))
    arcs = flow.arcs_of(edges, selection, lanes, reading)
    nodes = flow.nodes_of(steps, selection, lanes, returns)
    ghosts = flow.ghosts_of(steps, selection, lanes, returns)
    legend = flow.legend_of(arcs, edges, reading)
    with st.container(key="map"):
        figure = process_map_figure(Picture(lanes, nodes, ghosts, arcs, legend), frame.theme())
        st.plotly_chart(
            figure, config=toolbar("process-map", picture, is_always_shown=True), theme=None, key="process-map"
        )
    frame.caption(LEGEND)
    show_edges(edges, selection, returns, reading)
