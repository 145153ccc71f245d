"""The heuristics net against pm4py's and by hand, and the models that come of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from pm4py.algo.discovery.heuristics.variants import classic

from mining.bpmn_reader import read_bpmn
from mining.discovery import discover_bpmn_of_graph, heuristics_bpmn
from mining.engine import inductive_tree_of_graph
from mining.heuristics import dependency, follows, heuristics_net
from mining.simplify import Graph
from mining.tree import notation
from tests.mining.models import Path, full_log, weighted

PARALLEL = {("A", "B", "C", "D"): 10, ("A", "C", "B", "D"): 12}
CHOICE = {("A", "B", "D"): 10, ("A", "C", "D"): 12}
# Two ways on after B, which may repeat: the miner joins the repetition with one of them.
LOOPED = {
    ("R", "A", "B", "C"): 40,
    ("R", "A", "B", "D"): 30,
    ("R", "A", "B", "B", "C"): 20,
    ("R", "A", "B", "B", "D"): 10,
}
NOTHING = Graph({}, {}, {}, {})


def test_the_measures_of_a_small_log() -> None:
    graph = follows({("A", "B"): 3, ("B", "A", "A"): 1})
    assert graph.activities == {"A": 5, "B": 4}
    assert graph.edges == {("A", "B"): 3, ("B", "A"): 1, ("A", "A"): 1}
    assert (graph.starts, graph.ends) == ({"A": 3, "B": 1}, {"B": 3, "A": 1})
    assert dependency(graph, "A", "B") == (3 - 1) / (3 + 1 + 1)
    assert dependency(graph, "B", "A") == -0.4
    assert dependency(graph, "A", "A") == 0.5
    assert dependency(graph, "B", "B") == 0


def test_the_surest_dependency_comes_first_and_loops_of_two_are_found() -> None:
    net = heuristics_net({("A", "B", "A", "B", "C"): 4})
    assert [(one.source, one.target) for one in net.dependencies] == [("B", "C")]
    [loop] = net.loops
    assert (loop.source, loop.target, loop.frequency, loop.measure) == ("A", "B", 8, 8 / 9)


@settings(max_examples=20, deadline=None)
@given(weighted)
def test_the_dependencies_are_those_of_the_full_log(log: dict[Path, int]) -> None:
    theirs = classic.apply_heu(full_log(log), {classic.Parameters.DEPENDENCY_THRESH: 0.3})
    graph = follows(log)
    found = {(a, b): dependency(graph, a, b) for a, b in graph.edges}
    assert found == {(a, b): value for a, row in theirs.dependency_matrix.items() for b, value in row.items()}
    kept = {(one.source, one.target) for one in heuristics_net(log, 0.3).dependencies}
    assert kept == {edge for edge, value in found.items() if value >= 0.3}


@pytest.mark.parametrize(("log", "gateway"), [(PARALLEL, "parallelGateway"), (CHOICE, "exclusiveGateway")])
def test_a_sound_net_is_drawn(log: dict[Path, int], gateway: str) -> None:
    text = heuristics_bpmn(follows(log), "x")
    assert text is not None
    assert gateway in text
    assert read_bpmn(text).activities == {activity for path in log for activity in path}


def test_a_net_that_deadlocks_is_not_drawn() -> None:
    assert heuristics_bpmn(follows(LOOPED), "x") is None


def test_a_graph_without_edges_is_not_drawn() -> None:
    assert heuristics_bpmn(NOTHING, "x") is None


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        (PARALLEL, "sequence('A', parallel('B', 'C'), 'D')"),
        (CHOICE, "sequence('A', choice('B', 'C'), 'D')"),
        ({("A", "B", "A"): 2, ("A",): 1}, "loop('A', 'B')"),
        ({("A",): 1}, "'A'"),
    ],
)
def test_the_inductive_model_of_a_graph(log: dict[Path, int], expected: str) -> None:
    assert notation(inductive_tree_of_graph(follows(log))) == expected


def test_a_graph_of_nothing_gives_a_process_of_nothing() -> None:
    assert read_bpmn(discover_bpmn_of_graph(NOTHING, "x")).activities == frozenset()
