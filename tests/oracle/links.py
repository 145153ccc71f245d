"""How documents meet: every return with all that belongs to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from .clock import Clock, Row
from .kept import Tables
from .reading import NUMBER


@dataclass
class Receipt:
    row: Row
    entity_id: str | None
    line: Row | None = None
    postings: list[Row] = field(default_factory=list)
    moves: list[Row] = field(default_factory=list)
    inspections: list[Row] = field(default_factory=list)
    id: str = ""

    @property
    def at(self) -> datetime:
        return self.row["received_at"]


@dataclass
class Case:
    row: Row
    events: list[Row] = field(default_factory=list)
    messages: list[Row] = field(default_factory=list)


@dataclass
class Return:
    row: Row
    id: str
    entity_id: str
    lines: list[Row] = field(default_factory=list)
    changes: list[Row] = field(default_factory=list)
    dispositions: list[Row] = field(default_factory=list)
    memos: list[Row] = field(default_factory=list)
    replacements: list[Row] = field(default_factory=list)
    claims: list[Row] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    tracking: list[Row] = field(default_factory=list)
    attempts: list[Row] = field(default_factory=list)


@dataclass
class World:
    """Live returns by id, and what met none."""

    clock: Clock
    tables: Tables
    returns: dict[str, Return]
    deleted: set[str]
    receipts: list[Receipt] = field(default_factory=list)
    attempts: list[tuple[Row, Return | None]] = field(default_factory=list)
    unlinked_memos: list[Row] = field(default_factory=list)
    unlinked_replacements: list[Row] = field(default_factory=list)


def normal(number: str | None) -> str:
    """Upper case, letters and digits only."""
    upper = (number or "").strip().upper()
    return "".join(c for c in upper if c.isalnum())


def line_order(line_no: str) -> tuple:
    """Numbers first, by value; then text."""
    return (0, Fraction(line_no), line_no) if re.fullmatch(NUMBER, line_no) else (1, Fraction(0), line_no)


def by_number(returns: dict[str, Return]) -> dict[tuple[str, str], Return]:
    """The return that an entity's normalised number means: the earliest created, then the smaller id."""
    found: dict[tuple[str, str], Return] = {}
    for one in sorted(returns.values(), key=lambda r: (r.row["created_at"], r.id)):
        if normal(one.row["rma_number"]):
            found.setdefault((one.entity_id, normal(one.row["rma_number"])), one)
    return found


def link(tables: Tables, clock: Clock) -> World:
    deleted = {row["return_id"] for row in tables["erp.returns"] if row["deleted_at"] is not None}
    live = [row for row in tables["erp.returns"] if row["return_id"] not in deleted]
    returns = {row["return_id"]: Return(row, row["return_id"], row["entity_id"]) for row in live}
    world = World(clock, tables, returns, deleted)
    link_by_id(world)
    numbers = by_number(returns)
    link_receipts(world, numbers)
    link_cases(world, numbers)
    for row in tables["tms.tracking_events"]:
        if one := numbers.get((row["entity_id"], normal(row["rma_number"]))):
            one.tracking.append(row)
    for row in tables["middleware.messages"]:
        one = numbers.get((row["entity_id"], normal(row["rma_number"])))
        world.attempts.append((row, one))
        if one:
            one.attempts.append(row)
    return world


def link_by_id(world: World) -> None:
    members = {
        "erp.return_lines": "lines",
        "erp.return_status_changes": "changes",
        "erp.dispositions": "dispositions",
        "erp.credit_memos": "memos",
        "erp.replacement_orders": "replacements",
        "erp.supplier_claims": "claims",
    }
    unlinked = {"memos": world.unlinked_memos, "replacements": world.unlinked_replacements}
    for table, member in members.items():
        for row in world.tables[table]:
            if row["return_id"] in world.returns:
                getattr(world.returns[row["return_id"]], member).append(row)
            elif row["return_id"] not in world.deleted and member in unlinked:
                unlinked[member].append(row)
    for one in world.returns.values():
        one.lines.sort(key=lambda line: line_order(line["line_no"]))


def link_receipts(world: World, numbers: dict[tuple[str, str], Return]) -> None:
    sites = {row["site_id"]: row for row in world.tables["wms.sites"]}
    receipts = {}
    for row in world.tables["wms.receipts"]:
        receipt = Receipt(row, sites.get(row["site_id"], {}).get("entity_id"), id=row["receipt_id"])
        receipts[receipt.id] = receipt
        one = numbers.get((receipt.entity_id, normal(row["rma_number"])))
        (one.receipts if one else world.receipts).append(receipt)
        if one:
            receipt.line = next((line for line in one.lines if line["sku"] == row["sku"]), None)
    parts = {
        "erp.stock_postings": ("postings", "posted_at", "posting_id"),
        "wms.stock_moves": ("moves", "moved_at", "move_id"),
        "wms.inspections": ("inspections", "started_at", "inspection_id"),
    }
    for table, (member, at, key) in parts.items():
        for row in sorted(world.tables[table], key=lambda r, at=at, key=key: (r[at], r[key])):
            if row["receipt_id"] in receipts:
                getattr(receipts[row["receipt_id"]], member).append(row)
    for one in world.returns.values():
        one.receipts.sort(key=lambda receipt: (receipt.at, receipt.id))


def link_cases(world: World, numbers: dict[tuple[str, str], Return]) -> None:
    cases = {row["case_id"]: Case(row) for row in world.tables["crm.cases"]}
    for row in world.tables["crm.case_events"]:
        if row["case_id"] in cases:
            cases[row["case_id"]].events.append(row)
    for row in world.tables["crm.messages"]:
        if row["case_id"] in cases:
            cases[row["case_id"]].messages.append(row)
    for case in sorted(cases.values(), key=lambda c: (c.row["opened_at"], c.row["case_id"])):
        if one := numbers.get((case.row["entity_id"], normal(case.row["rma_number"]))):
            one.cases.append(case)
