"""Random processes and logs for tests of replays, and pm4py's view of them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from pm4py.objects.log.obj import Event, EventLog, Trace

from mining.bpmn import bpmn_xml
from mining.bpmn_reader import read_bpmn
from mining.engine import inductive_tree
from mining.net import Net

Path = tuple[str, ...]

paths = st.lists(st.sampled_from("ABCDEF"), max_size=6).map(tuple)
weighted = st.dictionaries(paths.filter(bool), st.integers(1, 3), min_size=1, max_size=5)


@st.composite
def models_and_logs(draw: st.DrawFn) -> tuple[Net, dict[Path, int]]:
    """A model discovered from some paths, and a log of those and others."""
    mined = draw(weighted)
    net = read_bpmn(bpmn_xml(inductive_tree(mined, draw(st.sampled_from([0.0, 0.2]))), "random"))
    return net, mined | draw(weighted)


def full_log(variants: dict[Path, int]) -> Any:
    """The log of all cases, as pm4py reads it."""
    traces = [path for path, cases in variants.items() for _ in range(cases)]
    return EventLog([Trace([Event({"concept:name": activity}) for activity in path]) for path in traces])
