"""What a roll-out did to the goals: units that changed against units that had not changed yet, or never did."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from proof.daily import Daily, lay_daily
from proof.difference import Difference, difference
from proof.laid import Laid
from proof.resample import draw
from proof.rollout_sums import Around, read_around, read_units
from proof.rollout_words import told, whole_unit

MOST_GROUPS = 12
MONTH = 4
ENOUGH_A_WEEK = 30


@dataclass(frozen=True)
class Rollout:
    """What a roll-out did to each goal; `words` say what holds for all of them, or why there is nothing."""

    unit_kind: str
    differences: tuple[Difference, ...]
    words: tuple[str, ...]


def rollout(laid: Laid) -> Rollout:
    """Return what the roll-out of a question did to its goals.

    Returns of both windows and of the time between them are followed for the same time as everything else. What
    started before the change of its unit and could still run when it came is left out, of the unit and of its controls.
    """
    question = laid.question
    if not question.rollout:
        return Rollout(
            "entity", (), ("No roll-out is given: all changed at once, and there is nobody to compare with.",)
        )
    daily = lay_daily(laid)
    if not daily.is_told:
        return Rollout(daily.unit_kind, (), daily.words)
    windows: dict[str, object] = {
        "before_start": question.before.start,
        "after_start": question.after.start,
        "horizon_days": laid.followed.horizon_days,
    }
    targets = daily.changes[:MOST_GROUPS]
    around = read_around(laid.connection, {**windows, "targets": list(targets)})
    units = read_units(laid.connection, {**windows, "cut_over": targets[0]}, daily.goals)
    weeks, draws = _period_weeks(around, len(targets)), draw(around.clusters, question.digest)
    found = []
    for goal in daily.goals:
        groups = [(on, around.rows(goal, target)) for target, on in enumerate(targets)]
        one = difference(goal, groups, weeks, draws, units[goal.name])
        found.append(replace(one, words=told(one)))
    return Rollout(daily.unit_kind, tuple(found), (*daily.words, *_words(daily, found)))


def _words(daily: Daily, found: list[Difference]) -> tuple[str, ...]:
    units = found[0].units if found else ()
    late = daily.changes[MOST_GROUPS:]
    left_out = (
        [f"Units that changed on {len(late)} later days are left out; {MOST_GROUPS} days are told."] if late else []
    )
    return (*whole_unit(units, daily.unit_kind), *left_out)


def _period_weeks(around: Around, targets: int) -> int:
    """Return 1 where a group usually has enough returns a week, else 4."""
    weekly: list[float] = []
    for target in range(targets):
        rows = around.returns(target)
        is_own = rows.untouched < 0
        _, week = np.unique(rows.week[is_own], return_inverse=True)
        weekly += np.bincount(week, rows.denominator[is_own]).tolist()
    return 1 if weekly and float(np.median(weekly)) >= ENOUGH_A_WEEK else MONTH
