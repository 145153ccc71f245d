"""What the page says of a comparison."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from datetime import timedelta

from dashboards.list_html import Column
from mining.cohort import Names
from mining.cohort.words import step_words
from pipeline import formats
from proof.baseline.record import Baseline, FrozenValue
from proof.baseline.verifying import Verification
from proof.baseline.words import shown
from proof.comparison import Judged
from proof.followed import Followed
from proof.headline import title
from proof.question import Question, RolloutStep, Side

TOO_SHORT = (
    "There is nothing to compare yet: choose the dates of before and after. A comparison wants returns of both that "
    "can be followed for the same time."
)
VERDICTS = (
    "Improved and worsened are beyond what chance would bring: the change is like for like (that of percentiles and of "
    "amounts per return is as measured), its error knows that returns of one customer and of the same weeks are alike, "
    "and of all changes called at most 5\N{NO-BREAK SPACE}% are expected to be false. A change that is not called may "
    "still be there; the column beside says how large it would have to be."
)
SIDES = Column("Before", is_number=True), Column("After", is_number=True)
CHANGE = Column("Change, with 95 % interval", is_number=True)
ALIKE = Column("Like for like, with 95 % interval", is_number=True)
SIGNS = {
    "improved": "\N{CHECK MARK} improved",
    "worsened": "\N{BALLOT X} worsened",
    "changed": "\N{BLACK DIAMOND} changed",
    "no clear change": "= no clear change",
    "too early": "\N{HORIZONTAL ELLIPSIS} too early",
    "not comparable": "\N{EN DASH} not comparable",
}


def window(side: Side) -> str:
    """Say the days of a side, both ends included, e.g. ``1 Feb 2025 to 31 Mar 2025``."""
    return f"{formats.day(side.start)} to {formats.day(side.end - timedelta(days=1))}"


def followed(found: Followed, question: Question) -> str:
    """Say for how long both sides are followed and who stands apart."""
    told = (
        f"Returns requested {window(question.before)} ({formats.count(found.returns('before'))}) against those "
        f"requested {window(question.after)} ({formats.count(found.returns('after'))}), each followed for "
        f"{found.horizon_days} days from its request: what came later counts on neither side."
    )
    apart = [one for one in found.standings if one.reason != "compared"]
    if not apart:
        return told
    reasons = [f"{formats.count(one.returns)} of {one.side} ({one.reason})" for one in apart]
    return f"{told} Apart stand {formats.listed(reasons)}."


def name(judged: Judged) -> str:
    """Name a measure at the head of a line, e.g. ``Median credit lag``."""
    found = title(judged)
    return found[:1].upper() + found[1:]


def like_for_like(judged: Judged, currency: str) -> str:
    """Say the change that the verdict is about with its sign and interval, e.g. ``+1.5 (+1.1 to +1.9)``."""
    change, unit = judged.change, judged.effect.measure.unit
    if change is None:
        return formats.NOTHING
    low, high = (_figure(end, unit, currency) for end in change.interval)
    return f"{signed(change.value, unit, currency)} ({low} to {high})"


def signed(value: float, unit: str, currency: str) -> str:
    """Return a difference with its sign in the measure's unit; shares in points."""
    figure = _figure(value, unit, currency)
    return f"{figure}{formats.SPACE}points" if unit == "share" else figure


def _figure(value: float, unit: str, currency: str) -> str:
    """Return a difference with its sign, without the unit that stands beside it; what rounds to nothing has no sign."""
    if unit == "money":
        return f"{'+' if value > 0 else formats.MINUS}{formats.money(abs(value), currency)}" if round(value) else "0"
    return formats.signed(100 * value if unit == "share" else value)


def of_baseline(frozen: Baseline, names: Names, *, is_filtered: bool) -> str:
    """Say which baseline before is and of which returns both sides are; and that the filters are not used."""
    steps = ", ".join(step_words(step, names) for step in frozen.side.cohort.steps)
    told = (
        f"Before is the baseline {frozen.name}, frozen of {steps or 'all returns'}; after is of the same returns, and "
        "both are followed on today's data."
    )
    return f"{told} The filters above do not count here: the baseline says which returns." if is_filtered else told


def frozen_and_today(held: Verification, goals: Sequence[str]) -> str:
    """Say of the goals what was frozen and what the frozen period is today, e.g. ``11.2 as frozen, 11.4 today``."""
    restated = {one.measure.measure: one.today for one in held.restatements}
    goals_told = [
        _then_and_now(frozen, restated.get(goal, frozen.value))
        for goal in goals
        if (frozen := held.intact().value(goal)) is not None
    ]
    many = len(restated)
    state = (
        f"Today's data gives {formats.count(many)} figure{'' if many == 1 else 's'} of the baseline otherwise than "
        f"frozen; the page Baseline names the causes. {'; '.join(goals_told)}."
        if restated
        else f"Today's data gives every figure of the baseline as it was frozen. {'; '.join(goals_told)}."
    )
    return f"{state} Frozen figures are of their period by their own dates, without the follow-up of those below."


def _then_and_now(frozen: FrozenValue, today: float | None) -> str:
    unit = frozen.measure.unit
    then, now = (shown(value, unit) for value in (frozen.value, today))
    told = f"{then} as frozen and on today's data" if then == now else f"{then} as frozen, {now} on today's data"
    return f"{frozen.measure.title} ({frozen.measure.statistic}, {unit}): {told}"


def rolled_out(name: str, steps: Sequence[RolloutStep]) -> str:
    """Say where and when the change came, by the table of that name."""
    told = [
        f"{step.unit_kind} {step.unit} on {formats.day(step.on)}{f' ({step.change})' if step.change else ''}"
        for step in sorted(steps, key=lambda step: (step.on, step.unit_kind, step.unit))
    ]
    return f"The change came by the roll-out table {name}: {', '.join(told)}. Other returns of after are not compared."


def same_by_command(question: Question, baseline: str = "", rollout: str = "") -> str:
    """Say how to have the same at the command line; `baseline` and `rollout` are names, empty for none."""
    before, after = question.before, question.after
    given = ["--before-from", str(before.start), "--before-to", str(before.end)]
    given = ["--baseline", baseline] if baseline else given
    given += ["--from", str(after.start), "--to", str(after.end)]
    given += ["--rollout", f"DIR/rollouts/{rollout}.csv"] if rollout else []
    cohort = " --cohort FILE" if after.cohort.steps and not baseline else ""
    command = f"{shlex.join(['retrace', 'compare', '--workspace', 'DIR', *given])}{cohort}"
    return f"The same at the command line: {command}. Question {question.digest[:12]}."
