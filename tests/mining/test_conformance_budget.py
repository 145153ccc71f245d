"""Conformance ends in time whatever the model and the log, and says what it covered."""

from __future__ import annotations

import random
import time
from itertools import count

from mining.bpmn import bpmn_xml
from mining.bpmn_reader import read_bpmn
from mining.conformance import conformance
from mining.conformance.findings import judge, verdicts
from mining.conformance.quality import alignment_fitness, coverage, generalization, token_fitness
from mining.conformance.replaying import Budget, align_variants, replay_variants
from mining.conformance.variants import Variant
from mining.net import Net
from mining.net_states import states_of
from mining.tree import Activity, Node, Operator, Silent
from tests.mining.worlds import log_of

WIDE = 24


def wide_model() -> str:
    """Many branches in parallel, each repeatable: more states than can ever be visited."""
    branches: list[Node] = []
    for number in range(WIDE):
        again = Operator("choice", (Activity(f"B{number:02}"), Silent()))
        branches.append(Operator("loop", (Operator("sequence", (Activity(f"A{number:02}"), again)), Silent())))
    return bpmn_xml(Operator("parallel", tuple(branches)), "wide")


def noise(paths: int, length: int) -> list[Variant]:
    """Paths of activities at random, each of its own number of cases."""
    chance = random.Random(7)
    names = [f"{letter}{number:02}" for letter in "AB" for number in range(WIDE)]
    drawn = [tuple(chance.choice(names) for _ in range(length)) for _ in range(paths)]
    return [Variant(str(number), path, False, paths - number) for number, path in enumerate(drawn)]


def test_a_model_too_large_to_align_ends_in_time_and_says_so() -> None:
    net = read_bpmn(wide_model())
    states = states_of(net)
    assert states is None
    variants = noise(40, 60)
    begun = time.monotonic()
    aligned = align_variants(net, states, variants, Budget(1))
    replayed = replay_variants(net, variants, Budget(1))
    assert time.monotonic() - begun < 30
    by_alignment, by_tokens = alignment_fitness(variants, aligned), token_fitness(variants, replayed)
    assert by_alignment.coverage.variants < by_alignment.coverage.of_variants == 40
    assert by_tokens.coverage.variants >= 1
    found = verdicts(variants, judge(net, variants, aligned), {})
    assert found.not_covered == found.cases - by_alignment.coverage.cases
    assert found.not_covered > 0


def test_small_paths_of_a_large_model_are_searched() -> None:
    parallel = Operator("parallel", tuple(Activity(f"A{number:02}") for number in range(14)))
    net = read_bpmn(bpmn_xml(parallel, "parallel"))
    assert states_of(net) is None
    path = tuple(f"A{number:02}" for number in range(14))
    variants = [Variant("1", path, False, 3), Variant("2", path[:-1], False, 1), Variant("3", path[:2], True, 1)]
    aligned = align_variants(net, None, variants, Budget(300))
    assert [aligned.alignments[variant.path, False].deviations for variant in variants[:2]] == [0, 1]
    assert (path[:2], True) not in aligned.alignments
    fitness = alignment_fitness(variants, aligned)
    assert fitness.mean == (3 + 1 - 1 / 27) / 4
    assert verdicts(variants, judge(net, variants, aligned), {}).not_covered == 1


def test_the_most_frequent_variants_come_first_when_time_runs_out() -> None:
    net = read_bpmn(bpmn_xml(Operator("loop", (Activity("A"), Silent())), "small"))
    variants = [Variant(str(size), ("A",) * size, False, 10 - size) for size in range(1, 6)]
    ticks = count()
    aligned = align_variants(net, states_of(net), variants, Budget(4, lambda: float(next(ticks))))
    assert [path for path, _ in aligned.alignments] == [("A",) * size for size in (1, 2, 3)]
    ticks = count()
    replayed = replay_variants(net, variants, Budget(3, lambda: float(next(ticks))))
    assert list(replayed) == [("A",), ("A", "A")]
    found = coverage(variants, variants[:3])
    assert (found.cases, found.variants, found.of_cases, found.of_variants) == (24, 3, 35, 5)
    assert not found.is_complete


def test_no_time_covers_nothing_and_claims_nothing() -> None:
    log = log_of({"a": [("A", "2025-01-06 10:00")]})
    result = conformance(log, bpmn_xml(Activity("A"), "one"), 0)
    assert result.budget_spent
    assert (result.alignments.log, result.tokens.log, result.generalization, result.precision) == (None,) * 4
    assert (result.verdicts.not_covered, result.deviations) == (1, ())


def test_a_model_that_never_ends_aligns_nothing() -> None:
    net = Net(2, (), (1, 0), (0, 1))
    variants = [Variant("1", ("A",), False, 1)]
    aligned = align_variants(net, states_of(net), variants, Budget(60))
    assert (aligned.alignments, aligned.shortest, aligned.table) == ({}, None, None)
    assert generalization(net, variants, {}) is None
