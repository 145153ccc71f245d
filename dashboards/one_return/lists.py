"""One return as lists: its steps with the extract rows behind them, segments, documents and exceptions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboards.attention.table import entity_name
from dashboards.attention.words import MEANINGS, seen, type_name
from dashboards.links import return_address
from dashboards.list_html import Column, code, link, list_html, measured, plain, unbroken
from dashboards.one_return.story import Alarm, Candidate, Document, Facts, Step, Stretch
from dashboards.one_return.timeline import sign, stretch_notes, system_name
from dashboards.scope import Scope
from mining.map_view import DAY
from pipeline import formats


def candidates_html(found: Sequence[Candidate], scope: Scope, names: Mapping[str, str]) -> str:
    """Return the returns that a reader may open."""
    columns = [
        Column("RMA number"), Column("Return"), Column("Entity"), Column("Began (UTC)"), Column("Open exceptions", True)
    ]  # fmt: skip
    lines = [
        [
            link(
                one.rma_number or one.case_id,
                return_address(one.case_id, scope),
                f"Open the return {one.rma_number or one.case_id}",
            ),
            code(one.case_id),
            plain(entity_name(one.entity_id, names)),
            unbroken(formats.minute(one.started_at)),
            plain(formats.count(one.open_exceptions)),
        ]
        for one in found
    ]
    return list_html("Returns", columns, lines)


def steps_html(steps: Sequence[Step], facts: Facts) -> str:
    """Return the steps of a return, each with the extract row that it was made of."""
    columns = [
        Column("#", True),
        Column("Step"),
        Column("When (UTC)"),
        Column("System"),
        Column("Elapsed", True),
        Column("Business", True),
        Column("Amount", True),
        Column("Extract table and key"),
        Column("File and row"),
    ]
    lines = [
        [
            plain(str(step.number)),
            unbroken(step.activity, _about(step)),
            unbroken(formats.minute(step.event_at))
            if step.ts_precision == "second"
            else unbroken(formats.day(step.event_at), "a day without a time"),
            plain(system_name(step.source_system), f"{step.department}, {step.done_by}"),
            _clock(step.since_request_seconds, step.waited_seconds, DAY),
            _clock(step.since_request_business_seconds, step.waited_business_seconds, facts.day_seconds),
            plain(_money(step.amount, step.currency)),
            code(f"{step.source_system}.{step.source_table}", step.source_key),
            plain(formats.NOTHING)
            if step.source_file is None
            else code(step.source_file, f"row {formats.count(step.source_row or 0)}"),
        ]
        for step in steps
    ]
    return list_html("Steps", columns, lines)


def _about(step: Step) -> str:
    parts = [f"line {step.line_no}"] if step.line_no else []
    return ", ".join([*parts, *([f"receipt {step.receipt_id}"] if step.receipt_id else [])])


def _clock(since: float | None, waited: float | None, day_seconds: float | None) -> str:
    """Return a cell with the time since the request and, below, since the step before."""
    if since is None or day_seconds is None:
        return plain(formats.NOTHING)
    shown = (
        f"{formats.MINUS}{formats.duration(-since, day_seconds)}" if since < 0 else formats.duration(since, day_seconds)
    )
    return plain(shown, "" if waited is None else f"+ {formats.duration(waited, day_seconds)}")


def _money(amount: float | None, currency: str | None) -> str:
    return formats.NOTHING if amount is None else f"{currency or ''} {formats.amount(amount)}".strip()


def stretches_html(stretches: Sequence[Stretch], facts: Facts) -> str:
    """Return the segments of a return, on both clocks and against their targets."""
    columns = [Column("Segment"), Column("Elapsed", True), Column("Business", True), Column("Target", True)]
    longest = max((one.seconds for one in stretches), default=0.0)
    longest_business = max((one.business_seconds or 0.0 for one in stretches), default=0.0)
    lines = [
        [
            plain(one.title, ", ".join([*stretch_notes(one), *_over(one)])),
            measured(formats.duration(one.seconds, DAY), one.seconds / longest if longest else 0.0),
            plain(formats.NOTHING)
            if one.business_seconds is None or facts.day_seconds is None
            else measured(
                formats.duration(one.business_seconds, facts.day_seconds),
                one.business_seconds / longest_business if longest_business else 0.0,
            ),
            plain(
                formats.NOTHING
                if one.target_business_hours is None
                else formats.measured(one.target_business_hours, "h")
            ),
        ]
        for one in stretches
    ]
    return list_html("Segments", columns, lines)


def _over(one: Stretch) -> list[str]:
    if one.target_business_hours is None or one.business_seconds is None:
        return []
    return ["over its target"] if one.business_seconds > one.target_business_hours * 3600 else []


def documents_html(documents: Sequence[Document]) -> str:
    """Return the documents of a return with their amounts."""
    columns = [
        Column("Document"), Column("Number"), Column("Date (UTC)"), Column("What it says"), Column("Quantity", True),
        Column("Amount", True),
    ]  # fmt: skip
    lines = [
        [
            plain(one.kind, f"line {one.line_no}" if one.line_no and one.kind != "Return line" else ""),
            code(one.number),
            unbroken(formats.minute(one.dated_at)),
            plain(one.what or formats.NOTHING),
            plain(formats.NOTHING if one.quantity is None else formats.precise(one.quantity)),
            plain(_money(one.amount, one.currency)),
        ]
        for one in documents
    ]
    return list_html("Documents", columns, lines)


def alarms_html(alarms: Sequence[Alarm], currency: str) -> str:
    """Return the exceptions of a return, with the letters that they have on the timeline."""
    columns = [
        Column("Sign"), Column("Exception"), Column("Found on"), Column("Detected (UTC)"), Column("Resolved (UTC)"),
        Column(f"Value ({currency})" if currency else "Value", True),
    ]  # fmt: skip
    lines = [
        [
            plain(sign(position)),
            plain(type_name(one.exception_type), " ".join([MEANINGS.get(one.exception_type, ""), seen(one.evidence)])),
            code(one.object_id, one.object_type.replace("_", " ")),
            unbroken(formats.minute(one.detected_at)),
            unbroken("still open" if one.resolved_at is None else formats.minute(one.resolved_at)),
            plain(_money(one.value, None)),
        ]
        for position, one in enumerate(alarms)
    ]
    return list_html("Exceptions of this return", columns, lines)
