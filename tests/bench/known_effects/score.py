"""How often many worlds were judged rightly: bias, coverage, false calls, power, as rows of a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tests.bench.known_effects.measured import Outcome, Said

PLANTED = {
    "rollout-credit": "credit", "rollout-waves": "credit", "rollout-staggered": "approval", "mix-shift": "credit",
    "season": "credit",
}  # fmt: skip


@dataclass(frozen=True)
class Score:
    """One estimator of one measure over `worlds`: the true change, bias and root mean squared error in the measure's
    unit, the share of 95 % intervals with the truth in them, their mean half-width, and how many exclude zero.

    The truth is the mean over the worlds that have a twin.
    """

    estimator: str
    measure: str
    worlds: int
    truth: float
    bias: float
    error: float
    coverage: float
    half_width: float
    beyond_zero: float


def scores(outcomes: Sequence[Outcome]) -> list[Score]:
    """Return the scores of every estimator and measure; the truth is the mean over the worlds."""
    kinds: list[tuple[str, Callable[[Outcome], dict[str, Said]]]] = [
        ("ours", lambda one: one.ours),
        ("naive", lambda one: one.naive),
        ("roll-out", lambda one: one.rollout),
    ]
    found = []
    for estimator, of in kinds:
        for measure in sorted({name for one in outcomes for name in of(one)}):
            found.append(_score(estimator, measure, [of(one)[measure] for one in outcomes if measure in of(one)]))
    return found


def _score(estimator: str, measure: str, said: Sequence[Said]) -> Score:
    truth = float(np.mean([one.truth for one in said if one.truth is not None]))
    changes = np.array([one.change for one in said])
    low, high = np.array([one.interval for one in said]).T
    return Score(
        estimator,
        measure,
        len(said),
        truth,
        float(changes.mean() - truth),
        float(np.sqrt(((changes - truth) ** 2).mean())),
        float(((low <= truth) & (truth <= high)).mean()),
        float((high - low).mean() / 2),
        float(((low > 0) | (high < 0)).mean()),
    )


def called(outcomes: Sequence[Outcome]) -> float:
    """Return the share of worlds in which any measure is called improved or worsened."""
    return float(np.mean([bool(one.called) for one in outcomes]))


def first_segments(outcomes: Sequence[Outcome]) -> Counter[str]:
    """Return how often each segment has the largest change of those that are beyond chance; `none` where none is."""
    return Counter(one.segments[0] if one.segments else "none" for one in outcomes)


def summary(found: Mapping[str, Sequence[Outcome]]) -> str:
    """Return a table with a line for each scenario: how often it is right, ours beside the naive way."""
    columns = (
        "scenario", "worlds", "called", "coverage of the cycle time", "of the credit lag", "of the roll-out",
        "of the naive way", "bias, days", "naive bias, days", "planted segment first",
    )  # fmt: skip
    head = f"| {' | '.join(columns)} |\n|---|{'---:|' * (len(columns) - 1)}\n"
    return head + "\n".join(_line(title, outcomes) for title, outcomes in found.items()) + "\n"


def _line(title: str, outcomes: Sequence[Outcome]) -> str:
    by_name = {(one.estimator, one.measure): one for one in scores(outcomes)}
    credit = by_name["ours", "credit_lag_days.mean"]
    cycle, naive = (by_name[kind, "cycle_time_days.mean"] for kind in ("ours", "naive"))
    rolled = by_name.get(("roll-out", "cycle_time_days.mean"))
    planted = next((segment for name, segment in PLANTED.items() if title.endswith(name)), "")
    first = f"{first_segments(outcomes)[planted] / len(outcomes):.0%} ({planted})" if planted else ""
    cells = (
        title,
        len(outcomes),
        f"{called(outcomes):.1%}",
        f"{cycle.coverage:.1%}",
        f"{credit.coverage:.1%}",
        f"{rolled.coverage:.1%}" if rolled else "",
        f"{naive.coverage:.1%}",
        f"{cycle.bias:+.2f}",
        f"{naive.bias:+.2f}",
        first,
    )
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def section(title: str, outcomes: Sequence[Outcome]) -> str:
    """Return what docs/benchmarks.md says of a scenario."""
    seeds = sorted(one.seed for one in outcomes)
    rows = "\n".join(
        f"| {one.estimator} | {one.measure} | {one.truth:.3f} | {one.bias:+.3f} | {one.error:.3f} | "
        f"{one.coverage:.1%} | {one.half_width:.3f} | {one.beyond_zero:.1%} |"
        for one in scores(outcomes)
    )
    segments = ", ".join(f"{name} {count}" for name, count in first_segments(outcomes).most_common())
    told = f" Largest segment beyond chance: {segments}." if any(one.segments for one in outcomes) else ""
    return f"""### {title}

{len(outcomes)} worlds (seeds {seeds[0]} to {seeds[-1]}).
Any measure called improved or worsened: {called(outcomes):.1%}.{told}

| estimator | measure | truth | bias | RMSE | coverage | half-width | interval without 0 |
|---|---|---:|---:|---:|---:|---:|---:|
{rows}
"""
