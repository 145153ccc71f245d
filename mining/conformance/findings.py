"""Sum the deviations of all variants up: how many cases have each, and what KPIs say of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mining.causes.intervals import wilson
from mining.conformance.deviations import Deviation, deviations_of
from mining.conformance.impact import Impact, Moments, Stratum, matched_impact
from mining.conformance.replaying import AlignedLog
from mining.conformance.result import Finding, Verdicts
from mining.conformance.variants import Variant
from mining.log import EventLog
from mining.net import Net
from mining.net_states import exclusive

Allowed = Mapping[Deviation, str]
STRATA = ("reason", "site")


@dataclass(frozen=True)
class Judged:
    """A variant that was aligned, and its deviations with how often it has each."""

    variant: Variant
    deviations: Mapping[Deviation, int]

    def is_legal(self, allowed: Allowed) -> bool:
        """Whether all its deviations are declared legal."""
        return self.deviations.keys() <= allowed.keys()


def judge(net: Net, variants: Sequence[Variant], aligned: AlignedLog) -> tuple[Judged, ...]:
    """Return the aligned variants with their deviations, in the order of `variants`.

    Which activities exclude each other is known of models whose states are; of others no branch is called wrong.
    """
    apart = exclusive(aligned.table.states) if aligned.table else {name: frozenset() for name in net.activities}
    return tuple(
        Judged(variant, deviations_of(aligned.alignments[variant.path, variant.is_open], apart))
        for variant in variants
        if (variant.path, variant.is_open) in aligned.alignments
    )


def verdicts(variants: Sequence[Variant], judged: Sequence[Judged], allowed: Allowed) -> Verdicts:
    """Count cases by verdict. Open cases: RV-LTL's "not yet" (Bauer, Leucker, Schallhart 2010) on the model's paths."""
    counts: Counter[str] = Counter()
    for one in judged:
        if one.variant.is_open:
            name = "undecided" if one.is_legal(allowed) else "violating_open"
        elif not one.deviations:
            name = "conforming"
        else:
            name = "allowed" if one.is_legal(allowed) else "violating"
        counts[name] += one.variant.cases
    cases = sum(variant.cases for variant in variants)
    return Verdicts(
        cases,
        counts["conforming"],
        counts["allowed"],
        counts["violating"],
        counts["violating_open"],
        counts["undecided"],
        cases - sum(counts.values()),
    )


def findings(log: EventLog, dropped: Sequence[str], judged: Sequence[Judged], allowed: Allowed) -> tuple[Finding, ...]:
    """Return every deviation, those of most cases first, legal ones last."""
    cases, open_cases, occurrences = Counter[Deviation](), Counter[Deviation](), Counter[Deviation]()
    for one in judged:
        for deviation, count in one.deviations.items():
            (open_cases if one.variant.is_open else cases)[deviation] += one.variant.cases
            occurrences[deviation] += count * one.variant.cases
    covered = sum(one.variant.cases for one in judged)
    order = sorted(occurrences, key=lambda found: (found in allowed, -(cases + open_cases)[found], found))
    impacts = _impacts(log, dropped, judged, order)
    found = []
    for number, deviation in enumerate(order):
        having = cases[deviation] + open_cases[deviation]
        counts = (having, open_cases[deviation], occurrences[deviation])
        share = (having / covered, *wilson(having, covered))
        found.append(
            Finding(deviation.kind, deviation.activity, *counts, *share, allowed.get(deviation), impacts[number])
        )
    return tuple(found)


def _impacts(
    log: EventLog, dropped: Sequence[str], judged: Sequence[Judged], order: Sequence[Deviation]
) -> Mapping[int, tuple[Impact, ...]]:
    """Return the impacts of each deviation by its place in `order`; ended cases alone are compared."""
    numbers = {deviation: str(number) for number, deviation in enumerate(order)}
    ended = [one for one in judged if not one.variant.is_open]
    pairs = [(one.variant.key, numbers[deviation]) for one in ended for deviation in one.deviations]
    parameters = {
        "dropped": list(dropped),
        "covered": [one.variant.key for one in ended],
        "keys": [key for key, _ in pairs],
        "deviations": [number for _, number in pairs],
    }
    strata: dict[tuple[int, str], list[Stratum]] = defaultdict(list)
    for number, kpi, *sums in log.rows("deviation_strata", parameters, **_compared(log)):
        strata[int(number), kpi].append(Stratum(Moments(*sums[:3]), Moments(*sums[3:])))
    found: dict[int, tuple[Impact, ...]] = defaultdict(tuple)
    for (number, kpi), parts in sorted(strata.items()):
        found[number] += (matched_impact(kpi, parts),)
    return found


def _compared(log: EventLog) -> dict[str, object]:
    """Return the KPIs to compare and the columns to match on, as far as the log has them."""
    columns = {name for name, *_ in log.rows("case_columns")}
    return {"is_warehouse": "closed_micros" in columns, "strata": [name for name in STRATA if name in columns]}
