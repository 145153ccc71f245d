"""What is said of the time of returns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from dashboards.time.bottlenecks import bar_of, what_counts, worst
from dashboards.time.clock import unit_of
from dashboards.time.page import whole_way
from dashboards.time.queue import busiest, littles_law
from dashboards.time.segments import left_out, parts_of, way_of, whole_of
from dashboards.time.week import crowding_in_words, in_batches, sample
from mining.batching import BatchedActivity
from mining.bottlenecks import Bottleneck
from mining.queues import FlowBalance, QueueDay
from mining.segments import Decomposition, Segment
from mining.week import Concentration, WeekHour
from pipeline import formats

HOUR = 3600.0


def plain(words: str) -> str:
    return words.replace(formats.SPACE, " ")


def segment(title: str, hours: int, share: float, absent: int = 0) -> Segment:
    micros = hours * 3_600_000_000
    return Segment(
        title.lower(), title, 4.0, 4 - absent, 0, 1, 3 * micros, micros, None, 7200.0, None, None, None, 3600.0, None,
        None, 2, 0, 0, 1, absent, share, share,
    )  # fmt: skip


WHOLE = Decomposition(
    4, 3 * 80 * 3_600_000_000, 80 * 3_600_000_000, (segment("Approval", 20, 0.25), segment("Credit", 60, 0.75, 1))
)
ONE = Bottleneck(
    "Credit Posted", "Finance", "102", None, 10, 1.0, 4 * HOUR, 1.0, 1.0, 4 * HOUR, False, 5, 120 * HOUR, 0.6,
    1_200_000.0, 0, 3, 6 * HOUR, 2, 1,
)  # fmt: skip


def test_segments_in_business_days() -> None:
    way = way_of(WHOLE, unit_of("business", [8 * HOUR]), 4)
    assert way
    assert [(part.length, plain(part.words)) for part in parts_of(way)] == [
        (0.625, "0.6 d · 25 %"),
        (1.875, "1.9 d · 75 %"),
    ]
    assert sum(part.length for part in parts_of(way)) == whole_of(way).length == 2.5
    assert plain(whole_way(way)) == (
        "A return takes 2.5 business days from request to close on average (4 closed); "
        "Credit is the longest part with 75 %."
    )
    assert plain(parts_of(way)[0].details[1]) == "1 took longer than the target of 4.0 business hours"


def test_segments_in_hours_where_days_differ_and_in_elapsed_days() -> None:
    hours, elapsed = unit_of("business", [7 * HOUR, 8 * HOUR]), unit_of("elapsed", [])
    way = way_of(WHOLE, hours, 4)
    assert way and plain(whole_of(way).words) == "20.0 h"  # noqa: PT018
    way = way_of(WHOLE, elapsed, 4)
    assert way and plain(whole_of(way).words) == "2.5 d"  # noqa: PT018


def test_returns_without_a_calendar_are_not_averaged() -> None:
    way = way_of(WHOLE, unit_of("business", [8 * HOUR]), 2)
    assert way
    assert whole_of(way).length == 5.0
    assert "2 closed returns have no business calendar" in left_out(way)
    assert "milestone (1 in all)" in left_out(way)
    assert "Left out: 4 returns still on their way, 2 declined or cancelled." in left_out(way)
    assert way_of(WHOLE, unit_of("business", []), 0) is None
    assert whole_way(None) == "No return is closed here."


def test_worst_bottleneck_in_plain_words() -> None:
    assert plain(worst([ONE])) == (
        "The worst bottleneck is waiting for Credit Posted (Finance, site 102): 60 % of all time waited beyond the "
        "usual, 120 business hours in 5 waits."
    )
    assert worst([]) == worst([replace(ONE, excess_seconds=0.0)]) == "No step is waited for longer than usual."


def test_a_bar_says_hours_or_money() -> None:
    assert plain(bar_of(ONE, "hours", "USD").words) == "120 h · 60 %"
    bar = bar_of(ONE, "money", "USD")
    assert (bar.value, plain(bar.words)) == (1_200_000.0, "USD-days 1.2 M")
    assert plain(bar.details[0]) == "5 of 10 waits longer than the step's median of 4.0 business hours"


def test_ranking_says_what_is_hidden_and_left_out() -> None:
    many = [replace(ONE, excess_share=0.08)] * 10 + [replace(ONE, excess_share=0.1)] * 2
    said = plain(what_counts(many, many))
    assert said.startswith("The 10 largest of 12; the others hold 20 % of the hours.")
    assert "36 waits within a department (72.0 business hours in all" in said
    assert "24 over a stage without a stamp, 12 after the close." in said
    assert plain(what_counts([ONE], [ONE])).startswith("Always in business time.")


def test_littles_law_is_said_once_something_has_left() -> None:
    balance = FlowBalance(
        None, datetime(2025, 1, 1), datetime(2025, 2, 1), 0, 62, 50, 12, 22, 20.5, 2.0, 10.0, 20.0, -0.0244, None, None
    )
    said = plain(littles_law([balance]))
    assert "2.0 a day arrive and those that left stayed 10.0 days (elapsed), which makes 20 in progress" in said
    assert "20 were there on average, a gap of 2.4 %" in said
    assert littles_law([replace(balance, expected_in_progress=None)]) == littles_law([]) == ""


def test_the_busiest_day_is_named() -> None:
    days = [QueueDay(date(2025, 1, 1), 3, 0, 3), QueueDay(date(2025, 1, 2), 2, 1, 4)]
    assert "n 5 arrivals, 1 departures. Most: 4 on 2 Jan 2025." in busiest(days)


CROWDED = Concentration(
    "Return Closed", "weekday", 100, 0, (0,) * 7, (0.0,) * 7, 0.0, 0.8, (5,), 0.55, 0.2, is_concentrated=True
)


@pytest.mark.parametrize(
    ("found", "end"), [(1, "evenly 20 %)."), (4, "; so does 1 more step."), (5, "; so do 2 more steps.")]
)
def test_crowding_names_the_strongest(found: int, end: str) -> None:
    said = plain(crowding_in_words([CROWDED] * found))
    assert "Return Closed on Friday (55 % of 100; evenly 20 %)" in said
    assert said.endswith(f"{end} Evenly is what the working days would make it.")


def test_an_even_week_is_said() -> None:
    assert crowding_in_words([replace(CROWDED, is_concentrated=False)]).startswith("No step crowds")


def test_batches_and_dates_alone() -> None:
    batch = BatchedActivity("Return Closed", 100, 40, 0.4, 6, 6, 12)
    assert "40 % of it is done in 6 batches of 5 returns or more" in plain(in_batches([batch], "Return Closed"))
    assert in_batches([batch], "Other").startswith("None of it")
    dated, timed = WeekHour("Return Closed", 1, None, 3), WeekHour("Return Closed", 1, 9, 4)
    assert "all with a date alone" in sample([dated], "Return Closed")
    assert "3 have a date alone" in sample([dated, timed], "Return Closed")
