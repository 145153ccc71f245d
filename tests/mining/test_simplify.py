"""A simplified graph is small, holds the frequent, and hangs together."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mining.simplify import Graph, Selection, simplify, steps_at_first_sight

TRACES = st.lists(st.lists(st.sampled_from("ABCDEFGH"), min_size=1, max_size=8), min_size=1, max_size=25)


def graph_of(traces: list[list[str]]) -> Graph:
    """Count the cases of each activity and edge."""
    return Graph(
        Counter(step for trace in traces for step in set(trace)),
        Counter(edge for trace in traces for edge in set(pairwise(trace))),
        Counter(trace[0] for trace in traces),
        Counter(trace[-1] for trace in traces),
    )


def reached(selection: Selection, backwards: bool) -> set[str]:
    """The shown activities that lie on a way from a shown start (`backwards`: to a shown end)."""
    found = set(selection.ends if backwards else selection.starts)
    while True:
        more = {(a if backwards else b) for a, b in selection.edges if (b if backwards else a) in found} - found
        if not more:
            return found
        found |= more


@given(TRACES, st.integers(0, 9), st.integers(0, 30))
def test_every_shown_step_lies_between_a_start_and_an_end(traces: list[list[str]], steps: int, edges: int) -> None:
    selection = simplify(graph_of(traces), steps, edges)
    assert reached(selection, backwards=False) == reached(selection, backwards=True) == set(selection.activities)


@given(TRACES)
def test_nothing_is_hidden_when_everything_is_asked_for(traces: list[list[str]]) -> None:
    graph = graph_of(traces)
    selection = simplify(graph, len(graph.activities), len(graph.edges))
    assert set(selection.activities) == set(graph.activities)
    assert set(selection.edges) == set(graph.edges)


@given(TRACES, st.integers(1, 8), st.integers(0, 30))
def test_no_more_edges_than_asked_for_or_needed(traces: list[list[str]], steps: int, edges: int) -> None:
    graph = graph_of(traces)
    needed = len(simplify(graph, steps, 0).edges)
    assert len(simplify(graph, steps, edges).edges) <= max(edges, needed)


def test_a_step_is_reached_by_its_most_frequent_way() -> None:
    graph = Graph(
        {"A": 10, "B": 9, "C": 9, "D": 10},
        {("A", "B"): 9, ("B", "D"): 2, ("A", "C"): 4, ("C", "D"): 5, ("B", "C"): 7},
        {"A": 10},
        {"D": 10},
    )
    assert simplify(graph, 4, 0).edges == (("A", "B"), ("B", "C"), ("C", "D"))


def test_spare_edges_go_to_the_most_frequent_ones() -> None:
    graph = Graph({"A": 9, "B": 9}, {("A", "B"): 9, ("A", "A"): 4, ("B", "B"): 6}, {"A": 9}, {"B": 9})
    assert simplify(graph, 2, 2).edges == (("A", "B"), ("B", "B"))


def test_a_step_behind_hidden_ones_is_hidden_too() -> None:
    graph = Graph({"A": 5, "B": 1, "C": 3}, {("A", "B"): 1, ("B", "C"): 1}, {"A": 5}, {"A": 4, "C": 1})
    assert simplify(graph, 2, 9) == Selection(("A",), (), ("A",), ("A",))


def test_equal_counts_are_in_alphabetical_order() -> None:
    graph = Graph({"B": 2, "A": 2, "C": 2}, {}, {"A": 2, "B": 2, "C": 2}, {"A": 2, "B": 2, "C": 2})
    assert simplify(graph, 2, 9).activities == ("A", "B")


def test_first_sight_takes_as_many_steps_as_few_edges_connect() -> None:
    chain = dict.fromkeys(pairwise("ABCDEF"), 5)
    graph = Graph(dict.fromkeys("ABCDEF", 5), chain, {"A": 5}, {"F": 5})
    assert steps_at_first_sight(graph, most=9, edges=5) == 6
    assert len(simplify(graph, steps_at_first_sight(graph, most=9, edges=4), 4).edges) <= 4


def test_an_empty_graph_shows_nothing() -> None:
    assert simplify(Graph({}, {}, {}, {}), 5, 5) == Selection((), (), (), ())
