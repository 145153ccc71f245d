"""The process map of a cohort, what is shown of it, and what waits where.

Cohorts are asked for as canonical JSON: that alone tells every two of them apart as the key of a kept answer.
"""

from __future__ import annotations

import streamlit as st

from dashboards.published import Build, connection
from dashboards.queries.asking import once_a_build
from mining import first_sight as sight
from mining import map_elements, process_map
from mining.cohort import Cohort
from mining.flow import RETURNS
from mining.log import EventLog
from mining.map_elements import Element, StepWaits
from mining.process_map import Coverage, ProcessMap
from mining.simplify import Selection
from mining.variants import Path, variant_counts

VALUE = str(RETURNS.value)


def _log(build: Build, cohort: str, has_messages: bool) -> EventLog:
    opened = connection(build.keeping(Cohort.from_json(cohort)))
    return EventLog(opened) if has_messages else EventLog(opened, *_work(build))


@once_a_build
def _work(build: Build) -> tuple[str, str, str | None]:
    """Return the relations of the log without messages, the same for every cohort."""
    log = process_map.without_messages(EventLog(connection(build)))
    return log.events, log.cases, log.path_events


@st.cache_data(show_spinner=False, max_entries=64)
def size(build: Build, cohort: str) -> int:
    """Return how many returns a cohort has. Raises UsageError for one that this build can't choose."""
    [(cases, _)] = _log(build, cohort, has_messages=True).rows("cohort_counts")
    return int(cases)


@st.cache_data(show_spinner=False, max_entries=64)
def shared(build: Build, cohort: str, other: str) -> int:
    """Return how many returns are in both of two cohorts of rules."""
    both = Cohort(Cohort.from_json(cohort).steps + Cohort.from_json(other).steps)
    return size(build, both.to_json())


@st.cache_data(show_spinner="Counting the paths …", max_entries=32)
def found(build: Build, cohort: str, has_messages: bool) -> ProcessMap:
    """Return the process map of a cohort, with the messages to customers and between systems or without."""
    return process_map.process_map(_log(build, cohort, has_messages))


@st.cache_data(show_spinner="Adding up what waits …", max_entries=32)
def valued(build: Build, cohort: str, has_messages: bool) -> ProcessMap:
    """Return the process map of a cohort with the value that waits on its edges."""
    return process_map.valued(_log(build, cohort, has_messages), found(build, cohort, has_messages), VALUE)


@st.cache_data(show_spinner=False, max_entries=32)
def frequent_paths(build: Build, cohort: str, has_messages: bool) -> dict[Path, int]:
    """Return the most frequent whole paths of a cohort with their returns, the most frequent first."""
    return variant_counts(_log(build, cohort, has_messages), sight.PATHS)


@st.cache_data(show_spinner="Choosing what to show …", max_entries=32)
def first_sight(build: Build, cohort: str, has_messages: bool, edges: int) -> Selection:
    """Return what is shown at first of a cohort's map: whole paths, with `edges` at most."""
    asked = build, cohort, has_messages
    return sight.first_sight(_log(*asked), found(*asked), edges=edges, paths=frequent_paths(*asked))


@st.cache_data(show_spinner=False, max_entries=64)
def coverage(build: Build, cohort: str, has_messages: bool, selection: Selection) -> Coverage:
    """Return how much of a cohort a selection of its process map shows."""
    log = _log(build, cohort, has_messages)
    return process_map.coverage(log, found(build, cohort, has_messages), selection)


@st.cache_data(show_spinner=False, max_entries=64)
def waits_before(build: Build, cohort: str, has_messages: bool, activity: str) -> StepWaits:
    """Return what the events of a step have waited since the event before them."""
    return map_elements.waits_before(_log(build, cohort, has_messages), activity, VALUE)


@st.cache_data(show_spinner=False, max_entries=64)
def value_waiting(build: Build, cohort: str, has_messages: bool, edge: Element) -> float | None:
    """Return the value that waits on an edge, in money times elapsed days."""
    return map_elements.value_waiting(_log(build, cohort, has_messages), edge, VALUE)


@st.cache_data(show_spinner=False, max_entries=64)
def cases_with(build: Build, cohort: str, element: Element) -> int:
    """Return how many returns of a cohort have an element of the map with messages: as many as its rule keeps."""
    return map_elements.cases_with(_log(build, cohort, has_messages=True), element)
