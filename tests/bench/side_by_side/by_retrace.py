"""Retrace on its published warehouse: `python -m tests.bench.side_by_side.by_retrace WORKSPACE RUNS`."""

from __future__ import annotations

import sys
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from mining.cohort import Attribute, Cohort, Period, choose
from mining.handoffs import handover_of_work
from mining.log import EventLog
from pipeline.publish import open_published
from pipeline.settings import SEEDS
from tests.bench.side_by_side.clock import Clock

CONFORMANCE_CASES = 100_000
_BUSIEST = """
    select entity_id, cast(date_trunc('month', started_at) as date)
    from event_log.cases
    group by entity_id, date_trunc('month', started_at)
    order by count(*) desc, entity_id
    limit 1
"""


def main(workspace: str, runs: int) -> None:
    """Open once, then ask."""
    clock = Clock(runs)
    with open_published(Path(workspace)) as published:
        log = EventLog(published.connection)
        ask(clock, log)
        if published.manifest.cases >= CONFORMANCE_CASES:
            _filtered(clock, log)
            clock.mark_peak()
            _conformance(clock, log)
        clock.report()


def ask(clock: Clock, log: EventLog) -> None:
    """Ask what the other tools can answer too."""
    clock.ask("open", lambda: log.rows("log_totals"), lambda rows: int(rows[0][1]), 1)
    edges = clock.ask("map", lambda: log.rows("edges", clocks=["elapsed"]), _events)
    clock.answer("directly-follows", _events(edges))
    clock.ask("map on both clocks", lambda: log.rows("edges"), _events)
    clock.ask("variants", lambda: log.rows("variants"), len)
    clock.ask("handover", lambda: handover_of_work(log, "resource", fewest_cases=0), len)
    clock.ask("rework", lambda: log.rows("activity_use"), lambda rows: sum(row[5] for row in rows))


def _filtered(clock: Clock, log: EventLog) -> None:
    """One month of one entity, chosen anew each time."""
    [(entity, month)] = log.connection.execute(_BUSIEST).fetchall()
    for run in range(clock.runs):
        end = month + timedelta(days=30 + run)  # another period each time, so that no choice is kept
        cohort = Cohort((Period("started", month, end), Attribute("entity_id", (entity,))))
        clock.ask("map of one month and one entity, chosen and counted", partial(_map, log, cohort), _events, 1)


def _map(log: EventLog, cohort: Cohort) -> list[Any]:
    return choose(log, cohort).rows("edges")


def _conformance(clock: Clock, log: EventLog) -> None:
    """Loaded when asked: pm4py's own memory is no part of what the questions before take."""
    from mining.conformance import conformance
    from mining.conformance.scope import returns_scope

    cases = f"(select * from event_log.cases order by case_id limit {CONFORMANCE_CASES})"
    events = f"(select * from event_log.events where case_id in (select case_id from {cases}))"
    some = EventLog(log.connection, events, cases)
    model = (SEEDS / "reference_process.bpmn").read_text(encoding="utf-8")
    clock.ask(
        f"conformance of {CONFORMANCE_CASES:,} returns with the target process",
        lambda: conformance(some, model, 60.0, returns_scope()),
        lambda found: found.verdicts.cases,
        1,
    )


def _events(edges: list[Any]) -> int:
    return sum(edge[2] for edge in edges)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
