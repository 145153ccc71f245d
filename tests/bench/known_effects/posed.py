"""The scenarios of the simulator, each with the question that is put to its worlds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from proof.question import Question, RolloutStep, Side
from simulator.parameters import Scenario
from simulator.scenario import load_scenario
from tests.bench.known_effects.kept import kept_tables
from tests.bench.known_effects.simulated import DAYS, simulate_tables
from tests.bench.known_effects.worlds import Tables, World

RETURNS, SLOWEST_PACE = 600, 0.3
NAMES = ("baseline", "rollout-credit", "rollout-staggered", "mix-shift", "season", "slow-tail")
BUSIEST_SITE = "202"
_ENTITIES = ("0010", "0020", "0030", "0040")
TWINS_EVERY = 10
_USUAL = Side(date(2025, 2, 3), date(2025, 4, 28)), Side(date(2025, 5, 5), date(2025, 7, 28))
_SIDES = {
    "rollout-staggered": (Side(date(2025, 1, 13), date(2025, 4, 7)), Side(date(2025, 4, 21), date(2025, 7, 28))),
    "mix-shift": (Side(date(2025, 1, 13), date(2025, 4, 7)), Side(date(2025, 5, 19), date(2025, 7, 28))),
}


def simulate_world(name: str, seed: int, folder: Path) -> World:
    """Return the world of a scenario and seed, kept in `folder`, with its twin that lacks the change.

    The twin of a change to the baseline is the baseline itself; of the others every tenth seed has one.
    """
    scenario = shortened(name)
    tables = kept_tables(folder, f"{name}-{seed}", lambda: simulate_tables(scenario, RETURNS, seed))
    return World(seed, tables, _twin(name, scenario, tables, seed, folder), question_of(name, scenario))


def shortened(name: str) -> Scenario:
    """Return a scenario with few returns over all of its days, and teams as busy as they are with more."""
    scenario = load_scenario(name)
    return replace(
        scenario,
        horizon=replace(scenario.horizon, shortest_days=DAYS),
        volume=replace(scenario.volume, slowest_pace=SLOWEST_PACE),
    )


def question_of(name: str, scenario: Scenario) -> Question:
    """Return the question that is put to the worlds of a scenario, with a roll-out where not all change at once."""
    before, after = _SIDES.get(name, _USUAL)
    starts = scenario.change.starts if scenario.change else ()
    is_everywhere = len(starts) == len(_ENTITIES) and len({one.since for one in starts}) == 1
    steps = () if is_everywhere else tuple(RolloutStep("entity", one.unit, one.since, "planted") for one in starts)
    return Question(before, after, steps)


def without_busiest_site(world: World) -> World:
    """Return an unchanged world without the returns of the site whose queue lasts for months."""
    cases = world.tables.cases
    kept = cases[cases.site != BUSIEST_SITE]
    segments, items = (one[one.case_id.isin(kept.case_id)] for one in (world.tables.segments, world.tables.items))
    tables = Tables(kept.reset_index(drop=True), segments, items, world.tables.as_of)
    return World(world.seed, tables, tables, world.question)


def _twin(name: str, scenario: Scenario, tables: Tables, seed: int, folder: Path) -> Tables | None:
    if scenario.change is None:
        return tables
    unchanged = replace(scenario, change=None)
    if replace(unchanged, description="") == replace(shortened("baseline"), description=""):
        return kept_tables(folder, f"baseline-{seed}", lambda: simulate_tables(unchanged, RETURNS, seed))
    if seed % TWINS_EVERY != 1:
        return None
    return kept_tables(folder, f"{name}-twin-{seed}", lambda: simulate_tables(unchanged, RETURNS, seed))
