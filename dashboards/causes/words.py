"""Sentences and rows about what goes with an outcome. They say what is found together, never what makes what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dashboards.causes.answer import Association, CausesAnswer
from dashboards.charts.forest import Mark, Row
from pipeline import formats
from pipeline.formats import count, share

STATUSES = {
    "cause candidate": "goes with more of it, and the other known factors do not explain that",
    "associated with fewer": "goes with less of it, and the other known factors do not explain that",
    "explained by other factors": "differs, but no longer once the other factors are taken into account",
    "not adjusted": "differs, but is not among the clearest, for which other factors were taken into account",
    "not enough data": "too few returns with the outcome, or of too few customers, to tell",
    "no clear difference": "no more than chance gives among all that was tested",
}
CLEAR = ("cause candidate", "associated with fewer", "explained by other factors", "not adjusted")
STANDING = CLEAR[:2]
QUESTIONS = {
    "late": "Why are returns late?",
    "rework": "Why are returns reworked?",
    "exception of any type": "Why are returns flagged with exceptions?",
    "low recovery": "Why do suppliers pay back too little?",
    "SLA miss": "Why do customers wait for due messages?",
}
CAVEAT = (
    "Everything here is an association in the log. A candidate is worth a look at the process; "
    "only changing the process shows whether it is a cause."
)


def lead(answer: CausesAnswer) -> str:
    """Say how often the outcome happens and what goes with it most."""
    if not answer.cases:
        return f"No return of this selection can be judged: whether it is {answer.words} is not known of any."
    often = f"{count(answer.outcomes)} of {count(answer.cases)} judged returns ({_rate(answer)}) are {answer.words}."
    if answer.outcomes in (0, answer.cases):
        return f"{often} So there is nothing to compare. {_elsewhere(answer)}"
    standing = with_status(answer, STANDING)
    if not standing:
        tested = count(len(answer.associations))
        return f"{often} Of {tested} conditions tested, nothing stands out by itself. {_rest(answer)}"
    return f"{often} {standing[0].row.sentence}"


def _elsewhere(answer: CausesAnswer) -> str:
    """Say with which other outcomes something goes clearly, where nothing does with this one."""
    if not answer.clear:
        return "Nor does anything go clearly with one of the other outcomes."
    return f"Choose another outcome: something goes clearly with {formats.listed(list(answer.clear))}."


def _rest(answer: CausesAnswer) -> str:
    """Say what becomes of the conditions that differ without standing out."""
    clear = len(with_status(answer, CLEAR))
    if not clear:
        return f"None differs by more than chance would give. {_elsewhere(answer)}"
    which = "The one that differs is" if clear == 1 else f"The {count(clear)} that differ are"
    return f"{which} explained by other factors, or not among the clearest, for which those were looked at."


def _rate(answer: CausesAnswer) -> str:
    return share(answer.outcomes / answer.cases)


def with_status(answer: CausesAnswer, statuses: Sequence[str]) -> list[Association]:
    """Return the associations that have one of the statuses, by rank."""
    return [one for one in answer.associations if one.finding.status in statuses]


def worth_showing(answer: CausesAnswer, most: int) -> list[Association]:
    """Return the clear associations first; where there is none, the first of those that are not."""
    return (with_status(answer, CLEAR) or list(answer.associations))[:most]


def forest_row(one: Association) -> Row | None:
    """Return the ratio of an association before and after other factors; None when others never have the outcome."""
    influence, adjusted = one.finding.influence, one.finding.adjusted
    note = f"{one.finding.status} · {count(influence.outcomes)} of {count(influence.cases)}"
    before = _mark(influence.risk_ratio, influence.ratio_interval)
    after = _mark(adjusted.risk_ratio, adjusted.ratio_interval) if adjusted else None
    said = after or before
    return Row(one.who, note, after, before, _words(said)) if said else None


def _mark(ratio: float | None, interval: tuple[float, float] | None) -> Mark | None:
    if not ratio:
        return None
    return Mark(ratio, *interval) if interval else Mark(ratio, None, None)


def _words(mark: Mark) -> str:
    if mark.low is None or mark.high is None:
        return formats.times(mark.value)
    return f"{formats.times(mark.value)} ({formats.ratio_figure(mark.low)} to {formats.ratio_figure(mark.high)})"


def tally(answer: CausesAnswer) -> str:
    """Say how many conditions have each status, e.g. ``641 conditions tested: 1 cause candidate, 640 …``."""
    found: Counter[str] = Counter(one.finding.status for one in answer.associations)
    parts = [f"{count(found[status])} {status}" for status in STATUSES if found[status]]
    return f"{count(len(answer.associations))} conditions tested: {', '.join(parts) or 'none'}."


def not_asked(answer: CausesAnswer) -> list[tuple[str, str]]:
    """Return what was tried, refused, left out and grouped, each with a heading."""
    left_out = ", ".join(f"{count(cases)} {reason}" for reason, cases in answer.left_out)
    grouped = ", ".join(
        f"{count(values)} of {title.lower()} ({count(cases)} returns)" for title, values, cases in answer.grouped
    )
    return [
        ("Judged", f"{count(answer.cases)} returns, {count(answer.outcomes)} of them {answer.words}"),
        ("Returns left out", left_out or "none"),
        ("Tried", f"{formats.listed(list(answer.tried))}, alone and in pairs; each in 20 returns or more"),
        ("Only adjusted for", formats.listed(list(answer.only_adjusted)) or "nothing"),
        ("Refused", " ".join(answer.refused) or "nothing"),
        ("Rare values, counted as one", grouped or "none"),
        (
            "Chance",
            f"Corrected for all {count(answer.tested)} conditions of the five outcomes, "
            "5\N{NO-BREAK SPACE}% false finds at most",
        ),
    ]
