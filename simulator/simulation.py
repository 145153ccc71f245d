"""From a scenario's name to a folder of extracts with their planted truth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

from pipeline.errors import UsageError
from pipeline.settings import SEEDS
from simulator.audit import audit
from simulator.events import greatest_event_at
from simulator.faults import inject_all
from simulator.findings import Audit
from simulator.flow import Simulation
from simulator.landing import write_extracts, write_reference
from simulator.output import check_output, files_below, written_aside
from simulator.parameters import Scenario
from simulator.plans import Planner
from simulator.planted_effect import PlantedEffect, planted_effect, write_rollout
from simulator.process import run
from simulator.reference import load_reference
from simulator.scenario import load_scenario
from simulator.smudge import Smudger
from simulator.stamps import utc
from simulator.truth import FILE, Decoy, PlantedBottleneck, PlantedRootCause, Truth, planted_exceptions
from simulator.world import make_world

_SMALLEST = 20
_CALENDAR_MARGIN = timedelta(days=90)


def simulate(
    out: Path,
    returns: int = 2000,
    seed: int = 1,
    scenario: str | Path = "baseline",
    progress: Callable[[str], None] = lambda message: None,
) -> Truth:
    """Write the extracts of a simulated distributor into ``out`` and their planted truth into ``out/truth.json``.

    ``returns`` is how many returns are requested (at least 20), ``scenario`` a name or the path of a YAML file. The
    same seed gives the same bytes. Raises UsageError for an unknown scenario, too few returns, or an ``out`` that
    holds files of others; ``out`` is left as it was then.
    """
    loaded = load_scenario(scenario)
    if returns < _SMALLEST:
        raise UsageError(f"{returns} returns are too few; expected at least {_SMALLEST}.")
    check_output(out)
    with written_aside(out) as aside:
        name = Path(scenario).stem
        truth = _simulate(aside, loaded, name, returns, seed, progress)
        (aside / FILE).write_text(truth.to_json(), encoding="utf-8")
    return truth


def horizon_days(scenario: Scenario, returns: int) -> int:
    """Return over how many days a number of returns is requested, see Volume."""
    horizon = scenario.horizon
    return min(horizon.days, max(horizon.shortest_days, round(horizon.days * returns / scenario.volume.lane_returns)))


def pace(scenario: Scenario, returns: int, days: int, lanes: int) -> float:
    """Return the share of their time that teams give to returns, see Volume."""
    load = returns / lanes / scenario.volume.lane_returns * scenario.horizon.days / days
    return min(1.0, max(scenario.volume.slowest_pace, load))


def _simulate(
    out: Path, scenario: Scenario, name: str, returns: int, seed: int, progress: Callable[[str], None]
) -> Truth:
    reference = load_reference(SEEDS, scenario.policies)
    days = horizon_days(scenario, returns)
    last = scenario.horizon.start + timedelta(days=days) + _CALENDAR_MARGIN
    world = make_world(scenario, reference, returns, last, Random(f"{seed}:world"))
    planner = Planner(scenario, world, returns, days, seed)
    progress(f"simulating {returns} returns over {days} days")
    simulation, plans = run(scenario, world, planner, days, pace(scenario, returns, days, planner.lanes))
    books = simulation.books
    effect = _effect(scenario, simulation, returns, days, seed)
    if not books.returns:
        raise UsageError("No return was registered within the horizon; check the scenario's horizon and teams.")
    scope = Audit(greatest_event_at(books), reference)
    injector = inject_all(scenario, books, plans, scope, simulation.numbers, seed)
    Smudger(
        books, scenario.mess, Random(f"{seed}:smudge"), simulation.numbers, frozenset(injector.used), scope.as_of
    ).smudge()
    scope = Audit(greatest_event_at(books), reference)
    found = audit(books, scope)
    progress(f"planted {len(found)} exceptions and {len(injector.decoys)} decoys")
    write_reference(out, world)
    if scenario.change is not None:
        write_rollout(out, scenario.change)
    defects = write_extracts(out, scenario, books, world, seed, progress)
    return Truth(
        scenario=name,
        description=scenario.description,
        seed=seed,
        returns=returns,
        as_of=utc(scope.as_of),
        bottleneck=_bottleneck(scenario, simulation),
        root_cause=_root_cause(scenario),
        effect=effect,
        exceptions=planted_exceptions(found, injector.injected),
        decoys=tuple(Decoy(kind, object_id) for kind, object_id in sorted(set(injector.decoys))),
        defects=defects,
        deleted_returns=tuple(sorted(one.return_id for one in books.returns if one.deleted_at is not None)),
        waits={
            f"{team} {place}": round(hours, 3) for (team, place), hours in simulation.desks.mean_wait_hours().items()
        },
        files=tuple(sorted(files_below(out))),
    )


def _effect(scenario: Scenario, simulation: Simulation, returns: int, days: int, seed: int) -> PlantedEffect | None:
    """Return the effect of the scenario's change, against the world that the same seed gives without it."""
    if scenario.change is None:
        return None
    twin = replace(scenario, change=None)
    planner = Planner(twin, simulation.world, returns, days, seed)
    unchanged, _ = run(twin, simulation.world, planner, days, pace(twin, returns, days, planner.lanes))
    return planted_effect(scenario.change, simulation.books.returns, unchanged.books.returns)


def _bottleneck(scenario: Scenario, simulation: Simulation) -> PlantedBottleneck | None:
    planted = scenario.bottleneck
    if planted is None:
        return None
    wait = simulation.desks.mean_wait_hours().get((planted.team, planted.site_id), 0.0)
    department = scenario.teams[planted.team].department
    return PlantedBottleneck(department, planted.site_id, planted.activity, planted.how, round(wait, 3))


def _root_cause(scenario: Scenario) -> PlantedRootCause | None:
    planted = scenario.root_cause
    if planted is None:
        return None
    effect = (
        f"inspections take {planted.inspection_factor:g} times as long, and"
        f" {planted.repeated_inspection:.0%} are done twice (others: {scenario.behaviour.repeated_inspection:.1%})"
    )
    return PlantedRootCause(planted.supplier_id, planted.category, planted.reason, effect)
