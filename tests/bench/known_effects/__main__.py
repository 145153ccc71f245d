"""Compare many worlds whose effect is known and print how often the comparison is right: `make bench-proof`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from proof.question import Question, Side
from simulator.scenario import load_scenario
from tests.bench.known_effects.drawn import RECIPES, draw_world
from tests.bench.known_effects.measured import measure
from tests.bench.known_effects.quick import measure_quickly
from tests.bench.known_effects.score import section
from tests.bench.known_effects.simulated import DAYS, Posed, simulate_world
from tests.bench.known_effects.worlds import World

SIMULATED = ("baseline", "rollout-credit", "mix-shift", "slow-tail")
RETURNS = 1_000


def main() -> None:
    """Run the benchmark; scenarios, seeds and the way of comparing can be chosen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drawn", nargs="*", default=list(RECIPES), choices=list(RECIPES), help="worlds drawn at once")
    parser.add_argument("--simulated", nargs="*", default=[], choices=SIMULATED, help="worlds of the simulator")
    parser.add_argument("--seeds", type=int, nargs=2, default=(1, 200), metavar=("FIRST", "LAST"))
    parser.add_argument("--whole", action="store_true", help="through the database: mix, segments and roll-out as well")
    options = parser.parse_args()
    compare = measure if options.whole else measure_quickly
    seeds = range(options.seeds[0], options.seeds[1] + 1)
    for kind, names, worlds in (("Drawn", options.drawn, _drawn), ("Simulated", options.simulated, _simulated)):
        for name in names:
            print(section(f"{kind}: {name}", [compare(world) for world in worlds(name, seeds)]), flush=True)


def _drawn(name: str, seeds: range) -> Iterator[World]:
    return (draw_world(RECIPES[name], seed) for seed in seeds)


def _simulated(name: str, seeds: range) -> Iterator[World]:
    scenario = load_scenario(name)
    scenario = replace(scenario, horizon=replace(scenario.horizon, shortest_days=DAYS))
    cut_over = date(2025, 5, 12) if scenario.change is None else scenario.change.starts[0].since
    question = Question(Side(date(2025, 2, 3), date(2025, 4, 28)), Side(cut_over, date(2025, 7, 28)))
    return (simulate_world(Posed(scenario, question, RETURNS), seed) for seed in seeds)


if __name__ == "__main__":
    main()
