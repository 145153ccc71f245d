"""Which cases have an outcome, which don't, and which can't be judged: returns written by hand."""

from __future__ import annotations

import duckdb
import pytest

from mining.causes import Outcome, Rules, attributes_of, find_causes
from mining.log import EventLog
from pipeline.errors import UsageError

DAY = 8 * 3600 * 1_000_000

# case, entity, closed, open, rework, requested, closed at (business days), site
CASES = [
    ("quick", "E1", True, False, False, 0, 3, "101"),
    ("late", "E1", True, False, True, 0, 6, "101"),
    ("late-for-E2", "E2", True, False, False, 0, 3, "201"),
    ("open-late", "E1", False, True, True, 0, None, "missing"),
    ("open-early", "E1", False, True, False, 7, None, "missing"),
    ("declined", "E1", False, False, False, 0, None, "missing"),
    ("no-calendar", "E3", True, False, False, None, None, "301"),
]
ITEMS = [  # case, kpi, numerator, denominator, left out
    ("quick", "communication_sla_rate", 1, 1, None),
    ("quick", "communication_sla_rate", 0, 1, None),
    ("late", "communication_sla_rate", 1, 1, None),
    ("open-late", "communication_sla_rate", None, None, "not due"),
    ("quick", "supplier_recovery_rate", 10, 100, None),
    ("quick", "supplier_recovery_rate", 100, 100, None),
    ("late", "supplier_recovery_rate", 60, 100, None),
    ("late-for-E2", "supplier_recovery_rate", None, None, "no product cost"),
]
EXCEPTIONS = [("quick", "stale_return"), ("open-late", "late_receipt_posting"), (None, "unmatched_receipt")]


@pytest.fixture
def log() -> EventLog:
    """Returns of three entities: E2 has a target of its own, E3 no calendar; ten business days have passed."""
    con = duckdb.connect()
    for schema in ("event_log", "returns", "staging", "marts"):
        con.execute(f"create schema {schema}")
    con.execute("""
        create table event_log.cases (
            case_id varchar, entity_id varchar, is_closed boolean, is_open boolean, has_rework boolean,
            requested_micros bigint, closed_micros bigint, site varchar, return_value double,
            standard_day_seconds double, requested_at timestamp, customer_id varchar
        )
    """)
    for name, entity, closed, still_open, rework, requested, ended, site in CASES:
        times = [None if one is None else one * DAY for one in (requested, ended)]
        row = [name, entity, closed, still_open, rework, *times, site, 100.0, 8 * 3600.0]
        con.execute("insert into event_log.cases values (?,?,?,?,?,?,?,?,?,?, timestamp '2025-03-03', ?)", [*row, name])
    clocks = f"select unnest(['E1', 'E2', 'E3']) as entity_id, {10 * DAY} as as_of_micros"
    con.execute(f"create table returns.as_of_clocks as {clocks}")
    con.execute("""
        create table staging.stg_reference__kpi_targets as
        select * from (
            values
                ('cycle_time_days.mean', '*', 5::decimal(9, 2)),
                ('cycle_time_days.mean', 'E2', 2),
                ('supplier_recovery_rate', '*', 0.6)
        ) as targets(kpi, entity_id, target)
    """)
    con.execute("""
        create table marts.kpi_items (
            case_id varchar, kpi varchar, numerator decimal(38, 15), denominator decimal(38, 15),
            left_out_reason varchar, kpi_part varchar
        )
    """)
    for item in ITEMS:
        con.execute("insert into marts.kpi_items values (?, ?, ?, ?, ?, null)", item)
    con.execute("create table marts.exceptions (case_id varchar, exception_type varchar)")
    con.executemany("insert into marts.exceptions values (?, ?)", EXCEPTIONS)
    return EventLog(con)


