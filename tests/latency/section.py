"""What docs/latency.md says of a measured workspace."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence

from tests.latency.measure import Measured
from tests.latency.openings import Opened
from tests.latency.reader import Kind, Waited
from tests.latency.tours import Toured

FIRST_PAGE_SECONDS = 2.0
SLOWEST = 8
KINDS: dict[Kind, str] = {"filter": "filter changes", "page": "going to a page", "control": "turning what is on a page"}


def allowed(events: int) -> float:
    """Return the seconds that 95 of 100 interactions may take, which depends on the number of events."""
    return 1.0 if events < 5_000_000 else 3.0


def percentile(values: Iterable[float], share: float) -> float:
    """Return the least value that a share (0..1) of the values does not exceed. Raises ValueError for no values."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("A percentile needs at least one value; nothing was measured.")
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)]


def section(measured: Measured) -> str:
    """Return the part of the document about one workspace."""
    return "\n\n".join(
        [
            f"## {measured.events:,} events",
            _targets(measured),
            f"Load average {measured.load[0]:.1f} before and {measured.load[1]:.1f} after.",
            "### Pages",
            _pages(measured.opened),
            f"### {len(measured.alone.waited)} interactions of one reader",
            _kinds(measured.alone.waited),
            f"The slowest {SLOWEST}:",
            _slowest(measured.alone.waited),
            *_crowd(measured.together),
            "### Memory of the server",
            _memory(measured),
            *_errors(measured.errors),
        ]
    )


def _targets(measured: Measured) -> str:
    first, most = measured.opened[0], allowed(measured.events)
    warm, fresh = [wall for wall, _ in first.warm], [wall for wall, _ in first.fresh]
    everything = [one.seconds for one in measured.alone.waited]
    filters = [one.seconds for one in measured.alone.waited if one.kind == "filter"]
    lines = [
        _target("first page, warm, p95", percentile(warm, 0.95), FIRST_PAGE_SECONDS),
        _target("first page, browser without the application, median", statistics.median(fresh), FIRST_PAGE_SECONDS),
        _target(f"{len(filters)} filter changes, median", statistics.median(filters), most),
        _target(f"{len(filters)} filter changes, p95", percentile(filters, 0.95), most),
        _target(f"{len(everything)} interactions, p95", percentile(everything, 0.95), most),
    ]
    if measured.together:
        wrong = len(measured.errors)
        lines.append(f"| errors, five readers at once included | {wrong} | none | {'**missed**' if wrong else 'met'} |")
    return "\n".join(["| what | seconds | target | |", "|---|---:|---:|---|", *lines])


def _target(what: str, seconds: float, most: float) -> str:
    return f"| {what} | {seconds:.2f} | under {most:g} | {'met' if seconds < most else '**missed**'} |"


def _pages(opened: Sequence[Opened]) -> str:
    head = "| page | first time, s | server CPU s | without the application, s | warm, s | server CPU s |"
    lines = [head, "|---|" + "---:|" * 5]
    for one in opened:
        walls, cpus = zip(*one.warm, strict=True)
        fresh = statistics.median(wall for wall, _ in one.fresh)
        lines.append(
            f"| {one.page} | {one.cold[0]:.2f} | {one.cold[1]:.2f} | {fresh:.2f} "
            f"| {statistics.median(walls):.2f} | {statistics.median(cpus):.2f} |"
        )
    return "\n".join(lines)


def _kinds(waited: Sequence[Waited]) -> str:
    parts = {KINDS[kind]: [one for one in waited if one.kind == kind] for kind in KINDS}
    parts["address new to the server"] = [one for one in waited if one.is_new]
    parts["address shown before"] = [one for one in waited if not one.is_new]
    parts["all"] = list(waited)
    head = ["| what | n | median s | p95 s | most s | server CPU s, median | p95 |", "|---|" + "---:|" * 6]
    return "\n".join(head + [_row(name, found) for name, found in parts.items() if found])


def _row(name: str, waited: Sequence[Waited]) -> str:
    walls, cpus = [one.seconds for one in waited], [one.server_seconds for one in waited]
    return (
        f"| {name} | {len(walls)} | {statistics.median(walls):.2f} | {percentile(walls, 0.95):.2f} "
        f"| {max(walls):.2f} | {statistics.median(cpus):.2f} | {percentile(cpus, 0.95):.2f} |"
    )


def _slowest(waited: Sequence[Waited]) -> str:
    lines = ["| interaction | page | address | s | server CPU s |", "|---|---|---|---:|---:|"]
    for one in sorted(waited, key=lambda one: -one.seconds)[:SLOWEST]:
        page = one.address.split("?")[0].strip("/") or "scorecard"
        new = "new" if one.is_new else "shown before"
        lines.append(f"| {one.what} | {page} | {new} | {one.seconds:.2f} | {one.server_seconds:.2f} |")
    return "\n".join(lines)


def _crowd(toured: Toured | None) -> list[str]:
    if toured is None or not toured.waited:
        return []
    walls = [one.seconds for one in toured.waited]
    return [
        "### Five readers at once",
        f"{len(walls)} interactions in {toured.seconds:.0f} s, {toured.server_seconds:.0f} s of the server's CPU: "
        f"median {statistics.median(walls):.2f} s, p95 {percentile(walls, 0.95):.2f} s, most {max(walls):.2f} s; "
        f"{len(toured.errors) or 'no'} errors.",
    ]


def _memory(measured: Measured) -> str:
    lines = [f"| {when} | {one.now / 2**30:.2f} | {one.most / 2**30:.2f} |" for when, one in measured.memory.items()]
    return "\n".join(["| when | resident GiB | most so far GiB |", "|---|---:|---:|", *lines])


def _errors(errors: Sequence[str]) -> list[str]:
    return ["### Errors", "\n".join(f"- {error.splitlines()[0]}" for error in errors)] if errors else []
