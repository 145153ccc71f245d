"""Who hands work to whom, how long it waits, how often it comes back, and whose names are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import combinations, pairwise

import pandas as pd
import pm4py
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mining.handoffs import Handoff, handoffs, handover_of_work, touch_points, working_together
from mining.log import EventLog
from tests.mining.worlds import Step, log_of

HOUR = 3_600_000_000
START = datetime(2026, 1, 5, 8)
NAMED = st.lists(st.lists(st.sampled_from(["Ann", "Bob", "Cy"]), min_size=1, max_size=7), min_size=1, max_size=8)
OWNERS = st.lists(st.lists(st.sampled_from(["Ann", "Bob", "Cy", None]), min_size=1, max_size=7), max_size=8)


def trace(owners: Sequence[str | None], column: str = "resource") -> list[Step]:
    """One event an hour, each of the next owner."""
    return [
        ("Work", f"{START + timedelta(hours=hour):%Y-%m-%d %H:%M}", {column: owner, "business_micros": hour * HOUR})
        for hour, owner in enumerate(owners)
    ]


def owned(traces: Sequence[Sequence[str | None]], column: str = "resource") -> EventLog:
    """A log of the owners of its events."""
    return log_of({f"{number}": trace(owners, column) for number, owners in enumerate(traces)})


def counted(found: Sequence[Handoff]) -> dict[tuple[str, str], tuple[int, int, int, int]]:
    """Frequency, cases, bounces and ping-pongs of each pair."""
    return {
        (one.from_name, one.to_name): (one.frequency, one.cases, one.bounced, one.ping_pong) for one in found
    }  # fmt: skip


def test_work_that_goes_to_and_fro_is_found_every_time() -> None:
    found = handoffs(owned(["ABABAB"]), "resource", fewest_cases=0)
    assert counted(found) == {("A", "B"): (3, 1, 2, 2), ("B", "A"): (2, 1, 2, 2)}


def test_work_that_comes_back_later_bounces_without_ping_pong() -> None:
    found = handoffs(owned(["ABBA", "ABCA"]), "resource", fewest_cases=0)
    assert counted(found)["A", "B"] == (2, 2, 1, 0)


def test_work_whose_next_owner_is_unknown_does_not_bounce() -> None:
    found = handoffs(owned([["A", "B", None, "C", "A"]]), "resource", fewest_cases=0)
    assert counted(found) == {("A", "B"): (1, 1, 0, 0), ("C", "A"): (1, 1, 0, 0)}


def test_waits_and_waiting_value_stand_at_the_handoff() -> None:
    log = log_of(
        {"1": trace("AAB", "department"), "2": trace("AB", "department"), "3": trace("AB", "department")},
        cases={"1": {"return_value": 240.0}, "2": {"return_value": 24.0}},
    )
    [one] = handoffs(log, "department", value="return_value")
    assert (one.median_seconds, one.p90_seconds, one.total_seconds) == (3600.0, 3600.0, 10800.0)
    assert (one.median_business_seconds, one.total_business_seconds) == (3600.0, 10800.0)
    assert one.value_days == pytest.approx(11.0)
    assert handoffs(log, "department")[0].value_days is None
    assert one.bounced_share == 0.0


def test_resources_of_few_cases_are_one_group() -> None:
    traces = [["Ann", "Bob"]] * 5 + [["Ann", "Rare", "Seldom", "Ann"]]
    found = handoffs(owned(traces), "resource")
    group = "fewer than 5 cases"
    assert counted(found) == {
        ("Ann", "Bob"): (5, 5, 0, 0),
        ("Ann", group): (1, 1, 0, 0),
        (group, group): (1, 1, 0, 0),
        (group, "Ann"): (1, 1, 0, 0),
    }
    answers = (*found, *handover_of_work(owned(traces), "resource"), *working_together(owned(traces), "resource"))
    assert "Rare" not in str(answers)
    assert "Seldom" not in str(answers)
    assert "Rare" in str(handoffs(owned(traces), "resource", fewest_cases=0))
    assert "Rare" in str(handoffs(owned(traces, "department"), "department"))


def test_touch_points_count_visits_and_systems() -> None:
    log = owned([["erp", "erp", "wms", "erp"], ["crm"], [None]], "source_system")
    found = touch_points(log)
    assert (found.visits, found.systems) == (((1, 1), (3, 1)), ((1, 1), (2, 1)))
    assert (found.mean_visits, found.mean_systems) == (2.0, 1.5)
    assert touch_points(log_of({})).mean_visits is None


@settings(deadline=None, max_examples=15)
@given(OWNERS)
def test_handoffs_are_changes_of_owner(traces: list[list[str | None]]) -> None:
    expected: Counter[tuple[str, str]] = Counter()
    bounced: Counter[tuple[str, str]] = Counter()
    for owners in traces:
        changes = [(at, a, b) for at, (a, b) in enumerate(pairwise(owners)) if a and b and a != b]
        expected.update((a, b) for _, a, b in changes)
        bounced.update((a, b) for (_, a, b), (_, c, d) in pairwise(changes) if (c, d) == (b, a))
    found = handoffs(owned(traces), "resource", fewest_cases=0)
    assert {(one.from_name, one.to_name): one.frequency for one in found} == expected
    assert {(one.from_name, one.to_name): one.bounced for one in found if one.bounced} == bounced
    mart = [row for row in owned(traces).rows("handoffs") if row[0] == "resource"]
    assert [row[1:5] for row in mart] == [(one.from_name, one.to_name, one.frequency, one.cases) for one in found]


@settings(deadline=None, max_examples=15)
@given(NAMED.map(lambda traces: [["Ann", "Bob"], *traces]))
def test_social_networks_are_those_of_pm4py(traces: list[list[str]]) -> None:
    log, frame = owned(traces), frame_of(traces)
    network = pm4py.discover_handover_of_work_network(frame, beta=0).connections
    ours = {(one.from_name, one.to_name): one.share for one in handover_of_work(log, "resource", 0)}
    assert ours == pytest.approx(network)
    joint = pm4py.discover_working_together_network(frame).connections
    together = {(one.one_name, one.other_name): one.cases / len(frame) for one in working_together(log, "resource", 0)}
    assert together | {(b, a): share for (a, b), share in together.items()} == pytest.approx(joint)


@given(NAMED)
@settings(deadline=None, max_examples=15)
def test_pairs_work_together_in_the_cases_they_share(traces: list[list[str]]) -> None:
    expected = Counter(pair for owners in traces for pair in combinations(sorted(set(owners)), 2))
    found = working_together(owned(traces), "resource", 0)
    assert {(one.one_name, one.other_name): one.cases for one in found} == expected


def frame_of(traces: Sequence[Sequence[str]]) -> pd.DataFrame:
    """The same log as pm4py wants it."""
    return pd.DataFrame(
        [
            {
                "case:concept:name": f"{number}",
                "concept:name": "Work",
                "time:timestamp": pd.Timestamp(START + timedelta(hours=hour), tz="UTC"),
                "org:resource": owner,
            }
            for number, owners in enumerate(traces)
            for hour, owner in enumerate(owners)
        ]
    )
