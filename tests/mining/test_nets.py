"""BPMN as nets, their reduction, their state space."""

from __future__ import annotations

from collections import deque
from pathlib import Path

import pm4py
import pytest
from hypothesis import given, settings
from pm4py.algo.analysis.woflan import algorithm as woflan

from mining.bpmn import bpmn_xml
from mining.bpmn_reader import read_bpmn
from mining.engine import engine_net, own_net
from mining.net import Net, Transition
from mining.net_reduction import without_idle_steps
from mining.net_states import NEVER, States, is_sound, states_of
from mining.tree import Activity, Operator, Silent
from pipeline.errors import UsageError
from tests.mining.models import Path as Trace
from tests.mining.models import models_and_logs

DEFINITIONS = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">{}</process></definitions>'
)
ENDS = '<startEvent id="s"/><endEvent id="e"/>'
A, B, C = Activity("A"), Activity("B"), Activity("C")


def flows(*pairs: str) -> str:
    """Sequence flows, each as two ids of one letter."""
    return "".join(f'<sequenceFlow id="{a}{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairs)


def known(states: States | None) -> States:
    """A state space that must be small."""
    assert states is not None
    return states


def language(net: Net, longest: int) -> set[Trace]:
    """All paths of at most `longest` activities that the net can do from start to end."""
    found: set[Trace] = set()
    states = known(states_of(net, 5000))
    waiting, seen = deque([(0, ())]), set[tuple[int, Trace]]()
    while waiting:
        state, path = waiting.popleft()
        if (state, path) in seen:
            continue
        seen.add((state, path))
        if state == states.end:
            found.add(path)
        for step in states.leaving.get(state, ()):
            after: Trace = path if step.activity is None else (*path, step.activity)
            if len(after) <= longest:
                waiting.append((step.target, after))
    return found


def test_a_process_with_every_kind_of_block() -> None:
    tree = Operator(
        "sequence", (A, Operator("parallel", (B, Operator("choice", (C, Silent())))), Operator("loop", (A, B)))
    )
    net = read_bpmn(bpmn_xml(tree, "x"))
    assert language(net, 4) == {("A", "B", "A"), ("A", "B", "C", "A"), ("A", "C", "B", "A")}
    assert ("A", "B", "A", "B", "A") in language(net, 5)


def test_several_flows_into_a_task_are_alternatives_and_out_of_it_parallel() -> None:
    tasks = "".join(f'<task id="{name}" name="{name.upper()}"/>' for name in "abcd")
    gateways = '<exclusiveGateway id="x"/><parallelGateway id="y"/>'
    text = DEFINITIONS.format(ENDS + tasks + gateways + flows("sx", "xa", "xb", "ac", "bc", "cd", "cy", "dy", "ye"))
    assert language(read_bpmn(text), 5) == {("A", "C", "D"), ("B", "C", "D")}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nothing", "is not XML"),
        ("<definitions/>", "has 0 processes"),
        (DEFINITIONS.format('<endEvent id="e"/>'), "has no startEvent"),
        (DEFINITIONS.format('<startEvent id="s"/>'), "has no endEvent"),
        (DEFINITIONS.format(ENDS + '<inclusiveGateway id="o"/>'), "has a inclusiveGateway"),
        (DEFINITIONS.format(ENDS + '<task id="a"/>'), "Task a of the model has no name"),
        (DEFINITIONS.format(ENDS + flows("sz")), "refers to z"),
    ],
)
def test_what_is_no_model_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read_bpmn(text)


def test_silent_series_are_fused() -> None:
    steps = (Transition(None, (0,), (2,)), Transition("A", (2,), (3,)), Transition(None, (3,), (1,)))
    assert without_idle_steps(Net(4, steps, (1, 0, 0, 0), (0, 1, 0, 0))) == Net(
        2, (Transition("A", (0,), (1,)),), (1, 0), (0, 1)
    )


@settings(max_examples=20, deadline=None)
@given(models_and_logs())
def test_reduction_keeps_the_language(given_: tuple[Net, dict[Trace, int]]) -> None:
    net, _ = given_
    late, later = net.places, net.places + 1
    steps = [Transition(step.activity, step.takes, (late,)) if step.puts == (1,) else step for step in net.transitions]
    idle = [Transition(None, (late,), (later,)), Transition(None, (later,), (1,))]
    padded = Net(net.places + 2, (*steps, *idle), (*net.start, 0, 0), (*net.end, 0, 0))
    reduced = without_idle_steps(padded)
    assert len(reduced.transitions) < len(padded.transitions)
    assert language(reduced, 4) == language(padded, 4) == language(net, 4)


@settings(max_examples=20, deadline=None)
@given(models_and_logs())
def test_discovered_models_are_sound_and_come_back_from_pm4py(given_: tuple[Net, dict[Trace, int]]) -> None:
    net, _ = given_
    assert is_sound(net, known(states_of(net)))
    theirs = engine_net(net)
    again = own_net(theirs.net, theirs.start, theirs.end)
    assert set(again.transitions) == set(net.transitions)
    assert (again.places, again.start, again.end) == (net.places, net.start, net.end)


@pytest.mark.parametrize(
    ("net", "expected"),
    [
        (Net(2, (Transition("A", (0,), (1,)),), (1, 0), (0, 1)), True),
        (Net(3, (Transition("A", (0,), (1, 2)),), (1, 0, 0), (0, 1, 0)), False),
        (Net(2, (Transition("A", (0,), (1, 1)),), (1, 0), (0, 1)), False),
        (Net(3, (Transition("A", (0,), (1,)), Transition("B", (2,), (1,))), (1, 0, 0), (0, 1, 0)), False),
        (Net(3, (Transition("A", (0,), (1,)), Transition("B", (0,), (2,))), (1, 0, 0), (0, 1, 0)), False),
    ],
)
def test_soundness(net: Net, expected: bool) -> None:
    assert is_sound(net, known(states_of(net))) is expected


def test_a_net_without_bounds_has_no_state_space() -> None:
    grows = Net(2, (Transition("A", (0,), (0, 1)),), (1, 0), (0, 1))
    assert states_of(grows, 50) is None


def test_ways_count_silent_steps_least() -> None:
    steps = (Transition("A", (0,), (1,)), Transition(None, (0,), (2,)), Transition(None, (2,), (1,)))
    states = known(states_of(Net(3, steps, (1, 0, 0), (0, 1, 0))))
    assert states.end is not None
    assert states.ways[0, states.end] == 2
    assert states.ways[states.end, 0] == NEVER


def test_pm4py_reads_what_we_draw(tmp_path: Path) -> None:
    path = tmp_path / "model.bpmn"
    path.write_text(bpmn_xml(Operator("sequence", (A, Operator("choice", (B, C)))), "x"), encoding="utf-8")
    net, start, end = pm4py.convert_to_petri_net(pm4py.read_bpmn(str(path)))
    assert language(own_net(net, start, end), 3) == {("A", "B"), ("A", "C")}


def test_soundness_is_that_of_woflan() -> None:
    net = read_bpmn(bpmn_xml(Operator("parallel", (A, Operator("loop", (B, C)))), "x"))
    theirs = engine_net(net)
    quiet = {
        woflan.Parameters.PRINT_DIAGNOSTICS: False,
        woflan.Parameters.RETURN_ASAP_WHEN_NOT_SOUND: True,
        woflan.Parameters.RETURN_DIAGNOSTICS: False,
    }
    assert woflan.apply(theirs.net, theirs.start, theirs.end, parameters=quiet) is is_sound(net, known(states_of(net)))
