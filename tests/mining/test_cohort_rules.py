"""Each rule of a cohort on literal logs with answers made by hand."""

from __future__ import annotations

from datetime import date

import pytest

from mining.cohort import (
    Activities,
    And,
    Attribute,
    Cohort,
    Duration,
    Endpoints,
    EventCount,
    Exceptions,
    FrequentVariants,
    Not,
    Or,
    Period,
    Rework,
    Rule,
    State,
    Variants,
    choose,
)
from mining.log import EventLog
from pipeline.errors import UsageError
from tests.mining.worlds import log_of

DAY = 86_400_000_000
MARCH = {"start": date(2025, 3, 1), "end": date(2025, 4, 1)}


def kept(log: EventLog, *rules: Rule) -> str:
    """The ids of the cases that the rules keep, in order, without blanks; the events are theirs too."""
    chosen = choose(log, Cohort(rules))
    ids = [one for (one,) in log.connection.execute(f"select case_id from {chosen.cases} order by 1").fetchall()]
    of_events = log.connection.execute(f"select distinct case_id from {chosen.events} order by 1").fetchall()
    assert [(one,) for one in ids] == of_events
    return " ".join(ids)


@pytest.fixture
def months() -> EventLog:
    """Cases around March 2025 in New York (UTC-5, from 9 March UTC-4), and one in UTC."""
    new_york = {"time_zone": "America/New_York"}
    return log_of(
        {
            "a-inside": [("A", "2025-03-01 05:00"), ("B", "2025-04-01 03:59:59")],
            "b-starts-before": [("A", "2025-03-01 04:59:59"), ("B", "2025-03-10 12:00")],
            "c-ends-after": [("A", "2025-03-10 12:00"), ("B", "2025-04-01 04:00")],
            "d-around": [("A", "2025-02-01 12:00"), ("B", "2025-05-01 12:00")],
            "e-before": [("A", "2025-02-01 12:00"), ("B", "2025-02-02 12:00")],
            "f-after": [("A", "2025-04-01 04:00"), ("B", "2025-05-02 12:00")],
            "g-open-inside": [("A", "2025-03-02 12:00"), ("B", "2025-03-03 12:00")],
            "h-open-before": [("A", "2025-02-01 12:00"), ("B", "2025-02-02 12:00")],
            "i-utc": [("A", "2025-03-01 00:00"), ("B", "2025-03-31 23:59:59")],
        },
        cases={
            **dict.fromkeys(("a-inside", "b-starts-before", "c-ends-after", "d-around", "e-before"), new_york),
            "f-after": new_york,
            "g-open-inside": {**new_york, "is_open": True},
            "h-open-before": {**new_york, "is_open": True},
        },
    )


def test_contained_keeps_what_begins_and_ends_in_the_period_and_is_not_open(months: EventLog) -> None:
    assert kept(months, Period("contained", **MARCH)) == "a-inside i-utc"


def test_intersecting_keeps_what_ran_in_the_period_and_open_cases_that_began_before_its_end(months: EventLog) -> None:
    assert kept(months, Period("intersecting", **MARCH)) == (
        "a-inside b-starts-before c-ends-after d-around g-open-inside h-open-before i-utc"
    )


def test_started_asks_nothing_of_the_end(months: EventLog) -> None:
    assert kept(months, Period("started", **MARCH)) == "a-inside c-ends-after g-open-inside i-utc"


def test_completed_asks_nothing_of_the_beginning_and_keeps_no_open_case(months: EventLog) -> None:
    assert kept(months, Period("completed", **MARCH)) == "a-inside b-starts-before i-utc"


def test_a_period_may_lack_a_bound(months: EventLog) -> None:
    assert kept(months, Period("started", start=date(2025, 4, 1))) == "f-after"
    assert kept(months, Period("completed", end=date(2025, 3, 1))) == "e-before"


def test_without_time_zones_dates_are_those_of_utc() -> None:
    log = log_of({"1": [("A", "2025-02-28 23:59:59")], "2": [("A", "2025-03-01 00:00")]})
    assert kept(log, Period("started", **MARCH)) == "2"


def test_attributes_are_kept_or_dropped_and_none_stands_for_no_value() -> None:
    log = log_of(
        {name: [("A", "2025-03-01 00:00")] for name in "1234"},
        cases={"1": {"site": "101"}, "2": {"site": "202"}, "3": {"site": "303"}},
    )
    assert kept(log, Attribute("site", ("101", "202"))) == "1 2"
    assert kept(log, Attribute("site", ("101", "202"), keep=False)) == "3 4"
    assert kept(log, Attribute("site", ("101", None))) == "1 4"
    assert kept(log, Attribute("site", (None,))) == "4"
    assert kept(log, Attribute("site", (None,), keep=False)) == "1 2 3"
    assert kept(log, Attribute("site", ("404",))) == ""


