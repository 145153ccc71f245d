"""The only importer of pm4py: small aggregates in, Retrace's own types out."""

from mining.engine.heuristics import heuristics_petri
from mining.engine.nets import engine_net, own_net, tree_of_net
from mining.engine.replay import Aligned, Replayed, align, replay
from mining.engine.trees import inductive_tree, inductive_tree_of_graph

__all__ = [
    "Aligned",
    "Replayed",
    "align",
    "engine_net",
    "heuristics_petri",
    "inductive_tree",
    "inductive_tree_of_graph",
    "own_net",
    "replay",
    "tree_of_net",
]
