"""A planted change: recorded with its effect, written as a rollout table, and the only thing that is different."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from pipeline.errors import UsageError
from pipeline.settings import SEEDS
from proof.question import RolloutStep
from proof.rollout_file import read_rollout
from simulator import simulate
from simulator.demand_by_day import Demand
from simulator.documents import Return
from simulator.parameters import Scenario
from simulator.plans import Planner
from simulator.planted_effect import cycle_time_days, requested_at
from simulator.process import run
from simulator.reference import load_reference
from simulator.scenario import load_scenario
from simulator.world import make_world


def books(scenario: Scenario, returns: int = 200, seed: int = 5) -> dict[int, Return]:
    reference = load_reference(SEEDS, scenario.policies)
    world = make_world(scenario, reference, returns, scenario.horizon.start + timedelta(days=330), Random(seed))
    simulation, _ = run(scenario, world, Planner(scenario, world, returns, 240, seed), 240, 0.4)
    return {document.number: document for document in simulation.books.returns}


def test_a_change_is_on_record_and_in_the_rollout_table(tmp_path: Path) -> None:
    effect = simulate(tmp_path / "out", returns=200, seed=5, scenario="rollout-staggered").effect
    assert effect is not None
    assert (effect.segment, effect.returns > 50) == ("approval", True)
    assert effect.cycle_time_days is not None
    assert effect.cycle_time_days < -0.3
    steps = read_rollout(tmp_path / "out" / "rollout.csv")
    assert RolloutStep("entity", "0020", date(2025, 5, 5), "Daily approvals") in steps
    assert len(steps) == 3


def test_no_change_leaves_no_rollout_table(landing: Path) -> None:
    assert not (landing / "rollout.csv").exists()


def test_until_it_starts_a_changed_world_is_its_twin() -> None:
    scenario = load_scenario("rollout-credit")
    changed, twin = books(scenario), books(replace(scenario, change=None))
    start = next(iter(changed.values())).entity.zone.instant(date(2025, 5, 5), 0) - 86_400
    early = [one for one in changed.values() if one.is_closed and one.status_times("closed")[-1] < start]
    assert len(early) > 40
    assert all(cycle_time_days(one) == cycle_time_days(twin[one.number]) for one in early)
    assert {number: requested_at(one) // 86_400 for number, one in changed.items() if one.cases} == {
        number: requested_at(one) // 86_400 for number, one in twin.items() if one.cases
    }


def test_a_season_and_a_drift_move_the_volume_and_the_mix() -> None:
    season, drift = Demand(load_scenario("season"), 240, 1), Demand(load_scenario("mix-shift"), 240, 1)
    days = [season.day(number) or 0 for number in range(4_000)]
    in_june, in_march = (sum(first <= day < first + 28 for day in days) for first in (147, 56))
    assert 1.25 < in_june / in_march < 1.55
    assert drift.mix(0).channels["field_sales"] == pytest.approx(0.08)
    assert drift.mix(112).channels["field_sales"] == pytest.approx(0.27)
    assert drift.mix(239).channels["field_sales"] == pytest.approx(0.46)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("segment: packing", "unknown 'packing'"),
        ("teams: {pilots: {people: 2}}", "unknown 'pilots'"),
        ("behaviour: {declned: 1}", "unknown 'declned'"),
        ('starts: [{unit_kind: entity, unit: "0099", since: 2025-05-05}]', "unknown '0099'"),
        ('starts: [{unit_kind: team, unit: "0010", since: 2025-05-05}]', "expected one of: site, entity"),
    ],
)
def test_a_change_of_what_is_not_there_is_refused(tmp_path: Path, change: str, message: str) -> None:
    path = tmp_path / "own.yml"
    path.write_text(f"based_on: rollout-credit\nchange:\n  {change}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        load_scenario(path)
