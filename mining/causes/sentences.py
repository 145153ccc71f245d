"""Findings as sentences."""

from __future__ import annotations

from mining.causes.conditions import Condition
from mining.causes.findings import Finding, Influence
from mining.causes.results import OutcomeCauses
from mining.cohort.names import DEFAULT_NAMES, Names
from pipeline.formats import ratio_figure, share

_SHOWN = 3


def sentence(finding: Finding, of: OutcomeCauses, names: Names = DEFAULT_NAMES) -> str:
    """Return a finding as one or two sentences: who, how often, how clearly, and what becomes of it afterwards.

    It says what goes together, never what causes what. `names` are those of the values.
    """
    influence = finding.influence
    who = subject(finding.condition, finding.implied, of, names)
    if finding.status == "not enough data":
        return f"{who}: {influence.outcomes} of {influence.cases} are {of.outcome.words}; too few to tell."
    if finding.status == "no clear difference":
        return f"{who} are {of.outcome.words} about as often as others: {_rates(influence)}; no clear difference."
    shares = (
        f"{who} are {share(influence.share_of_outcomes)} of those {of.outcome.words}"
        f" and {share(influence.share_of_cases)} of all; {_likely(influence, of)}"
    )
    return f"{shares}; {_afterwards(finding, of, names)}."


def subject(condition: Condition, implied: Condition, of: OutcomeCauses, names: Names = DEFAULT_NAMES) -> str:
    """Return who a condition is about, e.g. ``Hydraulics from S00007 sent back for quality complaint``."""
    values = {name: names.of(name, value) for name, value in condition.parts + implied.parts}
    known = [(one.phrase, values[one.name]) for one in of.attributes if one.name in values]
    noun = next((value for phrase, value in known if phrase == "{}"), _noun(of))
    return " ".join([noun, *(phrase.format(value) for phrase, value in known if phrase != "{}")])


def _noun(of: OutcomeCauses) -> str:
    return "Returns" if of.outcome.business else "Cases"


def _likely(influence: Influence, of: OutcomeCauses) -> str:
    if influence.risk_ratio is None:
        return f"no other is {of.outcome.words}"
    interval = influence.ratio_interval
    between = "" if interval is None else f" ({ratio_figure(interval[0])} to {ratio_figure(interval[1])})"
    return f"{_times(influence.risk_ratio)} as likely to be {of.outcome.words} as others{between}"


def _afterwards(finding: Finding, of: OutcomeCauses, names: Names) -> str:
    adjusted = finding.adjusted
    if adjusted is None:
        return "not among the clearest, so not adjusted"
    if finding.status == "explained by other factors":
        if finding.explained_by is None:
            return "other factors explain it"
        who = subject(finding.explained_by, Condition(()), of, names)
        who = who[0].lower() + who[1:] if who.startswith(_noun(of)) else who
        return f"explained by other factors, most of all by {who}"
    low, high = adjusted.ratio_interval
    after = _factors(adjusted.factors, of)
    return f"{after}{_times(adjusted.risk_ratio)} ({ratio_figure(low)} to {ratio_figure(high)})"


def _factors(names: tuple[str, ...], of: OutcomeCauses) -> str:
    """What was adjusted for: the first three by title, the others by number."""
    titles = [one.title.lower() for one in of.attributes if one.name in names]
    if not titles:
        return "nothing to adjust for: "
    shown = titles if len(titles) <= _SHOWN + 1 else [*titles[:_SHOWN], f"{len(titles) - _SHOWN} more"]
    return f"after {', '.join(shown[:-1])}{' and ' if len(shown) > 1 else ''}{shown[-1]}: "


def _rates(influence: Influence) -> str:
    return f"{share(influence.rate)} against {share(influence.rest_rate)}"


def _times(ratio: float) -> str:
    return f"{ratio_figure(ratio)} times"