def judged(log: EventLog, outcome: Outcome) -> dict[str, object]:
    """Of each case: whether it has the outcome, or why that can't be said."""
    rows = log.connection.execute(
        f"select case_id, is_outcome, left_out_reason from ({outcome.relation(log)})", dict(outcome.parameters)
    ).fetchall()
    return {case_id: left_out if is_outcome is None else is_outcome for case_id, is_outcome, left_out in rows}


def test_cycle_time_over_the_target_of_the_entity_or_of_all(log: EventLog) -> None:
    assert judged(log, Outcome.late()) == {
        "quick": False,
        "late": True,
        "late-for-E2": True,
        "open-late": True,
        "open-early": "open and not over target yet",
        "declined": "declined or cancelled",
        "no-calendar": "no calendar",
    }


def test_rework_of_returns_no_longer_open(log: EventLog) -> None:
    found = judged(log, Outcome.rework())
    assert [name for name, value in found.items() if value == "open"] == ["open-late", "open-early"]
    assert [name for name, value in found.items() if value is True] == ["late"]


def test_an_exception_of_any_type(log: EventLog) -> None:
    found = judged(log, Outcome.exception())
    assert [name for name, value in found.items() if value is True] == ["quick", "open-late"]
    assert found["open-early"] == "open and without one yet"
    assert found["declined"] is False


def test_an_exception_of_one_type(log: EventLog) -> None:
    found = judged(log, Outcome.exception("stale_return"))
    assert [name for name, value in found.items() if value is True] == ["quick"]
    assert found["open-late"] == "open and without one yet"


def test_recovery_under_target_over_all_lines_of_a_return(log: EventLog) -> None:
    found = judged(log, Outcome.low_recovery())
    # 110 of 200 is under 60 %, 60 of 100 is not.
    assert (found["quick"], found["late"]) == (True, False)
    assert (found["late-for-E2"], found["declined"]) == ("cost or claim not known", "nothing to recover yet")


def test_any_obligation_failed(log: EventLog) -> None:
    found = judged(log, Outcome.sla_miss())
    assert (found["quick"], found["late"], found["open-late"]) == (True, False, "no obligation due")


def test_a_cohort_is_judged_by_itself(log: EventLog) -> None:
    cohort = EventLog(log.connection, cases="(select * from event_log.cases where entity_id = 'E2')")
    assert judged(cohort, Outcome.late()) == {"late-for-E2": True}


def test_the_site_is_known_too_late_to_explain_what_can_come_before_the_receipt(log: EventLog) -> None:
    with pytest.raises(UsageError, match=r"Site of the first receipt \(site\) is known at receipt only"):
        find_causes(log, [Outcome.late()], ["site"])
    of = find_causes(log, [Outcome.late()]).outcomes[0]
    assert [one.attribute for one in of.refused] == ["site"]


def test_the_site_may_explain_what_comes_after_the_receipt(log: EventLog) -> None:
    of = find_causes(log, [Outcome.low_recovery()], ["site"], Rules(support=1)).outcomes[0]
    assert [str(one.condition) for one in of.findings] == ["site = 101"][: len(of.findings)]
    assert of.refused == ()


def test_no_attribute_at_all_is_refused(log: EventLog) -> None:
    with pytest.raises(UsageError, match="No attribute is left"):
        find_causes(log, [Outcome.late()], [])


def test_totals_say_what_was_left_out(log: EventLog) -> None:
    of = find_causes(log, [Outcome.late()]).outcomes[0]
    assert (of.cases, of.outcomes) == (4, 3)
    assert of.left_out == (("declined or cancelled", 1), ("no calendar", 1), ("open and not over target yet", 1))


def test_attributes_of_returns_are_those_of_the_seed_that_the_cases_have(log: EventLog) -> None:
    assert [one.name for one in attributes_of(log)] == [
        "entity_id", "site", "month", "customer_id", "has_rework", "is_open", "is_closed",
    ]  # fmt: skip


def test_a_limit_that_is_no_duration_is_refused() -> None:
    with pytest.raises(UsageError, match="expected a number of seconds, 'median' or 'p90'"):
        Outcome.duration_over("p95")
