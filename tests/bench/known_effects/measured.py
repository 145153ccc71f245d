"""What the comparison says of one world, beside what is true of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.macros import Connection
from proof.followed import ITEMS
from proof.laid import lay
from proof.measure_effects import measure_effects
from proof.mix import mixes
from proof.places import part as places
from proof.resample import Estimate
from proof.rollout import rollout
from proof.verdicts import judged_change, verdicts
from tests.bench.known_effects.naive import naive
from tests.bench.known_effects.worlds import World, connection

MEASURES = ("cycle_time_days.mean", "cycle_time_days.median", "credit_lag_days.mean", "rework_rate")
_STATISTICS = {"mean": "avg(value)", "median": "median(value)", "": "sum(numerator) / sum(denominator)"}


@dataclass(frozen=True)
class Said:
    """An estimate of a measure in one world: the change, its interval, the word; `truth` is the paired difference."""

    change: float
    interval: tuple[float, float]
    p_value: float
    truth: float | None
    word: str = ""


@dataclass(frozen=True)
class Outcome:
    """All that is said of one world. Estimates are by measure: `ours` is what the verdict is about, `plain` the same
    without making the mix alike, `naive` see there, `rollout` the difference in differences. `called` are the words
    improved or worsened over all measures; `segments` are those told from no change, the largest change first."""

    seed: int
    ours: dict[str, Said] = field(default_factory=dict)
    plain: dict[str, Said] = field(default_factory=dict)
    naive: dict[str, Said] = field(default_factory=dict)
    rollout: dict[str, Said] = field(default_factory=dict)
    called: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()


def measure(world: World) -> Outcome:
    """Compare one world and, for the truth, its twin."""
    con = connection(world.tables)
    laid = lay(con, world.question)
    values = _values_after(con)
    effects = measure_effects(laid)
    mix_of = mixes(laid, effects)
    words = verdicts(effects, mix_of, laid.followed)
    truth = _truth(world, values)
    ours, plain, plainly = {}, {}, {}
    for effect, verdict in zip(effects, words, strict=True):
        name = effect.measure.name
        change = judged_change(effect, mix_of.get(name))
        if name not in MEASURES or change is None or effect.change is None:
            continue
        ours[name] = _said(change, truth[name], verdict.word)
        plain[name] = _said(effect.change, truth[name])
        found = None if name.endswith("median") else naive(con, world.question, effect.measure.kpi)
        if found is not None:
            plainly[name] = Said(found.change, found.interval, found.p_value, truth[name])
    told = rollout(laid).differences if world.question.rollout else ()
    cut = None if world.twin is world.tables else places(laid).days
    beyond = [one for one in (cut.segments if cut else ()) if one.is_beyond_chance]
    beyond.sort(key=lambda one: -abs(one.judged.value if one.judged else 0.0))
    return Outcome(
        world.seed,
        ours,
        plain,
        plainly,
        {one.measure.name: _said(one.overall, truth[one.measure.name]) for one in told if one.overall},
        tuple(verdict.word for verdict in words if verdict.word in ("improved", "worsened")),
        tuple(one.segment for one in beyond),
    )


def _said(change: Estimate, truth: float, word: str = "") -> Said:
    return Said(change.value, change.interval, change.p_value, truth, word)


def _truth(world: World, values: dict[str, float]) -> dict[str, float]:
    """Return by how much the value of after differs from that of the twin, with the same follow-up."""
    if world.twin is world.tables:
        return dict.fromkeys(values, 0.0)
    assert world.twin is not None  # a drawn world has one
    con = connection(world.twin)
    lay(con, world.question)
    return {name: values[name] - value for name, value in _values_after(con).items()}


def _values_after(con: Connection) -> dict[str, float]:
    found = {}
    for name in MEASURES:
        kpi, _, statistic = name.partition(".")
        query = f"select {_STATISTICS[statistic]} from {ITEMS} where kpi = ? and side = 'after'"
        [(value,)] = con.execute(query, [kpi]).fetchall()
        found[name] = float(value)
    return found
