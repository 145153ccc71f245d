"""The statistics of a comparison on arrays alone: the same sums, draws, errors and verdicts, without the database.

Thousands of worlds can be compared so. A test holds both ways against one another.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from proof.effects import Effect, ratio_effect, spread_of
from proof.followed import Followed
from proof.mix import Mix, alike_change
from proof.resample import Draws, Estimate, draw
from proof.verdicts import judged_change, verdicts
from tests.bench.known_effects.ground import MEASURES, Ground, closed_in, ground, kept_items, sums_by
from tests.bench.known_effects.measured import Outcome, Said
from tests.bench.known_effects.naive import naive_of
from tests.bench.known_effects.quick_lasting import lasting
from tests.bench.known_effects.quick_rollout import rolled_out
from tests.bench.known_effects.quick_segments import segments
from tests.bench.known_effects.worlds import Tables, World

DRAWS = 400


def measure_quickly(world: World) -> Outcome:
    """Compare one world and its twin: measures, segments, time under way, and the roll-out where there is one."""
    question, tables = world.question, world.tables
    of, twin = ground(tables, question), ground(world.twin, question) if world.twin else None
    draws = draw(of.clusters, question.digest, DRAWS)
    effects, mixes = zip(*_effects(tables, of, draws), strict=True)
    ripe = of.horizon if of.is_ripe else of.horizon + 1
    followed = Followed(of.horizon, ripe, of.horizon, None, None, ())
    words = verdicts(effects, {one.measure: one for one in mixes}, followed)
    truth = _truth(world, effects, twin)
    said = {}
    for effect, mix, word in zip(effects, mixes, words, strict=True):
        name, change = effect.measure.name, judged_change(effect, mix)
        if change:
            said[name] = as_said(change, truth.get(name), word.word)
    said |= {name: as_said(*told) for name, told in lasting(world, of, draws).items()}
    return Outcome(
        world.seed,
        said,
        {one.measure.name: as_said(one.change, truth.get(one.measure.name)) for one in effects if one.change},
        dict(_naive(world, truth)),
        {name: as_said(*told) for name, told in rolled_out(world, of, draws).items()} if question.rollout else {},
        tuple(word.word for word in words if word.word in ("improved", "worsened")),
        segments(tables, of, draws),
    )


def as_said(change: Estimate, truth: float | None, word: str = "") -> Said:
    """Return an estimate beside what is true; None where this world has no twin to know it from."""
    return Said(change.value, change.interval, change.p_value, truth, word)


def _effects(tables: Tables, of: Ground, draws: Draws) -> Iterator[tuple[Effect, Mix]]:
    levels, cell = np.unique(of.codes, axis=0, return_inverse=True)
    for measure in MEASURES:
        row, value = kept_items(tables, of, measure)
        weekly, cells = (sums_by(of, fold, row, value) for fold in (of.week, cell.ravel()))
        effect = ratio_effect(measure, weekly, draws)
        plain = effect.change.value if effect.change else 0.0
        found = alike_change(cells, levels, plain, draws, spread_of(weekly, draws))
        yield effect, Mix(measure.name, found.process, found.mix, found.common, False, ())


def _truth(world: World, effects: tuple[Effect, ...], twin: Ground | None) -> dict[str, float]:
    """Return by how much the value of after differs from that of the twin, with the same follow-up."""
    if world.twin is world.tables:
        return dict.fromkeys((one.name for one in MEASURES), 0.0)
    if world.twin is None or twin is None:
        return {}
    found = {}
    for effect in effects:
        row, value = kept_items(world.twin, twin, effect.measure)
        found[effect.measure.name] = (effect.after.value or 0.0) - float(value[twin.side[row] == 1].mean())
    return found


def _naive(world: World, truth: dict[str, float]) -> Iterator[tuple[str, Said]]:
    sides = (world.question.before, world.question.after)
    for one in MEASURES:
        found = naive_of(*(closed_in(world.tables, one, side.start, side.end) for side in sides))
        if found:
            yield one.name, Said(found.change, found.interval, found.p_value, truth.get(one.name))
