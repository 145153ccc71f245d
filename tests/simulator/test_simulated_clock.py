from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from simulator.clock import HOUR, OpenTime, Week, zone

NEW_YORK = zone("America/New_York")
OFFICE = Week(dict.fromkeys(range(1, 6), (8 * 60, 17 * 60)), frozenset({date(2025, 7, 4)}))


def instant(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("America/New_York")).timestamp())


@pytest.fixture
def office() -> OpenTime:
    return OpenTime(OFFICE, NEW_YORK, date(2025, 2, 1), date(2025, 12, 31))


def test_work_left_on_friday_is_finished_on_monday(office: OpenTime) -> None:
    assert office.add(instant("2025-06-06T16:00"), 3 * HOUR) == instant("2025-06-09T10:00")


def test_a_holiday_is_closed(office: OpenTime) -> None:
    assert office.next_open(instant("2025-07-04T10:00")) == instant("2025-07-07T08:00")


def test_work_that_ends_at_closing_time_ends_that_day(office: OpenTime) -> None:
    assert office.add(instant("2025-06-06T16:00"), HOUR) == instant("2025-06-06T17:00")


def test_hours_keep_to_the_wall_clock_when_summer_time_begins(office: OpenTime) -> None:
    assert office.between(instant("2025-03-07T17:00"), instant("2025-03-10T09:00")) == HOUR


def test_nothing_passes_backwards(office: OpenTime) -> None:
    assert office.between(instant("2025-06-06T12:00"), instant("2025-06-06T11:00")) == 0


def test_a_narrowed_week_keeps_only_its_days_and_hours() -> None:
    assert OFFICE.narrowed([2, 6], "15:00", "20:00").hours == {2: (15 * 60, 17 * 60)}


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2025, 7, 4), "2025-07-04T17:00"), (date(2025, 6, 7), "2025-06-08T00:00")]
)
def test_a_date_alone_stands_at_closing_or_at_midnight_of_a_closed_weekday(day: date, expected: str) -> None:
    assert OFFICE.closing(NEW_YORK, day) == instant(expected)


def test_the_wall_clock_knows_both_sides_of_a_change() -> None:
    before, after = instant("2025-11-02T00:30"), instant("2025-11-02T12:00")
    assert (NEW_YORK.offset(before), NEW_YORK.offset(after)) == (-4 * HOUR, -5 * HOUR)
