"""The discrete-event simulation: returns arrive, and each flows through intake, goods and settlement."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import simpy

from simulator.clock import DAY
from simulator.desks import Desks, Steps
from simulator.documents import Books, Return
from simulator.flow import Flow, Simulation
from simulator.goods import scrap_in_the_field, take_back
from simulator.intake import approve, cancel, open_case, register, write_again
from simulator.papers import OrderLine
from simulator.parameters import Scenario
from simulator.plans import Plan, Planner
from simulator.settlement import claim_from_suppliers, close, credit, replace
from simulator.terms import TermsByPlace
from simulator.world import World

_BEYOND = timedelta(days=60)


def run(scenario: Scenario, world: World, planner: Planner, days: int, pace: float) -> tuple[Simulation, list[Plan]]:
    """Simulate ``days`` of returns; what has not happened by then is not in the books.

    Returns the finished simulation with its books, and the plans that it followed.
    """
    plans = planner.plans()
    start = min(entity.zone.instant(scenario.horizon.start, 0) for entity in world.entities.values())
    env = simpy.Environment(initial_time=start)
    last = scenario.horizon.start + timedelta(days=days) + _BEYOND
    desks = Desks(env, scenario, world, planner.lanes, pace, last)
    books = Books(order_lines=_order_lines(plans))
    simulation = Simulation(env, scenario, world, desks, books, TermsByPlace(scenario, world.warehouses))
    env.process(_arrivals(simulation, plans))
    env.run(until=start + days * DAY)
    return simulation, plans


def _order_lines(plans: list[Plan]) -> list[OrderLine]:
    """Return the order lines of the plans, each once."""
    lines = {(p.order_line.order_id, p.order_line.line_no): p.order_line for plan in plans for p in plan.lines}
    return list(lines.values())


def _arrivals(simulation: Simulation, plans: list[Plan]) -> Steps[None]:
    for plan in plans:
        if plan.requested_at > simulation.now:
            yield simulation.env.timeout(plan.requested_at - simulation.now)
        simulation.env.process(_return(Flow(simulation, plan, Random(plan.seed))))


def _return(flow: Flow) -> Steps[None]:
    """One return from request to end."""
    open_case(flow)
    document = yield from register(flow)
    fate, outside = flow.plan.fate, flow.terms.outside
    if not (yield from approve(flow, document)):
        return
    if flow.plan.advance_credit and fate == "normal":
        yield from credit(flow, document)
    if fate == "cancelled":
        yield from cancel(flow, document, outside.customer_answers)
    elif fate == "never_ships":
        yield from cancel(flow, document, outside.expiry, by="SVC_RULES")
    elif fate == "field_scrap":
        yield from scrap_in_the_field(flow, document)
        yield from _settle(flow, document)
    elif fate != "stalls:approved":
        yield from take_back(flow, document)
        if not fate.startswith("stalls"):
            yield from _settle(flow, document)


def _settle(flow: Flow, document: Return) -> Steps[None]:
    write_again(flow, document)
    claim_from_suppliers(flow, document)
    if document.resolution == "replacement":
        yield from replace(flow, document)
    elif document.resolution == "credit" and not document.memos:
        yield from credit(flow, document)
    yield simpy.AllOf(flow.sim.env, flow.open_work)
    yield from close(flow, document)
