"""Trims cut cases to a section and compute anew what is the section's own."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mining.cohort import (
    Activities,
    Attribute,
    Cohort,
    Duration,
    Endpoints,
    EventCount,
    Period,
    State,
    TrimToEndpoints,
    TrimToPeriod,
    choose,
)
from mining.cohort.form import Step
from mining.log import EventLog
from tests.mining.worlds import log_of


def paths(log: EventLog, *steps: Step) -> dict[str, str]:
    """Each case that is left with its path; events, cases and positions agree."""
    chosen = choose(log, Cohort(steps))
    con = log.connection
    of_cases: list[Any] = con.execute(f"select case_id, variant, events from {chosen.cases} order by 1").fetchall()
    of_events = con.execute(
        f"select case_id, string_agg(activity, ' > ' order by case_position), max(case_position) from {chosen.events} "
        "group by 1 order by 1"
    ).fetchall()
    assert of_cases == of_events
    return {case_id: path.replace(" > ", "") for case_id, path, _ in of_cases}


@pytest.fixture
def letters() -> EventLog:
    """Cases named by their path, an event a day from 1 March; `XAYBX` is open."""
    names = ("ABC", "AXBYC", "XAYBX", "YX", "YAXBY")
    return log_of(
        {path: [(one, f"2025-03-0{day} 12:00") for day, one in enumerate(path, 1)] for path in names},
        cases={name: {"site": name[0], "is_open": name == "XAYBX"} for name in names},
    )


def test_the_section_from_one_activity_to_another(letters: EventLog) -> None:
    assert paths(letters, TrimToEndpoints(("X",), ("Y",))) == {"AXBYC": "XBY", "XAYBX": "XAY", "YAXBY": "XBY"}


def test_a_section_may_begin_or_end_with_the_case(letters: EventLog) -> None:
    assert paths(letters, TrimToEndpoints(("B",))) == {"ABC": "BC", "AXBYC": "BYC", "XAYBX": "BX", "YAXBY": "BY"}
    assert paths(letters, TrimToEndpoints(last=("A",))) == {"ABC": "A", "AXBYC": "A", "XAYBX": "XA", "YAXBY": "YA"}


def test_first_and_last_occurrences(letters: EventLog) -> None:
    assert paths(letters, TrimToEndpoints(("X",), ("X",))) == {
        "AXBYC": "X", "XAYBX": "XAYBX", "YAXBY": "X", "YX": "X",
    }  # fmt: skip
    assert paths(letters, TrimToEndpoints(("X",), ("X",), last_occurrence="first"))["XAYBX"] == "X"
    assert paths(letters, TrimToEndpoints(("X",), ("X",), first_occurrence="last"))["XAYBX"] == "X"
    assert paths(letters, TrimToEndpoints(("Y",), ("B", "Y"), last_occurrence="first"))["YAXBY"] == "Y"
    assert paths(letters, TrimToEndpoints(("A", "X"), ("B", "C"), "last", "first")) == {
        "ABC": "AB", "AXBYC": "XB", "YAXBY": "XB",
    }  # fmt: skip


def test_the_first_end_is_the_first_one_after_the_beginning(letters: EventLog) -> None:
    assert paths(letters, TrimToEndpoints(("X",), ("Y",), last_occurrence="first"))["YAXBY"] == "XBY"


def test_events_of_the_section_have_their_own_positions_and_successors(letters: EventLog) -> None:
    chosen = choose(letters, Cohort((TrimToEndpoints(("X",), ("Y",)), Activities(none_of=("A",)))))
    rows = letters.connection.execute(
        f"select case_id, activity, case_position, next_activity, cast(next_event_at as varchar) from {chosen.events} "
        "where case_id = 'AXBYC' order by case_position"
    ).fetchall()
    assert rows == [
        ("AXBYC", "X", 1, "B", "2025-03-03 12:00:00"),
        ("AXBYC", "B", 2, "Y", "2025-03-04 12:00:00"),
        ("AXBYC", "Y", 3, None, None),
    ]


def test_cases_have_the_begin_the_end_and_the_variant_of_the_section_and_keep_the_rest(letters: EventLog) -> None:
    chosen = choose(letters, Cohort((TrimToEndpoints(("X",), ("Y",)),)))
    con = letters.connection
    [row] = con.execute(
        "select cast(started_at as varchar), cast(ended_at as varchar), events, variant, variant_id = md5(variant), "
        f"site, is_open from {chosen.cases} where case_id = 'XAYBX'"
    ).fetchall()
    assert row == ("2025-03-01 12:00:00", "2025-03-03 12:00:00", 3, "X > A > Y", True, "X", True)
    described = [con.execute(f"describe select * from {log.cases}").fetchall() for log in (letters, chosen)]
    assert described[0] == described[1]
    events = [con.execute(f"describe select * from {log.events}").fetchall() for log in (letters, chosen)]
    assert events[0] == events[1]


def test_rules_before_a_trim_see_the_whole_case_and_rules_after_it_the_section(letters: EventLog) -> None:
    cut = TrimToEndpoints(("X",), ("Y",))
    assert paths(letters, EventCount(max=3), cut) == {}
    assert paths(letters, cut, EventCount(max=3), Attribute("site", ("A",))) == {"AXBYC": "XBY"}
    assert paths(letters, Attribute("site", ("A",)), cut) == {"AXBYC": "XBY"}


def test_trims_are_applied_in_their_order(letters: EventLog) -> None:
    one, other = TrimToEndpoints(("X",)), TrimToEndpoints(last=("B",))
    assert paths(letters, one, other) == {"AXBYC": "XB", "XAYBX": "XAYB", "YAXBY": "XB"}
    late = TrimToPeriod(start=date(2025, 3, 2))
    assert paths(letters, late, one)["XAYBX"] == "X"
    assert paths(letters, one, late)["XAYBX"] == "AYBX"


def test_a_section_with_an_end_has_ended_also_in_an_open_case(letters: EventLog) -> None:
    to_y = TrimToEndpoints(("X",), ("Y",))
    assert paths(letters, to_y, Duration("cycle_time", max=2))["XAYBX"] == "XAY"
    assert paths(letters, to_y, Endpoints(last=("Y",)))["XAYBX"] == "XAY"
    assert paths(letters, to_y, Period("completed", end=date(2025, 3, 4)))["XAYBX"] == "XAY"
    assert paths(letters, to_y, State(("open",))) == {"XAYBX": "XAY"}
    assert "XAYBX" not in paths(letters, TrimToEndpoints(("X",)), Duration("cycle_time", max=9))


def test_the_cycle_time_of_a_section_is_its_own() -> None:
    log = log_of(
        {"1": [("A", "2025-03-01 00:00"), ("B", "2025-03-03 00:00"), ("C", "2025-03-09 00:00")]},
        cases={
            "1": {
                "is_closed": True,
                "requested_at": "2025-03-01",
                "closed_at": "2025-03-09",
                "requested_micros": 0,
                "closed_micros": 0,
            }
        },
    )
    assert paths(log, Duration("cycle_time", min=8, max=8)) == {"1": "ABC"}
    assert paths(log, TrimToEndpoints(last=("B",)), Duration("cycle_time", min=2, max=2)) == {"1": "AB"}


def test_a_period_cuts_at_local_midnights_and_drops_cases_without_an_event_left() -> None:
    log = log_of(
        {
            "berlin": [
                ("A", "2025-03-29 22:59:59"),
                ("B", "2025-03-29 23:00"),
                ("C", "2025-03-30 21:59:59"),
                ("D", "2025-03-30 22:00"),
            ],
            "utc": [("A", "2025-03-30 00:00"), ("B", "2025-03-30 23:59:59"), ("C", "2025-03-31 00:00")],
            "gone": [("A", "2025-03-29 12:00"), ("B", "2025-03-31 12:00")],
        },
        cases={"berlin": {"time_zone": "Europe/Berlin"}},
    )
    day = TrimToPeriod(date(2025, 3, 30), date(2025, 3, 31))
    assert paths(log, day) == {"berlin": "BC", "utc": "AB"}
    assert paths(log, TrimToPeriod(end=date(2025, 3, 30))) == {"berlin": "A", "gone": "A"}
    assert paths(log, TrimToPeriod(start=date(2025, 3, 31))) == {"berlin": "D", "gone": "B", "utc": "C"}
