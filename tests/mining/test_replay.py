"""The replay: which cases are chosen, where their tokens are, when they are over a target."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mining.log import EventLog
from mining.replay import Sample, SampledCase, replay_on, sample_cases, shifts
from tests.mining.worlds import log_of

MONDAY = datetime(2025, 3, 3)
CHICAGO, BERLIN = "America/Chicago", "Europe/Berlin"


def returns_log() -> EventLog:
    """Three returns; the first takes eight open hours to its approval, of which four are its target."""
    log = log_of(
        {
            "R1": [("Ask", "2025-03-03 20:00"), ("Note", "2025-03-03 21:00"), ("Approve", "2025-03-04 22:00")],
            "R2": [("Ask", "2025-03-20 12:00"), ("Approve", "2025-03-20 13:00")],
            "R3": [("Ask", "2025-03-25 12:30")],
        },
        cases={
            "R1": {"entity_id": "E", "time_zone": CHICAGO},
            "R2": {"entity_id": "E", "time_zone": CHICAGO},
            "R3": {"entity_id": "E", "time_zone": CHICAGO, "is_open": True},
        },
    )
    log.connection.execute("""
        create schema staging;
        create table staging.milestones as select 'approval' as segment, 4.0 as target_business_hours;
        create table staging.business_days as
        select
            'E' as entity_id,
            date '2025-03-03' + day::integer as local_date,
            timestamp '2025-03-03 14:00' + to_days(day::integer) as opens_at,
            8 * 3600000000::bigint as open_micros,
            day * 8 * 3600000000::bigint as open_micros_before
        from range(40) as days(day);
        create table event_log.segments as
        select case_id, 'approval' as segment, started_at, ended_at, hours * 3600000000::bigint as business_micros
        from (values
            ('R1', timestamp '2025-03-03 20:00', timestamp '2025-03-04 22:00', 10),
            ('R2', timestamp '2025-03-20 12:00', timestamp '2025-03-20 13:00', 0)
        ) as spans (case_id, started_at, ended_at, hours);
    """)
    return log


def test_all_of_the_time_begins_at_a_full_hour_and_ends_with_the_last_event() -> None:
    sample = sample_cases(returns_log(), None)
    assert sample
    assert (sample.start, sample.end) == (datetime(2025, 3, 3, 20), datetime(2025, 3, 25, 12, 30))
    assert sample.running == 3
    assert {case.case_id: case.left_at for case in sample.cases} == {
        "R1": datetime(2025, 3, 4, 22),
        "R2": datetime(2025, 3, 20, 13),
        "R3": None,
    }


def test_a_window_keeps_what_was_in_progress_in_it() -> None:
    sample = sample_cases(returns_log(), 10)
    assert sample
    assert (sample.start, sample.end) == (datetime(2025, 3, 15, 12), datetime(2025, 3, 25, 12, 30))
    assert {case.case_id for case in sample.cases} == {"R2", "R3"}


def test_the_lowest_md5_of_the_ids_decide() -> None:
    sample = sample_cases(returns_log(), None, most=2)
    assert sample
    by_lot = sorted(("R1", "R2", "R3"), key=lambda name: hashlib.md5(name.encode()).hexdigest())
    assert [case.case_id for case in sample.cases] == by_lot[:2]
    assert sample.running == 3


def test_over_target_runs_from_the_open_minute_in_which_the_target_ends() -> None:
    sample = sample_cases(returns_log(), None)
    assert sample
    overdue = {case.case_id: case.overdue for case in sample.cases}
    # Two of the four open hours are left on Monday (until 22:00), two more on Tuesday from 14:00.
    assert overdue == {"R1": ((datetime(2025, 3, 4, 16), datetime(2025, 3, 4, 22)),), "R2": (), "R3": ()}


def test_a_log_without_cases_has_no_sample() -> None:
    assert sample_cases(log_of({}, cases={}), None) is None


def case(name: str, *events: tuple[str, int], zone: str = CHICAGO, is_open: bool = False) -> SampledCase:
    """A case whose events are at hours of Monday."""
    stamped = tuple((step, MONDAY + timedelta(hours=hour)) for step, hour in events)
    return SampledCase(name, zone, stamped[0][1], None if is_open else stamped[-1][1], stamped, ())


def sample_of(*cases: SampledCase, hours: int = 100) -> Sample:
    return Sample(MONDAY, MONDAY + timedelta(hours=hours), len(cases), cases)


def test_tokens_pass_over_hidden_steps_and_jump_where_the_edge_is_hidden() -> None:
    sample = sample_of(case("R1", ("A", 0), ("hidden", 1), ("B", 2), ("C", 3)), case("R2", ("A", 5), is_open=True))
    replay = replay_on(sample, ["A", "B", "C"], {("A", "B")})
    assert [token.visits for token in replay.tokens] == [((0, 0), (1, 120), (2, 180)), ((0, 300),)]
    assert [(token.begins, token.ends) for token in replay.tokens] == [(0, 180), (300, None)]
    assert (replay.hidden_events, replay.jumps) == (1, 1)


def test_what_lies_outside_the_window_is_not_counted_as_hidden() -> None:
    sample = sample_of(case("R1", ("A", -9), ("hidden", -8), ("B", -7), ("A", 101), ("hidden", 102)))
    replay = replay_on(sample, ["A", "B"], set())
    assert (replay.hidden_events, replay.jumps) == (0, 0)


def test_the_calendar_is_that_of_most_cases_and_the_first_by_name_of_equal_ones() -> None:
    american, german = case("R1", ("A", 0)), case("R2", ("A", 0), zone=BERLIN)
    assert sample_of(american, german).time_zone == CHICAGO
    assert sample_of(american, german, case("R3", ("A", 0), zone=BERLIN)).time_zone == BERLIN


@pytest.mark.parametrize(
    ("start", "days", "zone", "expected"),
    [
        (MONDAY, 3, CHICAGO, ((0, -360),)),
        (datetime(2025, 3, 9, 6), 3, CHICAGO, ((0, -360), (120, -300))),
        (datetime(2025, 10, 26), 1, BERLIN, ((0, 120), (60, 60))),
        (MONDAY, 300, "UTC", ((0, 0),)),
    ],
)
def test_local_time_shifts_with_summer_time(
    start: datetime, days: int, zone: str, expected: tuple[tuple[int, int], ...]
) -> None:
    assert shifts(start, days * 1440, zone) == expected


@given(
    st.lists(
        st.tuples(
            st.lists(st.tuples(st.sampled_from("ABCD"), st.integers(0, 5000)), min_size=1, max_size=8), st.booleans()
        ),
        min_size=1,
        max_size=5,
    ),
    st.sets(st.tuples(st.sampled_from("ABC"), st.sampled_from("ABC"))),
)
def test_tokens_go_forward_in_time_and_end_with_their_case(
    cases: list[tuple[list[tuple[str, int]], bool]], edges: set[tuple[str, str]]
) -> None:
    sample = sample_of(
        *(
            case(str(at), *sorted(events, key=lambda event: event[1]), is_open=is_open)
            for at, (events, is_open) in enumerate(cases)
        ),
        hours=6000,
    )
    replay = replay_on(sample, ["A", "B", "C"], edges)
    assert len(replay.tokens) == len(cases)
    for token, (events, is_open) in zip(replay.tokens, cases, strict=True):
        minutes = [minute for _, minute in token.visits]
        assert minutes == sorted(minutes)
        assert all(token.begins <= minute for minute in minutes)
        last = max(hour for _, hour in events) * 60
        assert token.ends == (None if is_open else last)
        assert all(minute <= last for minute in minutes)
    shown = sum(len(token.visits) for token in replay.tokens)
    assert shown + replay.hidden_events == sum(len(events) for events, _ in cases)
