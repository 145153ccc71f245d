"""The target returns process, as a tree: what seeds/reference_process.bpmn draws."""

from __future__ import annotations

from mining.bpmn import bpmn_xml
from mining.tree import Activity, Node, Operator, Silent
from pipeline.settings import SEEDS

NAME = "returns target process"
REFERENCE = SEEDS / "reference_process.bpmn"
EXECUTED = (
    "Restocked", "Repaired", "Refurbished", "Scrapped", "Returned To Vendor", "Returned To Customer", "Liquidated",
    "Donated", "Disposition Executed",
)  # fmt: skip


def reference_bpmn() -> str:
    """Return the target process as BPMN 2.0.

    A return is requested and approved, declined or cancelled; approved goods are shipped, received, inspected and
    disposed of, parcel by parcel and line by line; the customer gets a credit or a replacement, at once for an
    advance credit; a supplier may be claimed from while the rest goes on; then the return is closed.
    """
    return bpmn_xml(reference_tree(), NAME)


def reference_tree() -> Node:
    """Return the target process as a process tree."""
    questions = _any(_then("Information Requested", "Information Received"))
    request = _then(_maybe("Return Requested"), "RMA Created", _maybe("Approval Requested"))
    approved = _then("Return Approved", _either("Return Cancelled", _handled()))
    return _then(_along(request, questions), _either("Return Declined", approved))


def _handled() -> Node:
    """What follows an approval: goods and money, then the end; claims take as long as the supplier does."""
    answers = _any(
        _either(
            "Supplier Claim Created", "Supplier Claim Submitted", "Supplier Claim Decided", "Supplier Claim Credited"
        )
    )
    claims = _maybe(_then(_again("Supplier Claim Created"), "Supplier Claim Submitted", answers))
    goods = _either(_received(), _disposed("Disposition Decided"))
    return _along(_then(_along(goods, _settled()), "Return Closed"), claims)


def _received() -> Node:
    """The first parcel is received before anything is done with goods; posting and further parcels run beside it."""
    transit = _then(_again("Shipped By Customer"), _any("Carrier Exception"), _again("Delivered To Dock"))
    further = _any(_either("Shipped By Customer", "Carrier Exception", "Delivered To Dock", "Goods Received"))
    inspection = _maybe(_then("Inspection Started", _any(_either("Inspection Started", "Inspection Completed"))))
    decided = _disposed("Disposition Decided", "Inspection Started", "Inspection Completed")
    work = _along(_again("Receipt Posted"), further, _then(inspection, decided))
    return _then(_maybe(transit), "Goods Received", work)


def _disposed(*of_other_lines: str) -> Node:
    """A first decision, then what is done with the goods, while other lines of the return are still at work."""
    return _then("Disposition Decided", _any(_either(*EXECUTED, *of_other_lines)))


def _settled() -> Node:
    """Credits and replacements, also before the goods are here."""
    credit = _then("Credit Memo Created", _maybe("Credit Approved"), "Credit Posted")
    return _any(_either(credit, _then("Replacement Ordered", "Replacement Shipped")))


def _node(part: Node | str) -> Node:
    return Activity(part) if isinstance(part, str) else part


def _then(*parts: Node | str) -> Node:
    return Operator("sequence", tuple(map(_node, parts)))


def _either(*parts: Node | str) -> Node:
    return Operator("choice", tuple(map(_node, parts)))


def _along(*parts: Node | str) -> Node:
    return Operator("parallel", tuple(map(_node, parts)))


def _maybe(part: Node | str) -> Node:
    return _either(part, Silent())


def _again(part: Node | str) -> Node:
    """Once or more."""
    return Operator("loop", (_node(part), Silent()))


def _any(part: Node | str) -> Node:
    """Any number of times, or never."""
    return Operator("loop", (Silent(), _node(part)))
