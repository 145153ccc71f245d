"""Retrace on its published warehouse: `python -m tests.bench.side_by_side.by_retrace WORKSPACE RUNS`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from mining.handoffs import handover_of_work
from mining.log import EventLog
from pipeline.publish import open_published
from tests.bench.side_by_side.clock import Clock


def main(workspace: str, runs: int) -> None:
    """Open once, then ask."""
    clock = Clock(runs)
    with open_published(Path(workspace)) as published:
        log = EventLog(published.connection)
        clock.ask("open", lambda: log.rows("log_totals"), lambda rows: int(rows[0][1]), 1)
        edges = clock.ask("map", lambda: log.rows("edges"), _events)
        clock.answer("directly-follows", _events(edges))
        clock.ask("variants", lambda: log.rows("variants"), len)
        clock.ask("handover", lambda: handover_of_work(log, "resource", fewest_cases=0), len)
        clock.ask("rework", lambda: log.rows("activity_use"), lambda rows: sum(row[5] for row in rows))
        clock.report()


def _events(edges: list[Any]) -> int:
    return sum(edge[2] for edge in edges)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
