"""The sentence on top: what the goals did, in plain words, and whether something else paid for it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline import formats
from proof.comparison import Comparison, Judged
from proof.measures import QUANTILES

YEAR, SAME_WEEKS = 365.25, 14
_STATISTICS = {"mean": "", "median": "median ", "p90": "90th percentile of "}


def headline(comparison: Comparison, currency: str = "") -> str:
    """Say what the goals did and how the guardrails stand, e.g. for an executive to read aloud."""
    goals = [found for name in comparison.question.goals if (found := comparison.of(name))]
    words = [_goal(judged, currency) for judged in goals]
    if not comparison.followed.is_ripe:
        return _too_early(comparison)
    told = "; ".join(words)
    return (
        f"{told[:1].upper()}{told[1:]}. {_against_others(comparison) or _season(comparison)}{_guardrails(comparison)}"
    )


def title(judged: Judged) -> str:
    """Name a measure in running text, e.g. ``median credit lag``."""
    measure = judged.effect.measure
    part = f" ({measure.part.replace('_', ' ')})" if measure.part else ""
    name = f"{_STATISTICS.get(measure.statistic, '')}{measure.title.lower()}{part}"
    return f"{name} per return" if measure.is_per_return else name


def size(judged: Judged, currency: str = "") -> str:
    """Say a change with its interval, e.g. ``1.5 business days (1.1 to 1.9) like for like, from 8.1 to 6.6 in all``."""
    effect, change = judged.effect, judged.change
    if change is None or effect.before.value is None or effect.after.value is None:
        return ""
    unit = effect.measure.unit
    is_one_way = change.interval[0] * change.interval[1] > 0
    ends = [formats.distance(end, 0, unit, currency) for end in sorted(abs(end) for end in change.interval)]
    between = f" ({ends[0]} to {ends[1]})" if is_one_way else ""
    before, after = (formats.quantity(value, unit, currency)[0] for value in (effect.before.value, effect.after.value))
    word = f"{formats.SPACE}{formats.unit_word(unit)}" if formats.unit_word(unit) else ""
    plainly = f"from {before} to {after}"
    told = f"like for like, {plainly} in all" if judged.mix else plainly
    return f"{formats.distance(change.value, 0, unit, currency)}{word}{between}{' ' if judged.mix else ', '}{told}"


def _goal(judged: Judged, currency: str) -> str:
    name, verdict, change = title(judged), judged.verdict, judged.change
    if verdict.word in ("improved", "worsened") and change is not None:
        flip = (
            ", though it looks the other way around because other returns came"
            if judged.mix and judged.mix.flips
            else ""
        )
        return f"{name} {'fell' if change.value < 0 else 'rose'} by {size(judged, currency)}{flip}"
    if verdict.word == "no clear change" and change is not None:
        seen = formats.distance(change.detectable, 0, judged.effect.measure.unit, currency)
        return f"{name} shows no clear change (one of {seen} would have been seen)"
    return f"{name}: {verdict.word}, {verdict.why}"


def _against_others(comparison: Comparison) -> str:
    """Say what the roll-out did to a goal against units that had not changed, to the first of those that are known."""
    known = next((one for one in comparison.rollout.differences if one.overall is not None), None)
    return f"{known.measure.title}: {known.words[0]} " if known else ""


def _season(comparison: Comparison) -> str:
    """Say that a season would be in the change; nothing where before is of the same weeks of the year."""
    question = comparison.question
    years = abs((question.after.start - question.before.start).days) / YEAR
    if abs(years - round(years)) * YEAR <= SAME_WEEKS:
        return ""
    return (
        "A season would be in this too: before is of other weeks of the year, and nothing that stayed as it was stands "
        "beside it. "
    )


def _guardrails(comparison: Comparison) -> str:
    guards = [judged for judged in comparison.judged if judged.effect.measure.role == "guardrail"]
    worse = [judged for judged in guards if judged.verdict.word == "worsened"]
    if worse:
        return f"Meanwhile {_listed(worse)} got worse, and that weighs against it."
    known = [judged for judged in guards if judged.verdict.word in ("improved", "no clear change")]
    unknown = len(guards) - len(known)
    held = "No guardrail got clearly worse" if known else "No guardrail could be judged"
    return f"{held}{f'; {unknown} of {len(guards)} cannot be judged' if unknown and known else ''}."


def _listed(judged: Sequence[Judged]) -> str:
    names = list(dict.fromkeys(title(one) for one in judged if one.effect.measure.statistic not in QUANTILES))
    return formats.listed(names)


def _too_early(comparison: Comparison) -> str:
    followed = comparison.followed
    if followed.ripe_days is None:
        return "It cannot be said: no return of before has ended, so nobody knows how long returns take."
    ripe = f" Ask again on {formats.day(followed.ripe_on)}." if followed.ripe_on else ""
    return (
        f"Too early to say: the last returns of after can be followed for {followed.available_days} days,"
        f" and before it took {followed.ripe_days} days until 95{formats.SPACE}% of those that ended had ended.{ripe}"
    )
