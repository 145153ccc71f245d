"""The map of one cohort: what is shown of it, the picture, what is picked on it, the replay and the table."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboards import frame
from dashboards.charts.process_map import process_map_figure
from dashboards.process_map.controls import choose_messages, choose_picture, choose_reading, choose_selection
from dashboards.process_map.edge_table import show_edges
from dashboards.process_map.map_words import lead
from dashboards.process_map.panel import Asked, show_panel
from dashboards.process_map.picking import choose_element, show_map
from dashboards.process_map.replay import show_replay
from dashboards.queries import process_map as queries
from dashboards.queries import reference
from dashboards.scope import Scope
from mining.map_elements import elements_of
from mining.map_view import hidden_edges, picture_of

LEGEND = (
    "Line width: returns that go this way. Dashed lines run back. The bar in a step is its share of the returns; "
    "a ring stands where a step is hidden. Small capitals: the edge leads from one system into another. "
    "A return is shown when its whole path is; a handoff is a change of department or system from one step to the next."
)
NO_MESSAGES = "Messages to customers and between systems are left out; waits run across them. "


def show_one_map(asked: Asked, scope: Scope, answer: DeltaGenerator, row: DeltaGenerator) -> None:
    """Show the map of the returns of a scope; its sentence goes into `answer`, the choice of a step into `row`."""
    build, cohort = asked.build, asked.cohort
    with st.container(key="map-controls", horizontal=True, vertical_alignment="bottom"):
        reading = choose_reading(asked.clock, [asked.business_day] if asked.business_day else [], asked.currency)
        asked = replace(asked, has_messages=choose_messages())
        ask = queries.valued if reading.shown == "value waiting" else queries.found
        found = ask(build, cohort, asked.has_messages)
        selection = choose_selection(found.graph(), partial(queries.first_sight, build, cohort, asked.has_messages))
        saved_as = choose_picture()
    with row:
        picked = choose_element(elements_of(found))
    coverage = queries.coverage(build, cohort, asked.has_messages, selection)
    sentence = f"Showing {coverage.sentence()}; {hidden_edges(coverage)}."
    with answer:
        frame.lead(lead(found, queries.frequent_paths(build, cohort, asked.has_messages), asked.count, reading))
    picture = picture_of(found, selection, reference.lanes(build), reading, asked.count)
    show_map(process_map_figure(picture, frame.theme(), picked), saved_as, f"Process map. {sentence}")
    if picked:
        show_panel(asked, picked)
    frame.caption(f"{sentence} {'' if asked.has_messages else NO_MESSAGES}{LEGEND}")
    show_replay(build, scope, picture)
    show_edges(found.edges, selection, asked.count, reading)
