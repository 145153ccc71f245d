"""Log quality: precision, order, clocks, logins and coverage of literal logs."""

from __future__ import annotations

import pytest

from mining.flow import ANY_LOG
from mining.log import EventLog
from mining.log_quality import clock_skews, coverage, shared_logins, stamp_quality, undecidable_pairs
from tests.mining.worlds import Step, log_of


def step(activity: str, at: str, system: str = "erp", resource: str | None = "eve", **more: object) -> Step:
    return activity, at if len(at) > 8 else f"2025-03-03 {at}", {"source_system": system, "resource": resource, **more}


def test_stamps_are_counted_by_activity_and_source() -> None:
    log = log_of(
        {
            "1": [step("a", "08:00"), step("b", "08:00"), step("b", "17:00", ts_precision="day")],
            "2": [step("a", "09:00", "wms", None), step("b", "09:01")],
        }
    )
    assert [
        (one.activity, one.source_system, one.events, one.dates, one.without_resource, one.followed, one.same_instant)
        for one in stamp_quality(log)
    ] == [("a", "erp", 1, 0, 0, 1, 1), ("a", "wms", 1, 0, 1, 1, 0), ("b", "erp", 3, 1, 0, 1, 0)]


def test_what_one_user_writes_in_one_second_is_entered_together() -> None:
    [found] = stamp_quality(log_of({str(case): [step("a", "08:00:07")] for case in range(5)}))
    assert found.entered_together == 5


def test_order_is_undecidable_at_one_instant_and_on_the_day_of_a_date() -> None:
    log = log_of(
        {
            "instant": [step("receive", "08:00"), step("inspect", "08:00")],
            "date": [step("receive", "08:00"), step("inspect", "17:00", ts_precision="day")],
            "date first": [step("receive", "17:00", ts_precision="day"), step("inspect", "18:00")],
            "next day": [step("receive", "08:00"), step("inspect", "2025-03-04 17:00", ts_precision="day")],
            "clear": [step("receive", "08:00"), step("inspect", "08:01")],
        },
        cases={
            name: {"time_zone": "America/New_York"} for name in ("instant", "date", "date first", "next day", "clear")
        },
    )
    [found] = undecidable_pairs(log)
    assert (found.activity, found.next_activity, found.pairs, found.same_instant, found.same_day) == (
        "receive",
        "inspect",
        5,
        1,
        2,
    )
    assert found.share == pytest.approx(0.6)


def test_days_are_those_of_the_place() -> None:
    trace = [step("receive", "2025-03-04 03:00"), step("inspect", "2025-03-04 22:00", ts_precision="day")]
    log = log_of({"1": trace}, cases={"1": {"time_zone": "America/New_York"}})
    assert undecidable_pairs(log) == ()
    assert [one.same_day for one in undecidable_pairs(log, ANY_LOG)] == [1]


def deliveries(minutes_later: list[int], site: str) -> tuple[dict[str, list[Step]], dict[str, dict[str, object]]]:
    traces = {
        f"{site} {number}": sorted(
            [
                step("Delivered To Dock", "2025-03-03 12:00", "tms", None),
                step("Goods Received", f"2025-03-03 {12 + later // 60:02}:{later % 60:02}", "wms", receipt_id="1"),
            ],
            key=lambda one: one[1],
        )
        for number, later in enumerate(minutes_later)
    }
    return traces, {name: {"site": site} for name in traces}


def test_a_clock_that_is_an_hour_behind_is_suspected() -> None:
    behind, behind_cases = deliveries([-50] * 15 + [-30] * 5 + [10] * 5, "202")
    right, right_cases = deliveries([10] * 29 + [-5], "101")
    few, few_cases = deliveries([-50] * 4, "303")
    log = log_of({**behind, **right, **few}, cases={**behind_cases, **right_cases, **few_cases})
    found = {one.site: one for one in clock_skews(log)}
    assert (found["202"].pairs, found["202"].backward, found["202"].offset_hours) == (25, 20, 1)
    assert (found["202"].median_seconds, found["202"].p5_seconds) == (-3000, -3000)
    assert (found["202"].earlier_source, found["202"].later_source) == ("tms", "wms")
    assert (found["101"].backward, found["101"].offset_hours, found["101"].median_seconds) == (1, None, 600)
    assert (found["303"].backward, found["303"].offset_hours) == (4, None)
    assert clock_skews(log, ANY_LOG) == ()


def test_receipts_and_their_postings_are_paired_by_receipt() -> None:
    trace = [
        step("Goods Received", "08:00", "wms", receipt_id="1"),
        step("Receipt Posted", "08:05", "erp", receipt_id="1"),
        step("Receipt Posted", "08:50", "erp", receipt_id="2"),
        step("Goods Received", "09:00", "wms", receipt_id="2"),
    ]
    [found] = clock_skews(log_of({"1": trace}, cases={"1": {"site": "A"}}))
    assert (found.later, found.pairs, found.backward, found.median_seconds) == ("Receipt Posted", 2, 1, -150)


def test_logins_at_work_round_the_clock_or_at_two_sites_at_once_are_shared() -> None:
    clock = [step("a", f"{hour:02}:30", resource="shared") for hour in range(21)]
    robot = [step("a", f"{hour:02}:30", resource="robot", is_automation=True) for hour in range(24)]
    office = [step("a", f"{hour:02}:30", resource="ann") for hour in range(20)]
    here = [step("a", "08:00:00", "wms", "bob"), step("a", "09:00:00", "wms", "bob")]
    there = [step("a", "08:00:40", "wms", "bob"), step("a", "09:02:00", "wms", "bob")]
    log = log_of(
        {"1": [*clock, *robot, *office], "2": here, "3": there},
        cases={"1": {"site": "A"}, "2": {"site": "A"}, "3": {"site": "B"}},
    )
    assert [(one.resource, one.days, one.most_hours, one.jumps) for one in shared_logins(log)] == [
        ("shared", 1, 21, 0),
        ("bob", 0, 0, 1),
    ]
    assert [one.resource for one in shared_logins(log, ANY_LOG)] == ["shared"]


def monthly(counts: dict[int, int]) -> EventLog:
    trace = [
        step("a", f"2025-{month:02}-10 08:{minute:02}") for month, count in counts.items() for minute in range(count)
    ]
    return log_of({"1": trace, "2": [step("b", "2024-12-01 08:00")]})


def test_months_without_events_between_months_with_them_are_gaps() -> None:
    found, rare = coverage(monthly({1: 20, 2: 20, 4: 1, 5: 20}))
    assert [count for _, count in found.months] == [0, 20, 20, 0, 1, 20]
    assert found.months[0][0] == "2024-12"
    assert (found.gaps, found.thin) == (("2025-03",), ("2025-04",))
    assert (rare.activity, rare.gaps) == ("b", ())


def test_rare_activities_have_no_gaps() -> None:
    assert coverage(monthly({1: 2, 4: 1, 5: 3}))[0].gaps == ()


def test_an_empty_log_has_no_quality() -> None:
    log = log_of({}, cases={})
    assert stamp_quality(log) == undecidable_pairs(log, ANY_LOG) == shared_logins(log, ANY_LOG) == coverage(log) == ()
