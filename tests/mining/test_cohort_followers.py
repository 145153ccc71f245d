"""Followers, with repeats, equal instants, bounds and resources, on literal logs."""

from __future__ import annotations

import pytest

from mining.cohort import Activities, Cohort, Follower, Not, choose
from mining.log import EventLog
from tests.mining.worlds import log_of

HOUR = 3_600.0


def kept(log: EventLog, rule: Follower) -> str:
    """The ids of the cases that the rule keeps; its never-form keeps exactly the others."""
    never = Follower(
        rule.before, rule.after, f"never_{rule.relation}", rule.min_seconds, rule.max_seconds, rule.resource
    )
    found, others = _ids(log, rule), _ids(log, never)
    assert sorted(found + others) == _ids(log, None)
    assert _ids(log, Not(rule)) == others
    return " ".join(found)


def _ids(log: EventLog, rule: Follower | Not | None) -> list[str]:
    cases = choose(log, Cohort((rule,) if rule else ())).cases
    return [one for (one,) in log.connection.execute(f"select case_id from {cases} order by 1").fetchall()]


@pytest.fixture
def paths() -> EventLog:
    """Cases named by their path, an event an hour."""
    names = ("A", "AB", "ABA", "ACB", "BA", "BCA", "CC", "BAB", "AA")
    return log_of({path: [(one, f"2025-03-01 0{hour}:00") for hour, one in enumerate(path)] for path in names})


def test_directly_is_the_very_next_event(paths: EventLog) -> None:
    assert kept(paths, Follower(("A",), ("B",), "directly")) == "AB ABA BAB"
    assert kept(paths, Follower(("B",), ("A",), "directly")) == "ABA BA BAB"


def test_eventually_is_any_later_event(paths: EventLog) -> None:
    assert kept(paths, Follower(("A",), ("B",), "eventually")) == "AB ABA ACB BAB"
    assert kept(paths, Follower(("B",), ("A",), "eventually")) == "ABA BA BAB BCA"


def test_an_event_does_not_follow_itself(paths: EventLog) -> None:
    assert kept(paths, Follower(("A",), ("A",), "eventually")) == "AA ABA"
    assert kept(paths, Follower(("A",), ("A",), "directly")) == "AA"
    assert kept(paths, Follower(("C",), ("C",), "eventually", max_seconds=HOUR)) == "CC"


def test_either_side_may_be_one_of_several(paths: EventLog) -> None:
    assert kept(paths, Follower(("A", "B"), ("C",), "directly")) == "ACB BCA"
    assert kept(paths, Follower(("C",), ("A", "B"), "eventually")) == "ACB BCA"


def test_never_keeps_cases_without_the_first_activity(paths: EventLog) -> None:
    assert "CC" in _ids(paths, Follower(("A",), ("B",), "never_eventually"))


def test_bounds_are_asked_of_a_pair_and_both_ends_are_in(paths: EventLog) -> None:
    assert kept(paths, Follower(("A",), ("B",), "eventually", max_seconds=HOUR)) == "AB ABA BAB"
    assert kept(paths, Follower(("A",), ("B",), "eventually", min_seconds=2 * HOUR)) == "ACB"
    assert kept(paths, Follower(("A",), ("B",), "eventually", min_seconds=HOUR + 0.000001)) == "ACB"
    assert kept(paths, Follower(("B",), ("B",), "eventually", min_seconds=HOUR, max_seconds=2 * HOUR)) == "BAB"
    assert kept(paths, Follower(("A",), ("B",), "directly", max_seconds=HOUR - 1)) == ""


def test_at_one_instant_the_order_of_the_case_decides() -> None:
    log = log_of(
        {
            "AB": [("A", "2025-03-01 08:00"), ("B", "2025-03-01 08:00")],
            "BA": [("B", "2025-03-01 08:00"), ("A", "2025-03-01 08:00")],
        }
    )
    assert kept(log, Follower(("A",), ("B",), "directly")) == "AB"
    assert kept(log, Follower(("A",), ("B",), "eventually")) == "AB"
    assert kept(log, Follower(("A",), ("B",), "eventually", max_seconds=0)) == "AB"


def test_resources_are_compared_within_the_pair_and_nobody_is_neither() -> None:
    def trace(*who: str | None) -> list[tuple[str, str, dict[str, object]]]:
        pairs = enumerate(zip("ABB", who, strict=False))
        return [(one, f"2025-03-01 0{hour}:00", {"resource": name}) for hour, (one, name) in pairs]

    log = log_of(
        {
            "same": trace("ann", "ann"),
            "different": trace("ann", "bob"),
            "both": trace("ann", "bob", "ann"),
            "nobody": trace("ann", None),
        }
    )
    assert kept(log, Follower(("A",), ("B",), "eventually", resource="same")) == "both same"
    assert kept(log, Follower(("A",), ("B",), "eventually", resource="different")) == "both different"
    assert kept(log, Follower(("A",), ("B",), "directly", resource="same")) == "same"
    assert kept(log, Follower(("A",), ("B",), "directly", resource="different")) == "both different"


def test_a_bound_and_a_resource_hold_for_one_and_the_same_pair() -> None:
    log = log_of(
        {
            "1": [
                ("A", "2025-03-01 00:00", {"resource": "ann"}),
                ("B", "2025-03-01 01:00", {"resource": "bob"}),
                ("B", "2025-03-01 05:00", {"resource": "ann"}),
            ]
        }
    )
    assert kept(log, Follower(("A",), ("B",), "eventually", resource="same", max_seconds=2 * HOUR)) == ""
    assert kept(log, Follower(("A",), ("B",), "eventually", resource="same", max_seconds=5 * HOUR)) == "1"


def test_activities_of_a_case_are_not_those_of_another(paths: EventLog) -> None:
    assert _ids(paths, Activities(all_of=("A", "B", "C"))) == ["ACB", "BCA"]
