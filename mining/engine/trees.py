"""Process trees by the inductive miner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from pm4py.algo.discovery.inductive.dtypes.im_dfg import InductiveDFG
from pm4py.algo.discovery.inductive.dtypes.im_ds import IMDataStructureDFG, IMDataStructureUVCL
from pm4py.algo.discovery.inductive.variants.imd import IMD
from pm4py.algo.discovery.inductive.variants.imf import IMFUVCL, IMFParameters
from pm4py.objects.dfg.obj import DirectlyFollowsGraph

from mining.simplify import Graph
from mining.tree import Activity, Node, Operator, OperatorKind, Silent, canonical

_KINDS: dict[str, OperatorKind] = {"SEQUENCE": "sequence", "XOR": "choice", "PARALLEL": "parallel", "LOOP": "loop"}


def inductive_tree(variants: Mapping[tuple[str, ...], int], noise: float) -> Node:
    """Discover a process tree from distinct variants, each with its number of cases.

    `noise` (0..1) is the share under which the miner takes a directly-follows relation for an exception. Inductive
    Miner - infrequent: Leemans, Fahland, van der Aalst, "Discovering Block-Structured Process Models from Event Logs
    Containing Infrequent Behaviour" (2014). No variants give a process of nothing.
    """
    if not variants:
        return Silent()
    weighted = Counter(dict(sorted(variants.items())))
    parameters = {IMFParameters.NOISE_THRESHOLD: noise}
    return canonical(node_of(IMFUVCL(parameters).apply(IMDataStructureUVCL(weighted), parameters)))


def inductive_tree_of_graph(graph: Graph) -> Node:
    """Discover a process tree from a directly-follows graph alone; all of the graph counts.

    Inductive Miner - directly-follows: Leemans, Fahland, van der Aalst, "Scalable process discovery and conformance
    checking" (2018). An empty graph gives a process of nothing.
    """
    if not graph.activities:
        return Silent()
    edges, starts, ends = (dict(sorted(part.items())) for part in (graph.edges, graph.starts, graph.ends))
    given = IMDataStructureDFG(InductiveDFG(DirectlyFollowsGraph(edges, starts, ends)))
    return canonical(node_of(IMD({}).apply(given, {})))


def node_of(tree: Any) -> Node:
    """Return pm4py's process tree as ours, as it is written."""
    if tree.operator is None:
        return Silent() if tree.label is None else Activity(tree.label)
    return Operator(_KINDS[tree.operator.name], tuple(node_of(child) for child in tree.children))
