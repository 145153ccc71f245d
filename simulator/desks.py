"""Teams at work: limited people who take jobs first come, first served, and only in their shift."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from typing import TypeVar

import simpy

from simulator.clock import MINUTE, OpenTime, Week, Zone
from simulator.parameters import Scenario
from simulator.staffing import Shift, Team
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

    def join(self, users: list[str], at: int) -> Steps[None]:
        """Have more users work from an instant on."""
        yield self._env.timeout(at - int(self._env.now))
        for user in users:
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
                shift = self._shift(name, place, entity, where)
                for lane in range(lanes):
                    desk = Desk(env, self._hire(team, place, lane), shift, pace, entity.open_time)
                    self._desks[name, lane, place] = desk
                    self._let_join(env, desk, (name, place, lane), entity, where)

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

    def _shift(self, name: str, place: str, entity: Entity, where: Zone) -> OpenTime:
        team = self._scenario.teams[name]
        own = team.at.get(place, Shift())
        week = _week(entity, own, team.shift)
        changed = self._changed(name, place, entity)
        later = None if changed is None else (changed[0], _week(entity, changed[1], own, team.shift))
        return OpenTime(week, where, self._scenario.horizon.start, self._last, later)

    def _changed(self, name: str, place: str, entity: Entity) -> tuple[date, Shift] | None:
        """Return from when a team at a place has another shift, and which."""
        change = self._scenario.change
        if change is None or name not in change.teams:
            return None
        start = change.start_of(entity.entity_id, place)
        return None if start is None else (start, change.teams[name])

    def _hire(self, team: Team, place: str, lane: int) -> list[str]:
        own = team.at.get(place, Shift())
        return self._users(team, place, lane, range(own.people or team.shift.people or 1))

    def _let_join(
        self, env: simpy.Environment, desk: Desk, which: tuple[str, str, int], entity: Entity, where: Zone
    ) -> None:
        name, place, lane = which
        changed, team = self._changed(name, place, entity), self._scenario.teams[name]
        if changed is None or changed[1].people is None:
            return
        present = team.at.get(place, Shift()).people or team.shift.people or 1
        users = self._users(team, place, lane, range(present, changed[1].people))
        env.process(desk.join(users, where.instant(changed[0], 0)))

    def _users(self, team: Team, place: str, lane: int, numbers: range) -> list[str]:
        users = [f"{team.prefix}{place.lower()}{lane + 1:02}{number + 1}" for number in numbers]
        self._world.users.update(dict.fromkeys(users, (team.department, False)))
        return users


def _week(entity: Entity, *shifts: Shift) -> Week:
    """Return the calendar of an entity within the first weekdays and hours that the shifts name."""
    weekdays = next((shift.weekdays for shift in shifts if shift.weekdays), None)
    opens = next((shift.opens for shift in shifts if shift.opens), None)
    closes = next((shift.closes for shift in shifts if shift.closes), None)
    return entity.week.narrowed(weekdays, opens, closes)
