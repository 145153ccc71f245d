"""Holds a built warehouse against the oracle's answers; every difference is one line of text."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

import duckdb

from pipeline.kpis import kpi_rows

from .answers import Answers
from .exceptions import Finding
from .log import Event

GROUPS = (None, "entity", "site", "channel", "reason", "category", "supplier", "month")
PERIODS = ((None, date(2025, 3, 15)), (date(2025, 3, 3), date(2025, 4, 1)), (date(2025, 10, 1), None))
EVENT_COLUMNS = tuple(field.name for field in fields(Event))
FINDING_COLUMNS = tuple(field.name for field in fields(Finding) if field.name != "slices")
Connection = duckdb.DuckDBPyConnection
Table = dict[Any, tuple]


def plain(value: Any) -> Any:
    """Naive UTC instants made aware; the rest as it is."""
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


def same(a: Any, b: Any) -> bool:
    numeric = not isinstance(a, str | bool | datetime) and not isinstance(b, str | bool | datetime)
    if a is None or b is None or not numeric:
        return a is None and b is None if a is None or b is None else a == b
    return math.isclose(float(a), float(b), rel_tol=1e-9, abs_tol=1e-9)


def held(what: str, expected: Table, found: Table, names: tuple[str, ...]) -> list[str]:
    """Differences between two tables by key."""
    problems = [f"{what} {key}: expected {expected[key]}, not there" for key in expected if key not in found]
    problems += [f"{what} {key}: not expected, found {found[key]}" for key in found if key not in expected]
    for key in [key for key in expected if key in found]:
        for name, a, b in zip(names, expected[key], found[key], strict=True):
            if not same(a, plain(b)):
                problems.append(f"{what} {key} {name}: expected {a}, found {b}")
    return problems


def load_differences(answers: Answers, con: Connection) -> list[str]:
    names = ("rows_read", "rows_kept", "rows_superseded", "rows_quarantined")
    rows = con.execute(f"select system, table_name, {', '.join(names)} from marts.load_report").fetchall()
    found = {row[:2]: row[2:] for row in rows if row[0] != "reference"}
    expected = {key: row for key, row in answers.load.items() if key[0] != "reference"}
    return held("load report", {key: row for key, row in expected.items() if row[0] or key in found}, found, names)


def quarantine_differences(answers: Answers, con: Connection) -> list[str]:
    found = con.execute("select system, table_name, file, row_number from raw.quarantine").fetchall()
    expected = {(row.system, row.table, row.file, row.row_number): () for row in answers.quarantine}
    return held("quarantine", expected, dict.fromkeys(found, ()), ())


def event_differences(answers: Answers, con: Connection) -> list[str]:
    query = f"select case_position, {', '.join(EVENT_COLUMNS)} from event_log.events"
    found = {row[EVENT_COLUMNS.index("event_id") + 1]: row for row in con.execute(query).fetchall()}
    expected = {
        event.event_id: (position, *(getattr(event, name) for name in EVENT_COLUMNS))
        for events in answers.log.values()
        for position, event in enumerate(events, start=1)
    }
    return held("event", expected, found, ("case_position", *EVENT_COLUMNS))


def exception_differences(answers: Answers, con: Connection) -> list[str]:
    query = f"select {', '.join(FINDING_COLUMNS)} from marts.exceptions"
    found = {(row[0], row[2]): row for row in con.execute(query).fetchall()}
    rows = [tuple(getattr(finding, name) for name in FINDING_COLUMNS) for finding in answers.findings]
    return held("exception", {(row[0], row[2]): row for row in rows}, found, FINDING_COLUMNS)


def kpi_differences(answers: Answers, con: Connection) -> list[str]:
    problems = []
    names = ("value", "n", "numerator", "denominator")
    queries = [(by, None, None) for by in GROUPS] + [(by, *period) for period in PERIODS for by in (None, "site")]
    for by, start, end in queries:
        measures = answers.kpis(by, start, end)
        expected = {key: (m.value, m.n, m.numerator, m.denominator) for key, m in measures.items()}
        rows = kpi_rows(con, start=start, end=end, by=by)
        found = {(row.kpi, row.group): (row.value, row.n, row.numerator, row.denominator) for row in rows}
        found = {key: row for key, row in found.items() if row[1] or key in expected}
        expected = {key: row for key, row in expected.items() if row[1] or key in found}
        compared = {key: unstated(row, found.get(key)) for key, row in expected.items()}
        problems += held(f"kpi by {by} {start}..{end}", compared, found, names)
    return problems


def unstated(expected: tuple, found: tuple | None) -> tuple:
    """Where the definition names no two sides, whatever is given there is right."""
    if not found or expected[2] is not None:
        return expected
    return (*expected[:2], *found[2:])


def edge_differences(answers: Answers, con: Connection) -> list[str]:
    names = ("frequency", "cases", "mean_seconds", "median_seconds", "mean_business_seconds", "median_business_seconds")
    rows = con.execute(f"select activity, next_activity, {', '.join(names)} from marts.edges").fetchall()
    expected = {key: tuple(getattr(edge, name) for name in names) for key, edge in answers.edges.items()}
    return held("edge", expected, {row[:2]: row[2:] for row in rows}, names)


def variant_differences(answers: Answers, con: Connection) -> list[str]:
    names = ("cases", "share", "median_seconds")
    rows = con.execute(f"select variant, {', '.join(names)} from marts.variants").fetchall()
    return held("variant", answers.variants, {row[0]: row[1:] for row in rows}, names)


PARTS: dict[str, Callable[[Answers, Connection], list[str]]] = {
    "load": load_differences,
    "quarantine": quarantine_differences,
    "events": event_differences,
    "exceptions": exception_differences,
    "kpis": kpi_differences,
    "edges": edge_differences,
    "variants": variant_differences,
}
