"""Teams at work: limited people who take jobs first come, first served, and only in their shift."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from typing import TypeVar

import simpy

from simulator.clock import MINUTE, OpenTime, Zone
from simulator.parameters import Scenario, Shift, Team
from simulator.world import Entity, World

Result = TypeVar("Result")
Steps = Generator[simpy.Event, None, Result]


class Desk:
    """One team: a queue of jobs in front of some users and their shift.

    ``pace`` is the share of their time that the users give to returns; a job takes ``minutes / pace`` of shift time.
    Waits are counted in ``business`` time, the calendar of the entity.
    """

    def __init__(
        self, env: simpy.Environment, users: list[str], shift: OpenTime, pace: float, business: OpenTime
    ) -> None:
        self._env, self._shift, self._pace, self._business = env, shift, pace, business
        self._free = simpy.Store(env)
        self._free.items.extend(users)
        self.waits = 0
        self.waited_seconds = 0

    def pick_up(self) -> Steps[str]:
        """Wait for a free user in shift; the job has begun when this returns that user."""
        asked = int(self._env.now)
        user = str((yield self._free.get()))
        now = int(self._env.now)
        opening = self._shift.next_open(now)
        if opening > now:
            yield self._env.timeout(opening - now)
        self.waits += 1
        self.waited_seconds += self._business.between(asked, int(self._env.now))
        return user

    def finish(self, user: str, minutes: float) -> Steps[None]:
        """Do the work that was picked up and become free again."""
        now = int(self._env.now)
        done = self._shift.add(now, max(1, round(minutes * MINUTE / self._pace)))
        yield self._env.timeout(done - now)
        yield self._free.put(user)

    def do(self, minutes: float) -> Steps[str]:
        """Queue, work and return the user who did it."""
        user = yield from self.pick_up()
        yield from self.finish(user, minutes)
        return user


class Desks:
    """All desks of all lanes. A desk is found by team, lane and place (entity id or site id)."""

    def __init__(
        self, env: simpy.Environment, scenario: Scenario, world: World, lanes: int, pace: float, last: date
    ) -> None:
        self._desks: dict[tuple[str, int, str], Desk] = {}
        self._scenario, self._world, self._last = scenario, world, last
        for name, team in scenario.teams.items():
            for place, entity, where in self._places(team):
                shift = self._shift(team, place, entity, where)
                for lane in range(lanes):
                    users = self._hire(team, place, lane)
                    self._desks[name, lane, place] = Desk(env, users, shift, pace, entity.open_time)

    def desk(self, team: str, lane: int, place: str) -> Desk:
        """Return one desk."""
        return self._desks[team, lane, place]

    def mean_wait_hours(self) -> dict[tuple[str, str], float]:
        """Return the mean wait in business hours for each (team, place), over all lanes."""
        jobs: dict[tuple[str, str], int] = {}
        seconds: dict[tuple[str, str], int] = {}
        for (team, _, place), desk in self._desks.items():
            jobs[team, place] = jobs.get((team, place), 0) + desk.waits
            seconds[team, place] = seconds.get((team, place), 0) + desk.waited_seconds
        return {key: seconds[key] / 3600 / jobs[key] for key in sorted(jobs) if jobs[key]}

    def _places(self, team: Team) -> list[tuple[str, Entity, Zone]]:
        if team.place == "site":
            return [(w.site_id, w.entity, w.zone) for w in self._world.warehouses.values()]
        return [(e.entity_id, e, e.zone) for e in self._world.entities.values()]

    def _shift(self, team: Team, place: str, entity: Entity, where: Zone) -> OpenTime:
        own = team.at.get(place, Shift())
        week = entity.week.narrowed(
            own.weekdays or team.shift.weekdays, own.opens or team.shift.opens, own.closes or team.shift.closes
        )
        return OpenTime(week, where, self._scenario.horizon.start, self._last)

    def _hire(self, team: Team, place: str, lane: int) -> list[str]:
        own = team.at.get(place, Shift())
        people = own.people or team.shift.people or 1
        users = [f"{team.prefix}{place.lower()}{lane + 1:02}{number + 1}" for number in range(people)]
        self._world.users.update(dict.fromkeys(users, (team.department, False)))
        return users
