"""From variants to a process tree to a BPMN diagram."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import combinations
from xml.etree import ElementTree

import pytest

from mining.bpmn import bpmn_xml
from mining.discovery import discover_bpmn
from mining.engine import inductive_tree
from mining.layout import lay_out
from mining.tree import Activity, Node, Operator, Silent, canonical, notation

A, B, C = Activity("A"), Activity("B"), Activity("C")
MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"

# Request and approval always; goods are inspected once or more; then a credit or a replacement.
VARIANTS = {
    ("Request", "Approve", "Inspect", "Credit"): 40,
    ("Request", "Approve", "Inspect", "Replace"): 30,
    ("Request", "Approve", "Inspect", "Inspect", "Credit"): 20,
    ("Request", "Approve", "Inspect", "Inspect", "Replace"): 10,
}


def test_the_tree_of_a_simple_process_is_that_process() -> None:
    tree = inductive_tree(VARIANTS, 0.2)
    assert notation(tree) == "sequence('Request', 'Approve', loop('Inspect', silent), choice('Credit', 'Replace'))"


def test_a_variant_weighs_as_much_as_it_has_cases() -> None:
    backwards = ("Credit", "Inspect", "Approve", "Request")
    rare, frequent = (notation(inductive_tree(VARIANTS | {backwards: cases}, 0.2)) for cases in (1, 60))
    assert rare.startswith("sequence('Request', 'Approve', ")
    assert frequent.startswith("sequence(parallel('Approve', 'Request', ")


def test_no_cases_give_a_process_of_nothing() -> None:
    assert inductive_tree({}, 0.2) == Silent()
    assert "startEvent" in discover_bpmn({}, "empty")


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (Operator("sequence", (Operator("sequence", (A, B)), C)), "sequence('A', 'B', 'C')"),
        (Operator("choice", (C, Operator("choice", (B, A)))), "choice('A', 'B', 'C')"),
        (Operator("choice", (Silent(), Silent(), A)), "choice('A', silent)"),
        (Operator("parallel", (B, Silent(), A)), "parallel('A', 'B')"),
        (Operator("sequence", (Silent(), A)), "'A'"),
        (Operator("sequence", (Silent(),)), "silent"),
        (Operator("loop", (A, Silent())), "loop('A', silent)"),
    ],
)
def test_equal_models_have_one_form(tree: Node, expected: str) -> None:
    assert notation(canonical(tree)) == expected


TREES = [
    Silent(),
    A,
    Operator("choice", (A, Silent())),
    Operator("loop", (A, Silent())),
    Operator("loop", (Operator("sequence", (A, B)), Operator("sequence", (C, Operator("choice", (B, Silent())))))),
    Operator("sequence", (A, Operator("parallel", (B, Operator("loop", (C, A)))), Operator("choice", (A, B, C)))),
]


@pytest.mark.parametrize("tree", TREES)
def test_every_element_lies_on_a_way_from_start_to_end(tree: Node) -> None:
    diagram = lay_out(tree)
    after: dict[str, set[str]] = {element.id: set() for element in diagram.elements}
    for flow in diagram.flows:
        after[flow.source.id].add(flow.target.id)
    [start] = [element.id for element in diagram.elements if element.kind == "startEvent"]
    [end] = [element.id for element in diagram.elements if element.kind == "endEvent"]

    def reached(first: str) -> set[str]:
        seen, waiting = {first}, [first]
        while waiting:
            new = after[waiting.pop()] - seen
            seen |= new
            waiting.extend(new)
        return seen

    assert reached(start) == set(after)
    assert all(end in reached(element) for element in after)


@pytest.mark.parametrize("tree", TREES)
def test_no_two_shapes_overlap_and_lines_are_square(tree: Node) -> None:
    diagram = lay_out(tree)
    for a, b in combinations(diagram.elements, 2):
        apart = a.x + a.width <= b.x or b.x + b.width <= a.x or abs(a.y - b.y) >= (a.height + b.height) / 2
        assert apart, (a, b)
    for flow in diagram.flows:
        for (x1, y1), (x2, y2) in zip(flow.points, flow.points[1:], strict=False):
            assert x1 == x2 or y1 == y2, flow


def test_the_document_refers_only_to_what_it_holds() -> None:
    root = ElementTree.fromstring(bpmn_xml(TREES[-1], 'Returns <&> "quoted"'))
    ids = [node.attrib["id"] for node in root.iter() if "id" in node.attrib]
    assert len(ids) == len(set(ids))
    for node in root.iter():
        for key in ("sourceRef", "targetRef", "bpmnElement"):
            assert node.attrib.get(key, "process") in ids
    for node in root.iter():
        if node.tag in (f"{MODEL}incoming", f"{MODEL}outgoing"):
            assert node.text in ids


def test_the_model_is_the_same_whatever_the_hash_seed() -> None:
    program = "from mining.discovery import discover_bpmn; from tests.mining.test_discovery import VARIANTS; "
    program += "print(discover_bpmn(VARIANTS | {('Request', 'Credit', 'Inspect'): 9, ('Inspect', 'Request'): 9}, 'x'))"
    texts = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(texts) == 1


def test_the_miner_prints_nothing() -> None:
    program = "from mining.engine import inductive_tree; inductive_tree({('A', 'B'): 2}, 0.2)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")
