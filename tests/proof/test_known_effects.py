"""A few worlds with known effects: intervals hold the truth, equal halves are left alone, a planted change is called.

`make bench-proof` does the same for hundreds of worlds.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.bench.known_effects.drawn import RECIPES, draw_world
from tests.bench.known_effects.measured import Outcome, measure
from tests.bench.known_effects.quick import measure_quickly
from tests.bench.known_effects.score import called, scores

SEEDS = range(2001, 2009)


def outcomes(name: str) -> list[Outcome]:
    return [measure_quickly(draw_world(RECIPES[name], seed)) for seed in SEEDS]


@pytest.mark.parametrize(("name", "most_called"), [("none", 1), ("waves", 3)])
def test_nothing_is_called_where_nothing_changed(name: str, most_called: int) -> None:
    found = outcomes(name)
    assert called(found) * len(found) <= most_called
    for score in scores(found):
        if score.estimator == "ours":
            assert score.coverage >= 0.75, score


def test_a_planted_change_is_found_without_the_bias_of_the_naive_way() -> None:
    found = outcomes("rollout-credit")
    by_name = {(score.estimator, score.measure): score for score in scores(found)}
    ours, naive = by_name["ours", "cycle_time_days.mean"], by_name["naive", "cycle_time_days.mean"]
    assert ours.truth < -0.6
    assert ours.coverage >= 0.75
    assert abs(ours.bias) < 0.3
    assert naive.bias > ours.bias
    assert all("worsened" not in one.called for one in found)


def test_both_ways_of_comparing_say_the_same() -> None:
    world = draw_world(replace(RECIPES["rollout-credit"], returns=700), 2001)
    whole, quick = measure(world), measure_quickly(world)
    for name, said in quick.plain.items():
        assert whole.plain[name].change == pytest.approx(said.change)
        assert whole.plain[name].truth == pytest.approx(said.truth)
        assert whole.plain[name].interval == pytest.approx(said.interval, abs=0.1)
        assert whole.naive[name].change == pytest.approx(quick.naive[name].change)
    assert whole.segments[:1] == ("credit",)
