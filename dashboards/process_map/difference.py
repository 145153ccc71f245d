"""Two cohorts on one map: the picture of their differences, the largest in words, and all of them as a table."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboards import frame
from dashboards.charts.process_map import process_map_figure
from dashboards.process_map import difference_words as words
from dashboards.process_map.comparing import Other
from dashboards.process_map.controls import choose_difference, choose_frequent, choose_messages, choose_picture
from dashboards.process_map.difference_table import difference_csv, difference_frame
from dashboards.process_map.panel import Asked, show_panel
from dashboards.process_map.picking import choose_element, show_map
from dashboards.queries import process_map as queries
from dashboards.queries import reference
from dashboards.same_numbers import show_numbers
from mining.map_difference import both_graphs, map_difference
from mining.map_difference_view import compared_words, difference_picture
from mining.map_elements import elements_of

NO_REPLAY = "The replay shows one group of returns moving. Compare with nothing, and it is here for the selection."


def show_difference(asked: Asked, other: Other, answer: DeltaGenerator, row: DeltaGenerator) -> None:
    """Show the map of a cohort (here) beside that of another (there); sentence and choice of a step as for one map."""
    build = asked.build
    of = asked.count, queries.size(build, other.cohort)
    shared = queries.shared(build, asked.cohort, other.cohort)
    with st.container(key="map-controls", horizontal=True, vertical_alignment="bottom"):
        reading = choose_difference(asked.clock, [asked.business_day] if asked.business_day else [])
        asked = replace(asked, has_messages=choose_messages())
        here, there = (queries.found(build, cohort, asked.has_messages) for cohort in (asked.cohort, other.cohort))
        selection = choose_frequent(both_graphs(here, there))
        saved_as = choose_picture()
    with row:
        picked = choose_element(elements_of(here))
    found = map_difference(here, there, of, is_disjoint=not shared)
    sentence = words.lead(found, other.words)
    with answer:
        frame.lead(sentence)
        frame.caption(words.sides(found, other.words, shared))
    picture = difference_picture(found, selection, reference.lanes(build), reading)
    show_map(process_map_figure(picture, frame.theme(), picked), saved_as, f"Process map of differences. {sentence}")
    if picked:
        show_panel(asked, picked, compared_words(found, picked, reading))
    frame.caption(words.legend(found, selection, reading))
    frame.section("Replay")
    frame.caption(NO_REPLAY)
    show_numbers(lambda: difference_frame(found, reading), lambda: difference_csv(found), "process-map-differences")
