"""What each return is about, drawn before anything flows: who, what, why, when, and which fate it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random

from simulator.clock import DAY, HOUR
from simulator.demand_by_day import WEEKEND_ACCEPTED, Demand, weighted
from simulator.papers import OrderLine
from simulator.parameters import Scenario
from simulator.world import Customer, Entity, Product, Warehouse, World

STALLS = ("approved", "received", "inspected")


@dataclass(frozen=True)
class PlannedLine:
    """A line to be returned; ``reason`` is a standard code."""

    order_line: OrderLine
    quantity: int
    reason: str
    is_planted: bool


@dataclass(frozen=True)
class Plan:
    """One return to be.

    ``fate`` is normal, declined, cancelled, never_ships, field_scrap, or stalls:<stage>; ``twin_of`` is the number of
    the plan whose goods it asks for again, ``twin_kind`` why (duplicate, remainder, cancelled). Its customer takes
    ``slowness`` times as long as others to ship.
    """

    number: int
    lane: int
    site: Warehouse
    customer: Customer
    channel: str
    requested_at: int
    resolution: str
    lines: tuple[PlannedLine, ...]
    fate: str
    advance_credit: bool
    seed: str
    slowness: float = 1.0
    twin_of: int | None = None
    twin_kind: str | None = None


def count(rate: float, returns: int) -> int:
    """Return how many of a number of returns a rate asks for: at least one when it is above zero."""
    return max(1, round(rate * returns)) if rate > 0 else 0


class Planner:
    """Draws the plans of a scenario."""

    def __init__(self, scenario: Scenario, world: World, returns: int, days: int, seed: int) -> None:
        self._scenario, self._world, self._returns, self._seed = scenario, world, returns, seed
        self._days = days
        self._lanes = max(1, round(returns / scenario.volume.lane_returns))
        self._random = Random(f"{seed}:plans")
        self._orders = 0
        cause = scenario.root_cause
        self._planted = [p for p in world.products if cause and p.supplier.supplier_id == cause.supplier_id]
        self._demand = Demand(scenario, days, seed)

    @property
    def lanes(self) -> int:
        """The number of lanes, see Volume."""
        return self._lanes

    def plans(self) -> list[Plan]:
        """Return all plans, by the time they are requested; twins of earlier ones among them."""
        kinds = list(self._twin_kinds())
        plans = [self._plan(number) for number in range(max(1, self._returns - len(kinds)))]
        candidates = [plan for plan in plans if self._is_ordinary(plan)]
        self._random.shuffle(candidates)
        for plan, kind in zip(candidates, kinds, strict=False):
            plans.append(self._twin(plan, kind, len(plans)))
        stalled = candidates[len(kinds) :][: self._stalls()]
        for position, plan in enumerate(stalled):
            plans[plan.number] = replace(plan, fate=f"stalls:{STALLS[position % len(STALLS)]}")
        return sorted(plans, key=lambda plan: (plan.requested_at, plan.number))

    def _twin_kinds(self) -> Iterator[str]:
        faults, decoys = self._scenario.faults, self._scenario.decoys
        yield from ["duplicate"] * count(faults.get("duplicate_return", 0), self._returns)
        for _ in range(count(decoys.get("duplicate_return", 0), self._returns)):
            yield "remainder"
            yield "cancelled"

    def _stalls(self) -> int:
        faults, decoys = self._scenario.faults, self._scenario.decoys
        return sum(count(rates.get("stale_return", 0), self._returns) for rates in (faults, decoys))

    def _is_ordinary(self, plan: Plan) -> bool:
        """Whether a plan may have a twin or stall: nothing else is special, and time enough is left."""
        latest = self._start(plan.customer.entity) + round(self._days * 0.7) * DAY
        return plan.fate == "normal" and not plan.advance_credit and plan.requested_at < latest

    def _start(self, entity: Entity) -> int:
        return entity.zone.instant(self._scenario.horizon.start, 0)

    def _plan(self, number: int) -> Plan:
        random = Random(f"{self._seed}:plan:{number}")
        day = self._demand.day(number)
        mix = self._demand.mix(day)
        site = self._world.warehouses[weighted(random, mix.sites)]
        customer = random.choice(self._world.customers[site.entity.entity_id])
        channel = weighted(random, mix.channels)
        requested_at = self._requested_at(random, site.entity, channel, day)
        lines = self._lines(random, customer, requested_at, mix.reasons)
        return Plan(
            number=number,
            lane=number % self._lanes,
            site=site,
            customer=customer,
            channel=channel,
            requested_at=requested_at,
            resolution=weighted(random, self._scenario.resolutions),
            lines=lines,
            fate=self._fate(random),
            advance_credit=random.random() < self._scenario.behaviour.advance_credit,
            seed=f"{self._seed}:return:{number}",
            slowness=self._demand.slowness(number, channel),
        )

    def _requested_at(self, random: Random, entity: Entity, channel: str, day: int | None) -> int:
        """Draw a moment, of a given day or of any: fewer at weekends, by telephone in open hours, by EDI at night."""
        midnight = self._start(entity) + (day or 0) * DAY
        while day is None:
            midnight = self._start(entity) + random.randrange(self._days) * DAY
            weekend = entity.zone.local_date(midnight + 12 * HOUR).isoweekday() > 5
            if not weekend or random.random() < WEEKEND_ACCEPTED:
                break
        hour = random.uniform(0, 24) if channel == "edi" else random.triangular(6.5, 21, 12)
        moment = midnight + round(hour * HOUR)
        return entity.open_time.next_open(moment) if channel == "phone" else moment

    def _fate(self, random: Random) -> str:
        behaviour = self._scenario.behaviour
        weights = {
            "declined": behaviour.declined,
            "cancelled": behaviour.cancelled,
            "never_ships": behaviour.never_ships,
            "field_scrap": behaviour.field_scrap,
        }
        return weighted(random, {**weights, "normal": max(0.0, 1 - sum(weights.values()))})

    def _lines(
        self, random: Random, customer: Customer, requested_at: int, reasons: Mapping[str, float]
    ) -> tuple[PlannedLine, ...]:
        self._orders += 1
        order_id = f"SO-{customer.entity.entity_id}-{self._orders:07}"
        ordered_at = requested_at - random.randrange(6 * DAY, 28 * DAY)
        sizes = {str(size): share for size, share in enumerate(self._scenario.volume.lines, 1)}
        lines: dict[str, PlannedLine] = {}
        for position in range(int(weighted(random, sizes))):
            product, reason, is_planted = self._product(random, reasons)
            if product.sku in lines:
                continue
            quantity = random.randint(1, self._scenario.volume.largest_quantity)
            sold = quantity + random.choice((0, 0, 1, 3))
            price = product.price(self._world.reference, customer.entity.currency, self._scenario.horizon.start)
            shipped_at = ordered_at + random.randrange(1, 4) * DAY
            order_line = OrderLine(
                order_id, str((position + 1) * 10), customer, product, sold, price, ordered_at, shipped_at
            )
            lines[product.sku] = PlannedLine(order_line, quantity, reason, is_planted)
        return tuple(lines.values())

    def _product(self, random: Random, reasons: Mapping[str, float]) -> tuple[Product, str, bool]:
        """Draw product and reason; some returns are of the planted root cause."""
        cause = self._scenario.root_cause
        if cause and self._planted and random.random() < cause.share:
            return random.choice(self._planted), cause.reason, True
        product, reason = random.choice(self._world.products), weighted(random, reasons)
        is_planted = cause is not None and product.supplier.supplier_id == cause.supplier_id and reason == cause.reason
        return product, reason, is_planted

    def _twin(self, plan: Plan, kind: str, number: int) -> Plan:
        """Return the plan of a second return of the first line's goods, hours to days later, by another channel."""
        first = plan.lines[0]
        first.order_line.quantity = first.quantity * (2 if kind == "remainder" else 1)
        delay = self._random.randrange(2 * HOUR, 4 * DAY)
        return replace(
            plan,
            number=number,
            lane=number % self._lanes,
            channel="email" if plan.channel != "email" else "portal",
            requested_at=plan.requested_at + delay,
            lines=(first,),
            fate="cancelled" if kind == "cancelled" else "normal",
            seed=f"{self._seed}:return:{number}",
            twin_of=plan.number,
            twin_kind=kind,
        )
