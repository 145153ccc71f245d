"""Two maps side by side: shares, waits and intervals, and that nothing differs from itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mining.map_difference import FEWEST, both_graphs, map_difference
from mining.process_map import ProcessMap, process_map
from tests.mining.worlds import log_of

START = datetime(2026, 1, 5, 8)
PATHS = st.lists(st.text("ABCD", min_size=1, max_size=6), min_size=1, max_size=12)


def mapped(paths: Sequence[str], minutes: int = 60) -> ProcessMap:
    """The map of cases that take paths spelled in letters, `minutes` from step to step."""
    return process_map(
        log_of(
            {
                f"{number}": [
                    (name, f"{START + timedelta(minutes=at * minutes):%Y-%m-%d %H:%M}", {"business_micros": at * 10**6})
                    for at, name in enumerate(path)
                ]
                for number, path in enumerate(paths)
            }
        )
    )


def test_shares_and_waits_of_an_edge() -> None:
    here, there = mapped(["AB"] * 30 + ["AC"] * 10, 60), mapped(["AB"] * 30 + ["AD"] * 30, 90)
    found = map_difference(here, there, (40, 60), is_disjoint=True)
    edges = {edge.key: edge for edge in found.edges}
    edge = edges["A", "B"]
    assert (edge.share.cases, edge.share.shares, edge.share.points) == ((30, 30), (0.75, 0.5), 0.25)
    assert (edge.median_seconds, edge.seconds, edge.business_seconds) == ((3600, 5400), -1800, 0)
    assert edge.share.is_judged
    assert edge.is_wait_judged
    assert edges["A", "D"].share.points == -0.5
    assert (edges["A", "D"].seconds, edges["A", "D"].is_wait_judged) == (None, False)
    assert not edges["A", "C"].share.is_judged
    assert [one.key for one in found.largest(3)] == [("A", "D"), ("A", "B")]
    assert {step.activity: step.share.cases for step in found.steps} == {
        "A": (40, 60), "B": (30, 30), "C": (10, 0), "D": (0, 30),
    }  # fmt: skip


def test_the_interval_is_newcombes() -> None:
    """The first example of Newcombe (1998), table II, method 10: 56 of 70 and 48 of 80."""
    here, there = mapped(["AB"] * 56 + ["A"] * 14), mapped(["AB"] * 48 + ["A"] * 32)
    [edge] = map_difference(here, there, (70, 80), is_disjoint=True).edges
    assert edge.share.interval == pytest.approx((0.0524, 0.3339), abs=5e-5)
    [shared] = map_difference(here, there, (70, 80), is_disjoint=False).edges
    assert shared.share.interval is None


def test_a_side_without_cases_has_no_share() -> None:
    found = map_difference(mapped(["AB"]), ProcessMap((), ()), (1, 0), is_disjoint=True)
    [edge] = found.edges
    assert (edge.share.shares, edge.share.points, edge.share.interval) == ((1.0, None), None, None)
    assert not found.largest(1)


def test_one_graph_adds_up_both() -> None:
    graph = both_graphs(mapped(["AB", "AC"]), mapped(["AB"]))
    assert graph.edges == {("A", "B"): 2, ("A", "C"): 1}
    assert (graph.starts, graph.ends) == ({"A": 3}, {"B": 2, "C": 1})


@settings(deadline=None, max_examples=12)
@given(PATHS)
def test_nothing_differs_from_itself(paths: list[str]) -> None:
    found = mapped(paths)
    same = map_difference(found, found, (len(paths), len(paths)), is_disjoint=False)
    assert all(step.share.points == 0 for step in same.steps)
    assert all((edge.share.points, edge.seconds, edge.business_seconds) == (0, 0, 0) for edge in same.edges)
    assert not same.largest(5)


@settings(deadline=None, max_examples=12)
@given(PATHS, PATHS)
def test_swapped_sides_give_the_negative(one: list[str], other: list[str]) -> None:
    of = len(one), len(other)
    there = map_difference(mapped(one, 60), mapped(other, 90), of, is_disjoint=True)
    back = map_difference(mapped(other, 90), mapped(one, 60), of[::-1], is_disjoint=True)
    assert [edge.key for edge in there.edges] == [edge.key for edge in back.edges]
    for edge, mirrored in zip(there.edges, back.edges, strict=True):
        assert edge.share.points == -(mirrored.share.points or 0)
        assert edge.share.interval is not None
        assert mirrored.share.interval is not None
        assert edge.share.interval == pytest.approx([-bound for bound in mirrored.share.interval[::-1]])
        assert edge.seconds == (None if mirrored.seconds is None else -mirrored.seconds)
        assert edge.share.is_judged == mirrored.share.is_judged
    assert FEWEST == 20
