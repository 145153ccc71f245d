"""What every step of a simulated return shares: the clock, the desks, the books, the draws."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from math import log
from random import Random

import simpy

from simulator.clock import HOUR, MINUTE
from simulator.contacts import Attempt, Case, Message
from simulator.desks import Desk, Desks, Steps
from simulator.documents import Books, Change, Return
from simulator.parameters import Scenario
from simulator.plans import Plan
from simulator.terms import Terms, TermsByPlace
from simulator.world import World

_SPREAD = 0.5
_RETRY_SECONDS = (5 * MINUTE, 25 * MINUTE)


class Numbers:
    """Running numbers by prefix: ``CM00000001``, ``CM00000002``, ..."""

    def __init__(self) -> None:
        self._counter: Counter[str] = Counter()

    def next(self, prefix: str, width: int = 8) -> str:
        """Return the next number of a prefix."""
        self._counter[prefix] += 1
        return f"{prefix}{self._counter[prefix]:0{width}}"


@dataclass
class Simulation:
    """The running simulation."""

    env: simpy.Environment
    scenario: Scenario
    world: World
    desks: Desks
    books: Books
    terms: TermsByPlace
    numbers: Numbers = field(default_factory=Numbers)

    @property
    def now(self) -> int:
        """The simulated instant."""
        return int(self.env.now)


@dataclass
class Flow:
    """One return on its way: its plan, its own random numbers, its documents as far as they exist."""

    sim: Simulation
    plan: Plan
    random: Random
    case: Case | None = None
    open_work: list[simpy.Process] = field(default_factory=list)

    @property
    def now(self) -> int:
        """The simulated instant."""
        return self.sim.now

    @property
    def terms(self) -> Terms:
        """The parameters in force for this return now."""
        return self.sim.terms.at(self.plan.site.site_id, self.sim.now)

    def happens(self, probability: float) -> bool:
        """Draw whether something happens."""
        return self.random.random() < probability

    def minutes(self, task: str) -> float:
        """Draw the minutes of work of a task: lognormal about the scenario's mean."""
        mean = self.terms.work_minutes[task]
        return self.random.lognormvariate(log(mean) - _SPREAD**2 / 2, _SPREAD)

    def seconds(self, mean_hours: float) -> int:
        """Draw how long an outside party takes: lognormal about a mean, in whole seconds."""
        return round(self.random.lognormvariate(log(mean_hours) - _SPREAD**2 / 2, _SPREAD) * HOUR) + 1

    def desk(self, team: str) -> Desk:
        """Return the desk of a team that serves this return."""
        per_site = self.sim.scenario.teams[team].place == "site"
        place = self.plan.site.site_id if per_site else self.plan.customer.entity.entity_id
        return self.sim.desks.desk(team, self.plan.lane, place)

    def work(self, team: str, task: str) -> Steps[str]:
        """Have a task done by a team; return who did it."""
        return (yield from self.desk(team).do(self.minutes(task)))

    def wait(self, seconds: int) -> Steps[None]:
        """Let clock time pass."""
        yield self.sim.env.timeout(seconds)

    def wait_open(self, seconds: int) -> Steps[None]:
        """Let open hours of the entity's calendar pass, and end in an open hour."""
        hours = self.plan.customer.entity.open_time
        yield self.sim.env.timeout(hours.next_open(hours.add(self.now, seconds)) - self.now)

    def change(self, document: Return, status: str, by: str) -> None:
        """Write a status change of the return."""
        before = document.changes[-1].to_status if document.changes else None
        document.changes.append(Change(self.sim.numbers.next("", 9), before, status, self.now, by))

    def notify(self, message_type: str) -> None:
        """Have the customer told, by a system within minutes or by customer service when they get to it."""
        if self.case is not None and self.happens(self.terms.behaviour.notice_sent):
            self.sim.env.process(
                self._notify(self.case, message_type, self.happens(self.terms.behaviour.notice_automatic))
            )

    def _notify(self, case: Case, message_type: str, automatic: bool) -> Steps[None]:
        if automatic:
            yield from self.wait(self.random.randrange(20, 15 * MINUTE))
        else:
            yield from self.work("customer_service", "answer")
        case.messages.append(Message(self.sim.numbers.next("M", 9), "outbound", message_type, self.now))

    def integrate(self, document: Return, interface: str) -> Steps[None]:
        """Pass a document through the middleware: minutes, and now and then some failed attempts before it works."""
        yield from self.wait(self.seconds(self.terms.outside.interface))
        message_id = self.sim.numbers.next("MW", 9)
        failures = self.random.randint(1, 2) if self.happens(self.terms.behaviour.message_retried) else 0
        for attempt in range(1, failures + 1):
            error = self.random.choice(("TIMEOUT", "LOCKED", "HTTP 503"))
            document.attempts.append(Attempt(message_id, attempt, interface, "failed", self.now, error))
            yield from self.wait(self.random.randrange(*_RETRY_SECONDS))
        document.attempts.append(Attempt(message_id, failures + 1, interface, "ok", self.now, None))
