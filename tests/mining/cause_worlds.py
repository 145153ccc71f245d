"""Logs with known causes: one row of attributes per case, and whether it had trouble."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import duckdb
import pandas as pd

from mining.causes import Finding, Outcome, OutcomeCauses, Rules, find_causes
from mining.log import EventLog

TROUBLE = Outcome.activity("Trouble")
Row = tuple[Sequence[str], bool]


def world(names: Sequence[str], rows: Iterable[Row]) -> EventLog:
    """A log whose cases all begin with `Start`; those with trouble have `Trouble` an hour later."""
    listed = list(rows)
    began = datetime(2025, 3, 3, 9)  # a Monday: the weekday never differs
    ids = [f"c{number:05}" for number in range(len(listed))]
    ends = [began + timedelta(hours=1 + trouble) for _, trouble in listed]
    cases = pd.DataFrame({name: [values[place] for values, _ in listed] for place, name in enumerate(names)})
    cases = cases.assign(case_id=ids, started_at=began, ended_at=ends, is_open=False)
    events = pd.DataFrame(
        [(one, "Start", began) for one in ids]
        + [(one, "Trouble", end) for one, end, (_, trouble) in zip(ids, ends, listed, strict=True) if trouble],
        columns=["case_id", "activity", "event_at"],
    )
    con = duckdb.connect()
    con.execute("create schema event_log")
    con.register("frame", cases)
    con.execute("create table event_log.cases as select * from frame")
    con.register("frame", events)
    con.execute("create table event_log.events as select * from frame")
    return EventLog(con)


def group(values: Sequence[str], cases: int, troubled: int) -> list[Row]:
    """So many cases with these values, of which so many had trouble."""
    return [(values, number < troubled) for number in range(cases)]


def explained(log: EventLog, rules: Rules | None = None, attributes: Sequence[str] | None = None) -> OutcomeCauses:
    """What goes with trouble."""
    return find_causes(log, [TROUBLE], attributes, rules).outcomes[0]


def found(of: OutcomeCauses, **values: str) -> Finding:
    """The finding of a condition, e.g. ``city="Graz"``."""
    return next(one for one in of.findings if dict(one.condition.parts) == values)