def test_columns_of_a_file_may_have_any_name() -> None:
    log = log_of({"1": [("A", "2025-03-01 00:00")], "2": [("A", "2025-03-01 00:00")]}, cases={"1": {"odd": "x"}})
    log.connection.execute("""alter table event_log.cases rename column odd to "odd "" name; drop --" """)
    assert kept(log, Attribute('odd " name; drop --', ("x",))) == "1"


@pytest.mark.parametrize("column", ["sites", "variant", "events", "case_id", "site; drop table x"])
def test_only_text_attributes_of_the_log_can_be_asked_for(column: str) -> None:
    log = log_of({"1": [("A", "2025-03-01 00:00")]}, cases={"1": {"site": "101"}})
    with pytest.raises(UsageError, match="expected one of site"):
        choose(log, Cohort((Attribute(column, ("x",)),)))


@pytest.fixture
def long_and_short() -> EventLog:
    """Elapsed days 2, 2, 4 and 0; the closed return was requested a day after its first event."""
    return log_of(
        {
            "closed": [("A", "2025-03-01 00:00"), ("B", "2025-03-02 00:00"), ("C", "2025-03-04 00:00")],
            "open": [("A", "2025-03-01 00:00"), ("B", "2025-03-03 00:00")],
            "other": [("A", "2025-03-01 00:00"), ("B", "2025-03-02 00:00"), ("C", "2025-03-05 00:00")],
            "short": [("A", "2025-03-01 00:00")],
        },
        cases={
            "closed": {
                "is_closed": True,
                "requested_at": "2025-03-02 00:00",
                "closed_at": "2025-03-04 00:00",
                "requested_micros": 0,
                "closed_micros": DAY,
            },
            "open": {"is_open": True},
        },
    )


def test_cycle_time_is_request_to_close_for_closed_returns_and_first_to_last_event_for_others(
    long_and_short: EventLog,
) -> None:
    assert kept(long_and_short, Duration("cycle_time", min=2, max=2)) == "closed"
    assert kept(long_and_short, Duration("cycle_time", min=2)) == "closed open other"
    assert kept(long_and_short, Duration("cycle_time", min=2.0001)) == "other"


def test_an_open_case_is_never_known_to_stay_under_a_maximum(long_and_short: EventLog) -> None:
    assert kept(long_and_short, Duration("cycle_time", max=3)) == "closed short"
    assert kept(long_and_short, Not(Duration("cycle_time", max=3))) == "open other"


def test_waiting_is_all_waits_and_the_longest_wait_the_longest_of_them(long_and_short: EventLog) -> None:
    assert kept(long_and_short, Duration("waiting", min=3, max=3)) == "closed"
    assert kept(long_and_short, Duration("longest_wait", min=2, max=2)) == "closed"
    assert kept(long_and_short, Duration("longest_wait", min=3)) == "other"
    assert kept(long_and_short, Duration("longest_wait", max=0)) == "short"


def test_business_days_are_open_time_over_the_standard_day() -> None:
    hours = 3_600_000_000
    log = log_of(
        {
            "1": [
                ("A", "2025-03-01 00:00", {"business_micros": 0}),
                ("B", "2025-03-09 00:00", {"business_micros": 8 * hours}),
            ],
            "2": [
                ("A", "2025-03-01 00:00", {"business_micros": 0}),
                ("B", "2025-03-01 01:00", {"business_micros": 12 * hours}),
                ("C", "2025-03-01 02:00", {"business_micros": 16 * hours}),
            ],
            "no calendar": [("A", "2025-03-01 00:00"), ("B", "2025-03-09 00:00")],
        },
        cases={"1": {"standard_day_seconds": 28_800.0}, "2": {"standard_day_seconds": 28_800.0}},
    )
    assert kept(log, Duration("cycle_time", "business_days", min=1, max=1)) == "1"
    assert kept(log, Duration("waiting", "business_days", min=2)) == "2"
    assert kept(log, Duration("longest_wait", "business_days", min=1.5, max=1.5)) == "2"
    assert kept(log, Duration("waiting", "business_days", max=9)) == "1 2"


def test_closed_returns_have_their_cycle_on_the_business_clock_too() -> None:
    log = log_of(
        {
            "1": [
                ("A", "2025-03-01 00:00", {"business_micros": 0}),
                ("B", "2025-03-09 00:00", {"business_micros": 9 * DAY}),
            ]
        },
        cases={
            "1": {
                "is_closed": True,
                "requested_at": "2025-03-01",
                "closed_at": "2025-03-05",
                "requested_micros": DAY,
                "closed_micros": 5 * DAY,
                "standard_day_seconds": 86_400.0,
            }
        },
    )
    assert kept(log, Duration("cycle_time", "business_days", min=4, max=4)) == "1"
    assert kept(log, Duration("waiting", "business_days", min=9, max=9)) == "1"


def test_business_days_need_a_calendar(months: EventLog) -> None:
    with pytest.raises(UsageError, match="standard_day_seconds"):
        kept(months, Duration("waiting", "business_days", min=1))


