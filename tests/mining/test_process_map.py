"""The map of a log, what is shown of it at first sight, and how much that covers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

import pandas as pd
import pm4py
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mining.first_sight import first_sight
from mining.log import EventLog
from mining.process_map import Coverage, coverage, process_map, without_messages
from mining.simplify import Selection, simplify
from tests.mining.worlds import log_of

START = datetime(2026, 1, 5, 8)
TRACES = st.lists(st.text("ABCDE", min_size=1, max_size=7), min_size=1, max_size=10)


def spelled(paths: Sequence[str]) -> EventLog:
    """Cases that take paths spelled in letters, the n-th step n minutes long; upper case is one department's."""
    return log_of(
        {
            f"{number}": [
                (
                    name,
                    f"{START + timedelta(minutes=at * at):%Y-%m-%d %H:%M}",
                    {"department": "U" if name < "C" else "L", "business_micros": at * 1_000_000},
                )
                for at, name in enumerate(path)
            ]
            for number, path in enumerate(paths)
        }
    )


def test_starts_and_ends_are_edges_too() -> None:
    found = process_map(spelled(["AB", "AC", "BC"]))
    assert (found.starts, found.ends) == ((("A", 2), ("B", 1)), (("C", 2), ("B", 1)))
    assert found.graph().ends == {"B": 1, "C": 2}
    assert found.edges[0].total_business_seconds == 1.0


def test_coverage_counts_whole_paths_and_handoffs() -> None:
    log = spelled(["ABCD", "ABD", "ABCD", "B", "E"])
    shown = Selection(("A", "B", "C", "D"), (("A", "B"), ("B", "C"), ("C", "D")), ("A",), ("D",))
    found = coverage(log, process_map(log), shown)
    assert found == Coverage((4, 5), (3, 4), (3, 5), (2, 3))
    assert found.hidden_edges == 1
    assert found.sentence() == "4 of 5 steps, 60 % of returns, 67 % of handoffs"


@pytest.mark.parametrize(
    ("shown", "words"),
    [((999, 1000), "99 %"), ((1, 1000), "under 1 %"), ((0, 10), "0 %"), ((7, 7), "100 %"), ((0, 0), "none")],
)
def test_only_everything_is_all(shown: tuple[int, int], words: str) -> None:
    assert (
        Coverage((1, 1), (0, 0), shown, (0, 0)).sentence("cases") == f"1 of 1 steps, {words} of cases, none of handoffs"
    )


def test_first_sight_holds_most_cases_with_few_edges() -> None:
    log = spelled(["ABC"] * 8 + ["ADC", "AEC"])
    found = process_map(log)
    selection = first_sight(log, found)
    assert set(selection.edges) == {("A", "B"), ("B", "C")}
    assert coverage(log, found, selection).sentence() == "3 of 5 steps, 80 % of returns, 80 % of handoffs"


def test_the_standard_path_is_shown_before_shorter_ones() -> None:
    log = spelled(["AE"] * 9 + ["ABCDE"])
    found = process_map(log)
    assert set(first_sight(log, found, edges=4).activities) == set("AE")
    assert set(first_sight(log, found, tuple("ABCDE"), edges=4).activities) == set("ABCDE")


def test_first_sight_stays_legible_when_most_cases_are_too_many() -> None:
    log = spelled(["ABCD", "ACBD", "ADBC", "BACD"])
    selection = first_sight(log, process_map(log), edges=3)
    assert len(selection.edges) <= 3
    assert first_sight(log_of({}), process_map(log_of({}))).activities == ()


def test_messages_leave_the_map_and_their_neighbours_meet() -> None:
    log = spelled(["AMB", "MABM", "M"])
    for statement in (
        "create schema staging",
        "create table staging.stages (stage varchar, flow varchar)",
        "insert into staging.stages values ('work', 'main'), ('mail', 'technical')",
        "create table staging.activities (activity varchar, stage varchar)",
        "insert into staging.activities values ('A', 'work'), ('M', 'mail'), ('M', 'mail')",
    ):
        log.connection.execute(statement)
    found = process_map(without_messages(log))
    assert [(edge.activity, edge.next_activity, edge.cases, edge.total_seconds) for edge in found.edges] == [
        ("A", "B", 2, 60.0 * (4 + 3))
    ]
    assert (found.starts, found.ends) == ((("A", 2),), (("B", 2),))


@settings(deadline=None, max_examples=15)
@given(TRACES, st.integers(1, 8))
def test_first_sight_holds_enough_or_as_much_as_fits(paths: list[str], edges: int) -> None:
    log = spelled(paths)
    found = process_map(log)
    selection = first_sight(log, found, edges=edges)
    shown, everything = coverage(log, found, selection).cases
    if any(len(set(pairwise(path))) <= edges for path in paths):
        assert len(selection.edges) <= edges
        assert shown >= 1
        if len(found.edges) <= edges:
            assert shown >= 0.8 * everything
    assert {step for edge in selection.edges for step in edge} <= set(selection.activities)


@settings(deadline=None, max_examples=15)
@given(TRACES, st.integers(1, 5), st.integers(0, 12))
def test_coverage_is_that_of_plain_counting(paths: list[str], steps: int, edges: int) -> None:
    log = spelled(paths)
    found = process_map(log)
    selection = simplify(found.graph(), steps, edges)
    within = [set(path) <= set(selection.activities) and set(pairwise(path)) <= set(selection.edges) for path in paths]
    handoffs = [pair for path in paths for pair in pairwise(path) if (pair[0] < "C") != (pair[1] < "C")]
    got = coverage(log, found, selection)
    assert (got.cases, got.handoffs) == (
        (sum(within), len(paths)),
        (sum(pair in selection.edges for pair in handoffs), len(handoffs)),
    )


@settings(deadline=None, max_examples=12)
@given(TRACES)
def test_edges_are_those_of_pm4py(paths: list[str]) -> None:
    frame = pd.DataFrame(
        [
            {
                "case:concept:name": f"{number}",
                "concept:name": name,
                "time:timestamp": pd.Timestamp(START + timedelta(minutes=at * at), tz="UTC"),
            }
            for number, path in enumerate(paths)
            for at, name in enumerate(path)
        ]
    )
    found = process_map(spelled(paths))
    frequencies, starts, ends = pm4py.discover_dfg(frame)
    assert {(edge.activity, edge.next_activity): edge.frequency for edge in found.edges} == frequencies
    assert (dict(found.starts), dict(found.ends)) == (starts, ends)
    waits, _, _ = pm4py.discover_performance_dfg(frame)
    for edge in found.edges:
        theirs = waits[edge.activity, edge.next_activity]
        assert (edge.mean_seconds, edge.median_seconds, edge.total_seconds) == pytest.approx(
            (theirs["mean"], theirs["median"], theirs["sum"])
        )
    assert {(edge.activity, edge.next_activity): edge.cases for edge in found.edges} == Counter(
        edge for path in paths for edge in set(pairwise(path))
    )
