"""The four qualities of a model for a log: fitness, precision, generalisation, simplicity."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from mining.conformance.alignments import CostTable, Path
from mining.conformance.replaying import AlignedLog, fitness_of
from mining.conformance.variants import Variant
from mining.engine import Replayed
from mining.net import Net
from mining.net_states import MOVE, States


@dataclass(frozen=True)
class Coverage:
    """How much of the ended cases a figure is about: cases and distinct paths, of how many."""

    cases: int
    variants: int
    of_cases: int
    of_variants: int

    @property
    def is_complete(self) -> bool:
        """Whether nothing was left out."""
        return self.variants == self.of_variants


@dataclass(frozen=True)
class Fitness:
    """How well a log fits: of the log as a whole, the mean over cases, the share of cases without a deviation.

    All are 0..1, None when nothing was covered.
    """

    log: float | None
    mean: float | None
    fitting_share: float | None
    coverage: Coverage


def alignment_fitness(variants: Sequence[Variant], aligned: AlignedLog) -> Fitness:
    """Return the fitness by alignments: 1 - all costs over all costs of the worst alignments, weighted by cases.

    Adriansyah, "Aligning Observed and Modeled Behavior" (2014); pm4py's ``replay_fitness.alignment_based``.
    """
    covered = [variant for variant in variants if not variant.is_open and (variant.path, False) in aligned.alignments]
    cost = worst = fitting = 0
    total = 0.0
    for variant in covered:
        found = aligned.alignments[variant.path, False]
        shortest = aligned.shortest or 0
        fitness = fitness_of(found, variant.path, shortest)
        cost += found.cost * variant.cases
        worst += (len(variant.path) * MOVE + shortest) * variant.cases
        total += fitness * variant.cases
        fitting += variant.cases if fitness == 1 else 0
    cases = sum(variant.cases for variant in covered)
    if not cases:
        return Fitness(None, None, None, coverage(variants, covered))
    log = 1 - (cost / worst if worst else 0)
    return Fitness(log, total / cases, fitting / cases, coverage(variants, covered))


def token_fitness(variants: Sequence[Variant], replayed: Mapping[Path, Replayed]) -> Fitness:
    """Return the fitness by tokens: 0.5 (1 - missing / consumed) + 0.5 (1 - remaining / produced), over all cases.

    Rozinat, van der Aalst, "Conformance checking of processes based on monitoring real behavior" (2008); pm4py's
    ``replay_fitness.token_replay``.
    """
    covered = [variant for variant in variants if not variant.is_open and variant.path in replayed]
    sums: Counter[str] = Counter()
    total = 0.0
    for variant in covered:
        found = replayed[variant.path]
        for name in ("missing", "consumed", "remaining", "produced", "is_fit"):
            sums[name] += getattr(found, name) * variant.cases
        total += found.fitness * variant.cases
    cases = sum(variant.cases for variant in covered)
    if not cases or not sums["consumed"] or not sums["produced"]:
        return Fitness(None, None, None, coverage(variants, covered))
    log = 0.5 * (1 - sums["missing"] / sums["consumed"]) + 0.5 * (1 - sums["remaining"] / sums["produced"])
    return Fitness(log, total / cases, sums["is_fit"] / cases, coverage(variants, covered))


def coverage(variants: Sequence[Variant], covered: Sequence[Variant]) -> Coverage:
    """Return how much of the ended cases the variants `covered` are."""
    ended = [variant for variant in variants if not variant.is_open]
    return Coverage(sum(one.cases for one in covered), len(covered), sum(one.cases for one in ended), len(ended))


def generalization(net: Net, variants: Sequence[Variant], replayed: Mapping[Path, Replayed]) -> float | None:
    """Return 1 - the mean over transitions of 1 / sqrt(how often it fired), 1 for one that never did.

    Buijs, van Dongen, van der Aalst, "Quality dimensions in process discovery" (2014), firings by token-based replay
    as in pm4py's ``evaluation.generalization``. None when nothing was replayed.
    """
    fired: Counter[int] = Counter()
    for variant in variants:
        if not variant.is_open and variant.path in replayed:
            for number in replayed[variant.path].fired:
                fired[number] += variant.cases
    if not replayed:
        return None
    steps = len(net.transitions)
    return 1 - sum(1 / sqrt(fired[number]) if fired[number] else 1 for number in range(steps)) / steps if steps else 1.0


def precision(table: CostTable, variants: Sequence[Variant]) -> float | None:
    """Return how much of what the model allows after each prefix of the log the log does somewhere, 0..1.

    ETConformance: Munoz-Gama, Carmona, "A fresh look at precision in process conformance" (2010): 1 - escaping over
    allowed activities, summed over the prefixes that the model can do just so, each weighted by the cases that go on
    from it (the empty prefix by all cases). What is allowed is what can be done next from a state that the prefix
    leads to with fewest silent steps, further silent steps included. That is pm4py's
    ``precision.variants.align_etconformance``, but for its search for what is allowed: it remembers one marking a
    transition and can miss activities behind silent steps that run in parallel. None without cases.
    """
    following: dict[tuple[int, str], int] = {}
    weights, rows, seen = [0], [0], defaultdict[int, set[str]](set)
    for variant in variants:
        here, cost = 0, 0
        weights[0] += variant.cases
        for position, activity in enumerate(variant.path):
            seen[here].add(activity)
            weights[here] += variant.cases if position else 0
            step = table.after(rows[here], activity)
            cost += step.cost
            if cost >= MOVE:
                break
            here = following.setdefault((here, activity), len(rows))
            if here == len(rows):
                rows.append(step.row)
                weights.append(0)
    of_states = _allowed(table.states)
    allowed = {
        row: frozenset[str]().union(*(of_states[state] for state in np.flatnonzero(table.rows[row] == 0)))
        for row in set(rows)
    }
    total = sum(weight * len(allowed[row]) for weight, row in zip(weights, rows, strict=True))
    escaping = sum(
        weight * len(allowed[row] - seen[number])
        for number, (weight, row) in enumerate(zip(weights, rows, strict=True))
    )
    if not weights[0]:
        return None
    return 1 - escaping / total if total else 1.0


def _allowed(states: States) -> tuple[frozenset[str], ...]:
    """Return for each state the activities that can come next, behind silent steps too."""
    names = sorted(states.doings)
    rows = [(states.ways[:, states.doings[name].sources] < MOVE).any(axis=1) for name in names]
    can = np.array(rows).reshape(len(names), len(states.markings))
    return tuple(
        frozenset(name for name, possible in zip(names, can[:, state], strict=True) if possible)
        for state in range(len(states.markings))
    )
