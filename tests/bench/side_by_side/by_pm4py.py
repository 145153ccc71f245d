"""pm4py on pandas: `python -m tests.bench.side_by_side.by_pm4py EVENTS.parquet RUNS`."""

from __future__ import annotations

import sys
import warnings
from typing import Any

import pandas as pd
import pm4py

from tests.bench.side_by_side.clock import Clock

NAMES = {
    "case_id": "case:concept:name",
    "activity": "concept:name",
    "event_at": "time:timestamp",
    "resource": "org:resource",
}
NOBODY = "nobody"  # pm4py's handover fails on missing resources


def main(events: str, runs: int) -> None:
    """Ask, and print what it took."""
    warnings.simplefilter("ignore")
    clock = Clock(runs)
    ask(clock, events)
    clock.report()


def ask(clock: Clock, events: str) -> None:
    """Format once, then ask."""
    frames = [clock.ask("open", lambda: _read(events), len, 1)]
    log = clock.ask("format", lambda: pm4py.format_dataframe(frames.pop()), len, 1)
    clock.ask("directly-follows", lambda: pm4py.discover_dfg(log), lambda found: sum(found[0].values()))
    clock.ask("performance", lambda: pm4py.discover_performance_dfg(log), lambda found: len(found[0]))
    clock.ask("variants", lambda: pm4py.get_variants(log), len)
    clock.ask("handover", lambda: pm4py.discover_handover_of_work_network(log), _pairs)
    clock.ask("rework", lambda: pm4py.get_rework_cases_per_activity(log), lambda found: sum(found.values()))


def _read(events: str) -> pd.DataFrame:
    frame = pd.read_parquet(events, columns=list(NAMES)).rename(columns=NAMES)
    frame["org:resource"] = frame["org:resource"].fillna(NOBODY)
    return frame


def _pairs(network: Any) -> int:
    return sum(1 for pair, weight in network.connections.items() if weight and NOBODY not in pair)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
