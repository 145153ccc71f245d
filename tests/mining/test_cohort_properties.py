"""Random cohorts on random small logs: the SQL answers as plain Python does."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from mining.cohort import (
    Activities,
    And,
    Attribute,
    Cohort,
    Duration,
    Endpoints,
    EventCount,
    Follower,
    FrequentVariants,
    Not,
    Or,
    Period,
    Rule,
    State,
    TrimToEndpoints,
    TrimToPeriod,
    choose,
    funnel,
    sentence,
)
from mining.cohort.form import Step
from mining.log import EventLog
from tests.mining.cohort_oracle import Case, Event, choose_plainly
from tests.mining.worlds import log_of

LETTERS = "ABCD"
START = datetime(2025, 3, 8, 18)
SOME = settings(max_examples=25, deadline=None)

letters = st.lists(st.sampled_from(LETTERS), min_size=1, max_size=2).map(tuple)
maybe_letters = st.lists(st.sampled_from(LETTERS), max_size=2).map(tuple)
days = st.dates(date(2025, 3, 7), date(2025, 3, 13))
numbers = st.sampled_from([0.0, 0.25, 0.5, 1.0, 1.5, 2.0])


def bounds(values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, Any]]:
    """Two bounds in order, at least one of them given."""
    both = st.tuples(values, values).map(lambda pair: (min(pair), max(pair)))
    return both | values.map(lambda low: (low, None)) | values.map(lambda high: (None, high))


periods = bounds(days).filter(lambda pair: pair[0] != pair[1])
relations = st.sampled_from(["directly", "eventually", "never_directly", "never_eventually"])
lags = st.just((None, None)) | bounds(numbers.map(lambda number: number * 21_600))
follower = st.tuples(letters, letters, relations, lags, st.sampled_from([None, "same", "different"]))
endpoints = st.tuples(maybe_letters, maybe_letters).filter(any)
wanted = st.tuples(maybe_letters, maybe_letters, maybe_letters).filter(any)
leaves: st.SearchStrategy[Rule] = st.one_of(
    st.builds(
        lambda mode, ends: Period(mode, *ends),
        st.sampled_from(["contained", "intersecting", "started", "completed"]),
        periods,
    ),
    st.builds(
        lambda values, keep: Attribute("site", tuple(values), keep),
        st.lists(st.sampled_from(["101", "202", None]), min_size=1, max_size=2),
        st.booleans(),
    ),
    st.builds(
        lambda measure, unit, ends: Duration(measure, unit, *ends),
        st.sampled_from(["cycle_time", "waiting", "longest_wait"]),
        st.sampled_from(["days", "business_days"]),
        bounds(numbers),
    ),
    bounds(st.integers(0, 4)).map(lambda ends: EventCount(*ends)),
    endpoints.map(lambda ends: Endpoints(*ends)),
    wanted.map(lambda names: Activities(*names)),
    follower.map(lambda parts: Follower(parts[0], parts[1], parts[2], *parts[3], parts[4])),
    st.sampled_from([0.1, 0.25, 0.5, 0.8, 1.0]).map(FrequentVariants),
    st.just(State(("open",))),
)
rules: st.SearchStrategy[Rule] = st.recursive(
    leaves,
    lambda inner: (
        inner.map(Not)
        | st.lists(inner, min_size=1, max_size=3).map(lambda parts: And(tuple(parts)))
        | st.lists(inner, min_size=1, max_size=3).map(lambda parts: Or(tuple(parts)))
    ),
    max_leaves=4,
)
occurrences = st.sampled_from(["first", "last"])
cuts: st.SearchStrategy[Step] = periods.map(lambda ends: TrimToPeriod(*ends)) | st.builds(
    lambda ends, first, last: TrimToEndpoints(*ends, first, last), endpoints, occurrences, occurrences
)
cohorts = st.lists(rules | rules | cuts, max_size=3).map(lambda steps: Cohort(tuple(steps)))


@st.composite
def worlds(draw: st.DrawFn) -> list[Case]:
    """Up to six cases of up to five events, six hours or nothing apart, around a change of the clocks."""
    cases = []
    for number in range(draw(st.integers(0, 6))):
        instant, events = START + timedelta(hours=draw(st.integers(0, 60))), []
        for _ in range(draw(st.integers(1, 5))):
            opened = (instant - START) // timedelta(microseconds=3)
            who = draw(st.sampled_from(["ann", "bob", None]))
            events.append(Event(draw(st.sampled_from(LETTERS)), instant, who, opened))
            instant += timedelta(hours=draw(st.sampled_from([0, 6, 12, 24])))
        zone = draw(st.sampled_from(["America/New_York", "Europe/Berlin", None]))
        site, standard_day = draw(st.sampled_from(["101", "202", None])), draw(st.sampled_from([28_800.0, None]))
        cases.append(Case(str(number), tuple(events), site, zone, draw(st.booleans()), standard_day))
    return cases


def log_of_cases(cases: list[Case]) -> EventLog:
    """The cases as a log; every letter is known to it."""
    log = log_of(
        {
            case.case_id: [
                (event.activity, str(event.at), {"resource": event.resource, "business_micros": event.business_micros})
                for event in case.events
            ]
            for case in cases
        },
        cases={
            case.case_id: {
                "site": case.site,
                "time_zone": case.zone,
                "is_open": case.is_open,
                "standard_day_seconds": case.standard_day,
            }
            for case in cases
        },
    )
    log.connection.execute("create schema staging")
    log.connection.execute(f"create table staging.activities as select unnest({list(LETTERS)}) as activity")
    for column, kind in (("site", "varchar"), ("time_zone", "varchar"), ("standard_day_seconds", "double")):
        log.connection.execute(f"alter table event_log.cases add column if not exists {column} {kind}")
        log.connection.execute(f"alter table event_log.cases alter column {column} type {kind}")
    return log


def answer(log: EventLog, cohort: Cohort) -> dict[str, list[tuple[str, datetime]]]:
    """Each chosen case with its events in order; its row among the cases agrees with them."""
    chosen = choose(log, cohort)
    rows = log.connection.execute(
        f"select case_id, activity, event_at, next_activity from {chosen.events} order by case_id, case_position"
    ).fetchall()
    found: dict[str, list[tuple[str, datetime]]] = {}
    for case_id, activity, event_at, _ in rows:
        found.setdefault(case_id, []).append((activity, event_at))
    cases = log.connection.execute(
        f"select case_id, variant, started_at, ended_at, events from {chosen.cases}"
    ).fetchall()
    assert {row[0]: row[1:] for row in cases} == {
        case_id: (" > ".join(name for name, _ in events), events[0][1], events[-1][1], len(events))
        for case_id, events in found.items()
    }
    assert sum(row[3] is not None for row in rows) == len(rows) - len(cases)
    return found


def plain_answer(cases: list[Case], cohort: Cohort) -> dict[str, list[tuple[str, datetime]]]:
    """The same from the oracle."""
    chosen = choose_plainly(cases, cohort.steps)
    return {case.case_id: [(event.activity, event.at) for event in case.events] for case in chosen}


@SOME
@given(worlds(), cohorts)
def test_sql_answers_as_plain_python_does(cases: list[Case], cohort: Cohort) -> None:
    assert answer(log_of_cases(cases), cohort) == plain_answer(cases, cohort)


@SOME
@given(worlds(), rules)
def test_a_rule_and_its_negation_share_out_the_cases(cases: list[Case], rule: Rule) -> None:
    log = log_of_cases(cases)
    kept, dropped = (set(answer(log, Cohort((one,)))) for one in (rule, Not(rule)))
    assert kept | dropped == {case.case_id for case in cases}
    assert not kept & dropped


@SOME
@given(worlds(), cohorts)
def test_the_funnel_counts_what_each_step_leaves(cases: list[Case], cohort: Cohort) -> None:
    steps = funnel(log_of_cases(cases), cohort)
    left = [choose_plainly(cases, cohort.steps[:number]) for number in range(len(cohort.steps) + 1)]
    counts = [(len(some), sum(case.is_open for case in some)) for some in left]
    assert [(step.cases_in, step.open_in) for step in steps] == counts[:-1]
    assert [(step.cases_out, step.open_out) for step in steps] == counts[1:]


@given(cohorts)
def test_cohorts_come_back_from_json_and_from_an_address(cohort: Cohort) -> None:
    again = Cohort.from_json(cohort.to_json())
    assert again == cohort
    assert (again.to_json(), again.digest, hash(again)) == (cohort.to_json(), cohort.digest, hash(cohort))
    assert Cohort.from_url(cohort.to_url()) == cohort


@given(cohorts)
def test_every_cohort_has_a_sentence(cohort: Cohort) -> None:
    text = sentence(cohort)
    assert text.endswith(".")
    assert text[0].isupper()
    assert "None" not in text
    assert "  " not in text
