"""Discover the process model of an event log from its variants."""

from __future__ import annotations

from collections.abc import Mapping

from mining.bpmn import bpmn_xml
from mining.engine import inductive_tree

NOISE = 0.2


def discover_bpmn(variants: Mapping[tuple[str, ...], int], name: str) -> str:
    """Return the process model called `name` as BPMN 2.0 XML.

    `variants` maps each distinct path (activities in case order) to its number of cases. What fewer than 20 % of the
    directly-follows relations at a choice do is left out as noise.
    """
    return bpmn_xml(inductive_tree(variants, NOISE), name)
