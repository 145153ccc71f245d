"""Discover process models: from weighted variants, or from the directly-follows graph alone."""

from __future__ import annotations

from collections.abc import Mapping

from mining.bpmn import bpmn_xml
from mining.engine import heuristics_petri, inductive_tree, inductive_tree_of_graph, tree_of_net
from mining.heuristics import THRESHOLD
from mining.net_reduction import without_idle_steps
from mining.net_states import is_sound, states_of
from mining.simplify import Graph
from mining.tree import canonical

NOISE = 0.2


def discover_bpmn(variants: Mapping[tuple[str, ...], int], name: str) -> str:
    """Return the process model called `name` as BPMN 2.0 XML.

    `variants` maps each distinct path (activities in case order) to its number of cases. What fewer than 20 % of the
    directly-follows relations at a choice do is left out as noise.
    """
    return bpmn_xml(inductive_tree(variants, NOISE), name)


def discover_bpmn_of_graph(graph: Graph, name: str) -> str:
    """Return the inductive model of a directly-follows graph as BPMN 2.0 XML; every edge of the graph counts."""
    return bpmn_xml(inductive_tree_of_graph(graph), name)


def heuristics_bpmn(graph: Graph, name: str, threshold: float = THRESHOLD) -> str | None:
    """Return the heuristics miner's model of a directly-follows graph as BPMN 2.0 XML, None when it can't be drawn.

    Its nets may deadlock or leave tokens behind; only a sound one of a few thousand states that is block-structured
    becomes a BPMN model.
    """
    if not graph.edges:
        return None
    net = without_idle_steps(heuristics_petri(graph, threshold))
    states = states_of(net)
    tree = tree_of_net(net) if states is not None and is_sound(net, states) else None
    return None if tree is None else bpmn_xml(canonical(tree), name)