def test_events_are_counted(long_and_short: EventLog) -> None:
    assert kept(long_and_short, EventCount(min=2)) == "closed open other"
    assert kept(long_and_short, EventCount(max=2)) == "open short"
    assert kept(long_and_short, EventCount(min=2, max=2)) == "open"


def test_endpoints_are_the_first_and_the_last_event_and_an_open_case_has_no_end(long_and_short: EventLog) -> None:
    assert kept(long_and_short, Endpoints(first=("A",))) == "closed open other short"
    assert kept(long_and_short, Endpoints(last=("B", "C"))) == "closed other"
    assert kept(long_and_short, Endpoints(first=("A",), last=("A",))) == "short"
    assert kept(long_and_short, Endpoints(first=("B",))) == ""


def test_activities_are_mandatory_or_forbidden() -> None:
    log = log_of(
        {
            path: [(one, f"2025-03-01 00:0{minute}") for minute, one in enumerate(path)]
            for path in ("A", "AB", "ABC", "BC", "CD")
        }
    )
    assert kept(log, Activities(all_of=("A", "B"))) == "AB ABC"
    assert kept(log, Activities(any_of=("A", "D"))) == "A AB ABC CD"
    assert kept(log, Activities(none_of=("A", "D"))) == "BC"
    assert kept(log, Activities(all_of=("B",), any_of=("A", "C"), none_of=("D",))) == "AB ABC BC"
    assert kept(log, Activities(all_of=("C",), none_of=("A",))) == "BC CD"


def test_variants_are_chosen_by_id_or_by_the_share_they_cover() -> None:
    paths = {"1": "AB", "2": "AB", "3": "AB", "4": "AC", "5": "AC", "6": "AD", "7": "A"}
    log = log_of(
        {case: [(one, f"2025-03-01 00:0{minute}") for minute, one in enumerate(path)] for case, path in paths.items()}
    )
    [(of_ac,)] = log.connection.execute("select md5('A > C')").fetchall()
    assert kept(log, Variants((of_ac,))) == "4 5"
    assert kept(log, FrequentVariants(3 / 7)) == "1 2 3"
    assert kept(log, FrequentVariants(0.43)) == "1 2 3 4 5"
    assert kept(log, FrequentVariants(1)) == "1 2 3 4 5 6 7"
    assert kept(log, Not(Variants((of_ac,))), FrequentVariants(0.6)) == "1 2 3"


def test_exceptions_are_those_of_the_marts() -> None:
    log = log_of({name: [("A", "2025-03-01 00:00")] for name in "123"})
    log.connection.execute("create schema marts")
    log.connection.execute(
        "create table marts.exceptions as select * from (values ('1', 'late'), ('1', 'lost'), ('2', 'lost'), "
        "(null, 'lost')) as rows_(case_id, exception_type)"
    )
    assert kept(log, Exceptions()) == "1 2"
    assert kept(log, Exceptions(has=False)) == "3"
    assert kept(log, Exceptions(types=("late",))) == "1"
    assert kept(log, Exceptions(has=False, types=("late",))) == "2 3"


def test_a_log_without_exceptions_says_so(months: EventLog) -> None:
    with pytest.raises(UsageError, match="no exceptions"):
        kept(months, Exceptions())


def test_rework_and_states_are_columns_of_the_cases() -> None:
    log = log_of(
        {name: [("A", "2025-03-01 00:00")] for name in "1234"},
        cases={
            "1": {"is_open": True, "has_rework": True},
            "2": {"is_closed": True, "has_rework": False},
            "3": {"is_declined": True},
            "4": {"is_cancelled": True, "is_declined": True},
        },
    )
    assert kept(log, Rework()) == "1"
    assert kept(log, Rework(has=False)) == "2 3 4"
    assert kept(log, State(("open",))) == "1"
    assert kept(log, State(("closed", "cancelled"))) == "2 4"
    assert kept(log, State(("declined",))) == "3 4"


@pytest.mark.parametrize("rule", [Rework(), State(("closed",))])
def test_a_file_without_the_columns_says_so(months: EventLog, rule: Rule) -> None:
    with pytest.raises(UsageError, match="no column"):
        kept(months, rule)


def test_rules_combine_to_any_depth(months: EventLog) -> None:
    early, late = Period("started", end=date(2025, 3, 1)), Period("completed", start=date(2025, 4, 1))
    assert kept(months, And((early, late))) == "d-around"
    assert kept(months, Or((early, late))) == "b-starts-before c-ends-after d-around e-before f-after h-open-before"
    assert kept(months, Not(Or((early, Not(Not(late)))))) == "a-inside g-open-inside i-utc"
    assert kept(months, early, late) == "d-around"


def test_the_empty_cohort_is_the_log_itself(months: EventLog) -> None:
    assert choose(months, Cohort()) is months
