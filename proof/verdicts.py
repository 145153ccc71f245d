"""The word for a change: improved, no clear change, worsened, too early, not comparable. A rule, not an opinion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from mining.causes.intervals import corrected
from pipeline import formats
from proof.effects import Effect
from proof.followed import Followed
from proof.measures import QUANTILES
from proof.mix import LEAST_COMMON, Mix
from proof.resample import Estimate
from proof.tested import FALSE_DISCOVERIES

Word = Literal["improved", "worsened", "changed", "no clear change", "too early", "not comparable"]
FEWEST_ITEMS = 20
FEWEST_CLUSTERS = 5
LEAST_COVERAGE = 0.9


@dataclass(frozen=True)
class Verdict:
    """The word for a change and, in a clause, why; `q_value` is the false-discovery rate at which it is called."""

    word: Word
    why: str
    q_value: float | None = None


def verdicts(effects: Sequence[Effect], mixes: Mapping[str, Mix], followed: Followed) -> tuple[Verdict, ...]:
    """Return the verdict on each effect: on the change like for like where there is one, or else on the plain change.

    A change is called when its false-discovery rate over all effects that can be judged is 5 % at most. Source:
    Y. Benjamini and Y. Hochberg, JRSS B 57 (1995), which holds for tests that rise and fall together: Y. Benjamini and
    D. Yekutieli, Annals of Statistics 29 (2001), theorem 1.2.
    """
    found = [mixes.get(effect.measure.name) for effect in effects]
    barred = [
        _barred(effect, mix, followed) or _mixed(effect, mixes) for effect, mix in zip(effects, found, strict=True)
    ]
    judged = [judged_change(effect, mix) for effect, mix in zip(effects, found, strict=True)]
    tested = [
        (place, change.p_value)
        for place, change in enumerate(judged)
        if change is not None and barred[place] is None and effects[place].measure.better
    ]
    corrected_values = corrected([p_value for _, p_value in tested], any_dependence=False)
    q_values = {place: q_value for (place, _), q_value in zip(tested, corrected_values, strict=True)}
    return tuple(
        bar or _called(effect, change, q_values.get(place))
        for place, (effect, change, bar) in enumerate(zip(effects, judged, barred, strict=True))
    )


def judged_change(effect: Effect, mix: Mix | None) -> Estimate | None:
    """Return the change that the verdict is about: like for like where it could be made so."""
    return mix.process if mix is not None and mix.process is not None else effect.change


def _barred(effect: Effect, mix: Mix | None, followed: Followed) -> Verdict | None:
    measure, sides = effect.measure, (effect.before, effect.after)
    if measure.role == "instant":
        return Verdict("not comparable", "it is known of the as-of instant only")
    if not followed.is_ripe:
        return Verdict("too early", "the returns of after cannot be followed for long enough")
    if measure.ripens == "claims" and not followed.is_claims_ripe:
        return Verdict("too early", "suppliers have not had the time to answer")
    fewest = min(side.n for side in sides)
    if fewest < FEWEST_ITEMS:
        return Verdict("not comparable", f"one side has {fewest} items; {FEWEST_ITEMS} are needed")
    if min(side.clusters for side in sides) < FEWEST_CLUSTERS:
        return Verdict("not comparable", f"fewer than {FEWEST_CLUSTERS} independent units on one side")
    if any(side.coverage is not None and side.coverage < LEAST_COVERAGE for side in sides):
        return Verdict("not comparable", "more than a tenth of the items lack the stamps it needs")
    if mix is not None and mix.common < LEAST_COMMON:
        return Verdict("not comparable", f"only {formats.share(mix.common)} of before has its like in after")
    if effect.change is None:
        return Verdict("not comparable", "the change cannot be estimated from so little")
    return None


def _mixed(effect: Effect, mixes: Mapping[str, Mix]) -> Verdict | None:
    """Bar a percentile, which cannot be made like for like, when the make-up of the returns moves the mean."""
    mix = mixes.get(f"{effect.measure.kpi}.mean") if effect.measure.statistic in QUANTILES else None
    if mix is None:
        return None
    if mix.common < LEAST_COMMON or (mix.mix is not None and mix.mix.p_value <= FALSE_DISCOVERIES):
        return Verdict("not comparable", "other returns came, and a percentile cannot be told like for like")
    return None


def _called(effect: Effect, change: Estimate | None, q_value: float | None) -> Verdict:
    if change is None or q_value is None:
        is_sure = change is not None and change.p_value <= FALSE_DISCOVERIES
        return Verdict("changed" if is_sure else "no clear change", "neither way is better")
    if q_value > FALSE_DISCOVERIES and change.p_value <= FALSE_DISCOVERIES:
        return Verdict("no clear change", "alone it would be beyond chance, among so many measures it is not", q_value)
    if q_value > FALSE_DISCOVERIES:
        return Verdict("no clear change", "it is within what chance alone would bring", q_value)
    is_better = (change.value < 0) == (effect.measure.better == "lower")
    return Verdict("improved" if is_better else "worsened", "it is beyond what chance alone would bring", q_value)
