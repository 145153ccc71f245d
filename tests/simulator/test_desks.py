"""Waiting comes from queues and shifts, never from a draw."""

from __future__ import annotations

from datetime import date

import simpy

from simulator.clock import HOUR, MINUTE, OpenTime, Week, zone
from simulator.desks import Desk, Steps

MONDAY_EIGHT = 1_736_150_400  # 2025-01-06T08:00:00Z
WEEK = Week(dict.fromkeys(range(1, 6), (8 * 60, 16 * 60)), frozenset())
OPEN = OpenTime(WEEK, zone("UTC"), date(2025, 1, 1), date(2025, 3, 1))


def finish_times(people: int, jobs: int, start: int = MONDAY_EIGHT, pace: float = 1.0) -> list[int]:
    env = simpy.Environment(initial_time=start)
    desk = Desk(env, [f"user{number}" for number in range(people)], OPEN, pace, OPEN)
    done: list[int] = []

    def job() -> Steps[None]:
        yield from desk.do(60)
        done.append(int(env.now))

    for _ in range(jobs):
        env.process(job())
    env.run()
    return [moment - start for moment in done]


def test_one_person_does_one_job_after_the_other() -> None:
    assert finish_times(people=1, jobs=3) == [HOUR, 2 * HOUR, 3 * HOUR]


def test_more_people_leave_less_waiting() -> None:
    assert finish_times(people=3, jobs=3) == [HOUR, HOUR, HOUR]


def test_the_ninth_hour_of_work_is_done_on_the_next_day() -> None:
    assert finish_times(people=1, jobs=9)[-1] == 25 * HOUR


def test_work_that_comes_at_night_waits_for_the_morning() -> None:
    assert finish_times(people=1, jobs=1, start=MONDAY_EIGHT - 5 * HOUR) == [6 * HOUR]


def test_half_of_the_time_makes_a_job_take_twice_as_long() -> None:
    assert finish_times(people=1, jobs=1, pace=0.5) == [120 * MINUTE]
