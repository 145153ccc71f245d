"""The target process: its file, its soundness, the branches that are legal and those that are not."""

from __future__ import annotations

from pathlib import Path

import pm4py
import pytest
from pm4py.objects.petri_net.utils.check_soundness import check_easy_soundness_of_wfnet, check_wfnet

from mining.bpmn_reader import read_bpmn
from mining.conformance.alignments import CostTable, align
from mining.conformance.deviations import Deviation, deviations_of
from mining.conformance.scope import Scope, returns_scope
from mining.engine import engine_net
from mining.net import Net, Transition
from mining.net_states import States, exclusive, is_sound, states_of
from mining.reference import REFERENCE, reference_bpmn
from pipeline.errors import UsageError

START = ("Return Requested", "RMA Created", "Return Approved")
ASKED = ("Information Requested", "Information Received")
PARCEL = ("Shipped By Customer", "Delivered To Dock", "Goods Received", "Receipt Posted")
CHECKED = ("Inspection Started", "Inspection Completed", "Disposition Decided", "Restocked")
CREDIT = ("Credit Memo Created", "Credit Approved", "Credit Posted")
CLOSED = ("Return Closed",)


def states() -> States:
    """The state space of the file."""
    found = states_of(read_bpmn(REFERENCE.read_text(encoding="utf-8")))
    assert found is not None
    return found


def deviating(path: tuple[str, ...], *, is_open: bool = False) -> set[tuple[str, str]]:
    """Class and activity of what deviates."""
    model = states()
    alignment = align(CostTable(model), path, is_open=is_open)
    return {(found.kind, found.activity) for found in deviations_of(alignment, exclusive(model))}


def test_the_file_is_what_the_tree_draws() -> None:
    assert REFERENCE.read_text(encoding="utf-8") == reference_bpmn()


def test_the_target_process_is_sound() -> None:
    net = read_bpmn(reference_bpmn())
    assert is_sound(net, states())
    assert len(states().markings) < 600
    theirs = engine_net(net).net
    assert check_wfnet(theirs)
    assert check_easy_soundness_of_wfnet(theirs)


def test_pm4py_reads_the_file_as_a_workflow_net() -> None:
    net, start, end = pm4py.convert_to_petri_net(pm4py.read_bpmn(str(REFERENCE)))
    assert check_wfnet(net)
    assert {step.label for step in net.transitions if step.label} == read_bpmn(reference_bpmn()).activities
    assert (len(start), len(end)) == (1, 1)


def test_its_activities_are_those_of_the_catalogue() -> None:
    scope = returns_scope()
    assert not read_bpmn(reference_bpmn()).activities & scope.outside
    assert {"Customer Notified", "Integration Failed", "Case Escalated"} <= scope.outside


@pytest.mark.parametrize(
    "path",
    [
        START + PARCEL + CHECKED + CREDIT + CLOSED,
        (*START[:2], *ASKED, "Approval Requested", "Return Approved", "Return Cancelled"),
        (*START[:2], "Approval Requested", "Return Declined"),
        START + PARCEL[2:] + ("Disposition Decided", "Repaired") + CLOSED,
        START + PARCEL + CHECKED + ("Replacement Ordered", "Replacement Shipped") + CLOSED,
        START + CREDIT + PARCEL + CHECKED + CLOSED,
        (*START, "Disposition Decided", "Scrapped", *CREDIT, *CLOSED),
        START + PARCEL + CHECKED + ("Supplier Claim Created", "Supplier Claim Submitted") + CREDIT + CLOSED
        + ("Supplier Claim Decided", "Supplier Claim Credited"),
        START + PARCEL + PARCEL + CHECKED + CHECKED + CREDIT + CREDIT + CLOSED,
    ],
)  # fmt: skip
def test_legal_branches(path: tuple[str, ...]) -> None:
    assert deviating(path) == set()
    assert deviating(path[: len(path) // 2], is_open=True) == set()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (START + PARCEL + CHECKED + CREDIT, {("skipped", "Return Closed")}),
        (START + PARCEL[:3] + CHECKED + CREDIT + CLOSED, {("skipped", "Receipt Posted")}),
        ((*START[:2], *PARCEL, "Return Approved", *CHECKED, *CREDIT, *CLOSED), {("out_of_order", "Return Approved")}),
        # The receipt that comes too late passes for that of a further parcel; the one before the inspection is missing.
        (
            (*START, *PARCEL[:2], *CHECKED[:2], *PARCEL[2:], *CHECKED[2:], *CREDIT, *CLOSED),
            {("skipped", "Goods Received")},
        ),
        (START + PARCEL + CHECKED + CREDIT + CLOSED + CLOSED, {("extra", "Return Closed")}),
        (START + PARCEL + CHECKED + CREDIT + ("Return Reopened",) + CLOSED, {("extra", "Return Reopened")}),
        (START + PARCEL + CHECKED + CREDIT + CLOSED + ("Return Declined",), {("wrong_branch", "Return Declined")}),
    ],
)
def test_deviations_from_it(path: tuple[str, ...], expected: set[tuple[str, str]]) -> None:
    assert deviating(path) == expected


def test_legal_extras_that_the_model_lacks_are_dropped() -> None:
    scope = Scope(frozenset({"Note"}), {Deviation("extra", "A"): "", Deviation("extra", "Echo"): ""})
    net = Net(2, (Transition("A", (0,), (1,)),), (1, 0), (0, 1))
    assert scope.dropped(net) == ("Echo", "Note")


def test_the_project_says_why_a_deviation_is_legal() -> None:
    allowed = returns_scope().allowed
    assert Deviation("extra", "Stock Status Changed") in allowed
    assert all(reason.endswith(".") for reason in allowed.values())


def test_an_unknown_class_in_the_file_of_legal_deviations_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "stages.csv").write_text("stage,flow\nrequest,main\n", encoding="utf-8")
    (tmp_path / "activities.csv").write_text("activity,stage\nA,request\n", encoding="utf-8")
    (tmp_path / "allowed_deviations.csv").write_text("deviation,activity,because\nodd,A,No.\n", encoding="utf-8")
    monkeypatch.setattr("mining.conformance.scope.SEEDS", tmp_path)
    with pytest.raises(UsageError, match="allows 'odd'"):
        returns_scope()
