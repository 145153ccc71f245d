"""Find what goes with outcomes: count, test and correct, choose what stands, adjust."""

from __future__ import annotations

from collections.abc import Sequence

from mining.causes.adjustment import Factors
from mining.causes.attributes import CLUSTER, Attribute, attributes_of, chosen
from mining.causes.conditions import Condition
from mining.causes.counting import Cells, Evidence, Slice, gather
from mining.causes.findings import Adjusted, Finding, Influence, Status, influence_of, with_q
from mining.causes.intervals import corrected
from mining.causes.outcomes import Outcome
from mining.causes.results import Causes, OutcomeCauses, Rules
from mining.causes.selection import Selection
from mining.log import EventLog
from pipeline.errors import UsageError

FIRST_CLEAR = "the first outcome with a clear difference"


def find_causes(
    log: EventLog, outcomes: Sequence[Outcome], attributes: Sequence[str] | None = None, rules: Rules | None = None
) -> Causes:
    """Rank attribute values and pairs of them by their association with each outcome; see `Search`."""
    return Search(log, outcomes, attributes, rules).causes()


class Search:
    """Outcomes of a log's cases, counted and tested; it holds no rows and needs the log no more.

    All outcomes share in the correction; findings are made of those that are asked for. `clear` are the names of the
    outcomes of which some condition differs clearly.
    """

    def __init__(
        self,
        log: EventLog,
        outcomes: Sequence[Outcome],
        attributes: Sequence[str] | None = None,
        rules: Rules | None = None,
    ) -> None:
        """Test attribute values and pairs of them; `attributes` names those to try, None the usual ones.

        Raises UsageError for an attribute that the cases lack or that is known only after an outcome, and without any
        outcome.
        """
        if not outcomes:
            raise UsageError("No outcome was given; expected at least one.")
        self._rules = rules or Rules()
        available = attributes_of(log)
        asked = [_Question(log, outcome, available, attributes, self._rules) for outcome in outcomes]
        p_values = [one.p for question in asked for one in question.tested]
        q_values = iter(corrected(p_values, self._rules.any_dependence))
        self._tested = len(p_values)
        self._shared = [(question, [next(q_values) for _ in question.tested]) for question in asked]
        self.clear = tuple(question.name for question, own in self._shared if question.is_clear(own))

    def causes(self, answered: str | None = None) -> Causes:
        """Return the findings of all outcomes, or of the one `answered`.

        `FIRST_CLEAR` is the first of which a condition differs clearly, and the first of all where none does.
        """
        first = (*self.clear, self._shared[0][0].name)[0]
        wanted = first if answered == FIRST_CLEAR else answered
        found = tuple(question.answer(own) for question, own in self._shared if wanted in (None, question.name))
        return Causes(found, self._tested, self._rules, self.clear)


