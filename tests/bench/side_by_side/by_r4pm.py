"""r4pm (Rust): `python -m tests.bench.side_by_side.by_r4pm EVENTS.parquet RUNS`."""

from __future__ import annotations

import sys

import polars
import r4pm

from tests.bench.side_by_side.clock import Clock

NAMES = {"case_id": "case:concept:name", "activity": "concept:name", "event_at": "time:timestamp"}


def main(events: str, runs: int) -> None:
    """Load once, then ask what it can answer."""
    clock = Clock(runs)
    frame = clock.ask("open", lambda: polars.read_parquet(events, columns=list(NAMES)).rename(NAMES), len, 1)
    log = clock.ask("format", lambda: r4pm.import_item_from_df("EventLog", frame), lambda found: 1, 1)
    clock.ask(
        "directly-follows",
        lambda: r4pm.bindings.discover_dfg(log),
        lambda found: sum(count for _, count in found["directly_follows_relations"]),
    )
    projection = clock.ask("project", lambda: r4pm.bindings.log_to_activity_projection(log), lambda found: 1, 1)
    clock.ask(
        "variants",
        lambda: r4pm.bindings.get_variants(projection),
        len,
    )
    clock.report()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
