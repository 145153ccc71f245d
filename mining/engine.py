"""The only importer of pm4py: small aggregates in, Retrace's own types out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from pm4py.algo.discovery.inductive.dtypes.im_ds import IMDataStructureUVCL
from pm4py.algo.discovery.inductive.variants.imf import IMFUVCL, IMFParameters

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
    return canonical(_node(IMFUVCL(parameters).apply(IMDataStructureUVCL(weighted), parameters)))


def _node(tree: Any) -> Node:
    """Translate pm4py's process tree."""
    if tree.operator is None:
        return Silent() if tree.label is None else Activity(tree.label)
    return Operator(_KINDS[tree.operator.name], tuple(_node(child) for child in tree.children))
