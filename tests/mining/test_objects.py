"""The object-centric log: edges of every object type as pm4py counts them, and shared and mixed events."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import duckdb
import pandas as pd
import pm4py
from hypothesis import given, settings
from hypothesis import strategies as st

from mining.log import EventLog
from mining.objects import Convergence, Divergence, convergence, divergence, object_edges

Link = tuple[str, str]
EVENTS = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sets(st.tuples(st.sampled_from(["line", "memo", "return"]), st.sampled_from("123")), min_size=1, max_size=4),
    ),
    min_size=1,
    max_size=15,
)


def log_of(events: list[tuple[str, set[Link]]]) -> EventLog:
    """Events a minute apart, each with the objects it touches."""
    con = duckdb.connect()
    con.execute("create schema event_log")
    con.execute(
        "create table event_log.events"
        " (event_id varchar, activity varchar, event_at timestamp, ts_precision varchar, activity_rank integer)"
    )
    con.execute(
        "create table event_log.object_links"
        " (event_id varchar, object_type varchar, object_id varchar, qualifier varchar)"
    )
    for number, (activity, links) in enumerate(events):
        instant = datetime(2025, 1, 1) + timedelta(minutes=number)
        con.execute("insert into event_log.events values (?, ?, ?, 'second', 1)", [f"e{number}", activity, instant])
        for kind, name in links:
            con.execute("insert into event_log.object_links values (?, ?, ?, 'touches')", [f"e{number}", kind, name])
    return EventLog(con)


def by_pm4py(events: list[tuple[str, set[Link]]]) -> dict[tuple[str, str, str], tuple[int, int]]:
    rows: list[dict[str, Any]] = []
    for number, (activity, links) in enumerate(events):
        instant = pd.Timestamp(2025, 1, 1, tz="UTC") + pd.Timedelta(minutes=number)
        for kind, name in sorted(links):
            rows.append(
                {
                    "ocel:eid": f"e{number}",
                    "ocel:activity": activity,
                    "ocel:timestamp": instant,
                    "ocel:oid": f"{kind}:{name}",
                    "ocel:type": kind,
                }
            )
    relations = pd.DataFrame(rows)
    objects = relations[["ocel:oid", "ocel:type"]].drop_duplicates()
    touched = relations[["ocel:eid", "ocel:activity", "ocel:timestamp"]].drop_duplicates()
    graph = pm4py.discover_ocdfg(pm4py.OCEL(touched, objects, relations))
    return {
        (kind, *edge): (len(found), len(graph["edges"]["unique_objects"][kind][edge]))
        for kind, edges in graph["edges"]["total_objects"].items()
        for edge, found in edges.items()
    }


@settings(deadline=None, max_examples=15)
@given(EVENTS)
def test_edges_of_object_types_are_those_of_pm4py(events: list[tuple[str, set[Link]]]) -> None:
    ours = {
        (edge.object_type, edge.activity, edge.next_activity): (edge.frequency, edge.objects)
        for edge in object_edges(log_of(events))
    }
    assert ours == by_pm4py(events)


def test_an_event_of_two_lines_converges_and_is_repeated_once() -> None:
    log = log_of([("receive", {("line", "1"), ("line", "2")}), ("receive", {("line", "1")})])
    assert convergence(log) == (Convergence("line", "receive", 2, 1, 1),)


def test_a_return_with_two_credits_diverges_where_each_has_its_own_event() -> None:
    first, second = {("return", "1"), ("memo", "1")}, {("return", "1"), ("memo", "2")}
    other = {("return", "2"), ("memo", "3")}
    log = log_of([("post", first), ("post", second), ("post", other), ("post", other), ("close", first)])
    assert divergence(log) == (Divergence("memo", "close", 1, 0, 0), Divergence("memo", "post", 2, 1, 2))


def test_a_cohort_keeps_the_events_of_its_cases() -> None:
    log = log_of([("post", {("memo", "1")}), ("cancel", {("memo", "1")}), ("post", {("memo", "1")})])
    first_two = EventLog(log.connection, "(select * from event_log.events where event_id <> 'e2')")
    assert [(edge.activity, edge.next_activity) for edge in object_edges(first_two)] == [("post", "cancel")]
