"""Everything that a build of an extracts folder must answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from .clock import Clock
from .exceptions import Finding, find_all
from .facts import all_facts
from .kept import as_of_view, keep, load_report
from .kpis import Item, Measure, kpi_items, kpi_table
from .links import link
from .log import Event, event_log, latest_event
from .paths import Edge, edges, variants
from .reading import Rejected, read_extracts


@dataclass(frozen=True)
class Answers:
    as_of: datetime | None
    load: dict[tuple[str, str], tuple[int, int, int, int]]
    quarantine: list[Rejected]
    log: dict[str, list[Event]]
    findings: list[Finding]
    items: list[Item]
    edges: dict[tuple[str, str], Edge]
    variants: dict[str, tuple[int, float, float]]
    clock: Clock

    def kpis(
        self, by: str | None = None, start: date | None = None, end: date | None = None
    ) -> dict[tuple[str, str | None], Measure]:
        return kpi_table(self.items, self.clock, by, start, end)


def answer(extracts: Path, as_of: datetime | None = None) -> Answers:
    landing = read_extracts(extracts)
    kept, clock = keep(landing)
    if as_of is None:
        as_of = latest_event(event_log(link(as_of_view(kept, None), clock)))
    world = link(as_of_view(kept, as_of), clock)
    log = event_log(world)
    facts = all_facts(world, log)
    found = find_all(world, facts, as_of)
    return Answers(
        as_of,
        load_report(landing, kept),
        landing.rejected,
        log,
        found,
        kpi_items(world, facts, found, as_of),
        edges(log, clock),
        variants(log),
        clock,
    )