class _Question:
    """One outcome on its way from counts to findings."""

    def __init__(
        self,
        log: EventLog,
        outcome: Outcome,
        available: Sequence[Attribute],
        asked: Sequence[str] | None,
        rules: Rules,
    ) -> None:
        self._outcome, self._rules = outcome, rules
        self._attributes, self._refused = chosen(available, outcome, asked)
        tried = sum(1 for one in self._attributes if one.role != "adjuster" or (asked and one.name in asked))
        is_clustered = any(one.name == CLUSTER for one in available) and CLUSTER not in (asked or ())
        self._evidence = gather(log, outcome, self._attributes, tried, rules.support, is_clustered)
        self._slices = _worth_testing(self._evidence)
        self.tested = [influence_of(one, self._evidence) for one in self._slices]

    @property
    def name(self) -> str:
        """The name of the outcome."""
        return self._outcome.name

    def is_clear(self, q_values: Sequence[float]) -> bool:
        """Tell whether a condition differs clearly, given the corrected p-value of each tested one."""
        return any(map(self._differs, (with_q(one, q) for one, q in zip(self.tested, q_values, strict=True))))

    def answer(self, q_values: Sequence[float]) -> OutcomeCauses:
        """Return the findings, given the corrected p-value of each tested condition."""
        evidence = self._evidence
        influences = {
            one.condition: with_q(influence, q)
            for one, influence, q in zip(self._slices, self.tested, q_values, strict=True)
        }
        return OutcomeCauses(
            outcome=self._outcome,
            cases=evidence.total.cases,
            outcomes=evidence.total.outcomes,
            left_out=evidence.left_out,
            attributes=self._attributes,
            refused=self._refused,
            grouped=evidence.grouped,
            findings=tuple(sorted(self._findings(influences), key=Finding.rank)),
            cells=evidence.cells,
        )

    def _findings(self, influences: dict[Condition, Influence]) -> list[Finding]:
        cells, level = self._evidence.cells, self._rules.false_discovery_rate
        clear = [name for name, one in influences.items() if self._differs(one)]
        clear = sorted(clear, key=lambda name: (influences[name].p, name))[: self._rules.adjusted]
        effects = {name: one.design_effect for name, one in influences.items()}
        factors = Factors(cells, self._rules.support)
        standing = Selection(cells, factors, effects, clear, level).standing()
        adjusted = {one: factors.adjusted(one, standing, effects[one]) for one in clear}
        stands = {one for one in standing if adjusted[one].p <= level}
        return [
            Finding(
                condition=condition,
                implied=_implied(cells, condition),
                influence=influence,
                adjusted=adjusted.get(condition),
                status=self._status(influence, adjusted.get(condition), condition in stands),
                explained_by=_explaining(cells, condition, stands) if condition in clear else None,
            )
            for condition, influence in influences.items()
        ]

    def _status(self, influence: Influence, adjusted: Adjusted | None, stands: bool) -> Status:
        if not self._is_enough(influence):
            return "not enough data"
        if influence.q > self._rules.false_discovery_rate:
            return "no clear difference"
        if adjusted is None:
            return "not adjusted"
        if not stands:
            return "explained by other factors"
        return "cause candidate" if adjusted.contribution > 0 else "associated with fewer"

    def _differs(self, influence: Influence) -> bool:
        return influence.q <= self._rules.false_discovery_rate and self._is_enough(influence)

    def _is_enough(self, influence: Influence) -> bool:
        expected = influence.cases * influence.rate / influence.lift if influence.lift else influence.outcomes
        clusters = influence.clusters if self._evidence.is_clustered else self._rules.clusters
        return max(influence.outcomes, expected) >= self._rules.outcomes and clusters >= self._rules.clusters


def _worth_testing(evidence: Evidence) -> list[Slice]:
    """Slices that differ from all cases and, for pairs, from each part; nothing without cases of both kinds."""
    total = evidence.total
    if total.outcomes in (0, total.cases):
        return []
    singles = {one.condition: one.cases for one in evidence.slices if len(one.condition.parts) == 1}
    return [
        one
        for one in evidence.slices
        if one.condition.says_something
        and one.cases < total.cases
        and all(singles.get(Condition((part,))) != one.cases for part in one.condition.parts[: 2 * _is_pair(one)])
    ]


def _is_pair(one: Slice) -> bool:
    return len(one.condition.parts) > 1


def _implied(cells: Cells, condition: Condition) -> Condition:
    """What all cases of a condition share besides, of attributes that have several values."""
    codes = cells.codes[cells.meets(condition)]
    shared = [
        (name, cells.words[name][int(code)])
        for name, code, is_shared in zip(cells.attributes, codes[0], (codes == codes[0]).all(axis=0), strict=True)
        if is_shared and name not in condition.attributes and len(cells.words[name]) > 1
    ]
    return Condition(tuple(part for part in shared if Condition((part,)).says_something))


def _explaining(cells: Cells, condition: Condition, stands: set[Condition]) -> Condition | None:
    """The standing condition that shares most cases with another, as a share of those of either."""
    if condition in stands or not stands:
        return None
    met = cells.meets(condition)

    def overlap(other: Condition) -> float:
        also = cells.meets(other)
        return float(cells.cases[met & also].sum() / cells.cases[met | also].sum())

    return max(sorted(stands), key=overlap)
