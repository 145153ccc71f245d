"""Fitness, precision, generalisation and simplicity on weighted variants equal pm4py's on the full log."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from pm4py.algo.conformance.alignments.petri_net import algorithm as their_alignments
from pm4py.algo.evaluation.generalization.variants import token_based
from pm4py.algo.evaluation.precision.variants import align_etconformance
from pm4py.algo.evaluation.replay_fitness.variants import alignment_based, token_replay
from pm4py.algo.evaluation.simplicity.variants import arc_degree
from pm4py.objects.petri_net.obj import Marking
from pm4py.objects.petri_net.utils.align_utils import get_visible_transitions_eventually_enabled_by_marking

from mining.conformance.quality import alignment_fitness, generalization, precision, token_fitness
from mining.conformance.replaying import AlignedLog, Budget, align_variants, replay_variants
from mining.conformance.variants import Variant
from mining.engine import engine_net
from mining.net import Net, simplicity
from mining.net_states import States, states_of
from tests.mining.models import Path, full_log, models_and_logs

QUIET = {"show_progress_bar": False}
ENOUGH = 1000.0


def variants_of(log: dict[Path, int]) -> list[Variant]:
    """The variants in the order of the warehouse: most cases first, equal ones backwards."""
    ordered = sorted(log.items(), key=lambda one: (one[1], one[0]), reverse=True)
    return [Variant(repr(path), path, False, cases) for path, cases in ordered]


def small_states(net: Net) -> States:
    """The state space of a model that must have a small one."""
    states = states_of(net)
    assert states is not None
    return states


def aligned(net: Net, log: dict[Path, int]) -> AlignedLog:
    """Our alignments of the log."""
    return align_variants(net, small_states(net), variants_of(log), Budget(ENOUGH))


@settings(max_examples=20, deadline=None)
@given(models_and_logs())
def test_alignments_are_those_of_the_full_log(given_: tuple[Net, dict[Path, int]]) -> None:
    net, log = given_
    theirs = engine_net(net)
    found = their_alignments.apply_log(full_log(log), theirs.net, theirs.start, theirs.end, parameters=dict(QUIET))
    ours = aligned(net, log)
    paths = [path for path, cases in log.items() for _ in range(cases)]
    assert [ours.alignments[path, False].cost for path in paths] == [one["cost"] for one in found]
    expected = alignment_based.evaluate(found)
    fitness = alignment_fitness(variants_of(log), ours)
    assert fitness.log == pytest.approx(expected["log_fitness"], abs=1e-12)
    assert fitness.mean == pytest.approx(expected["average_trace_fitness"], abs=1e-12)
    assert fitness.fitting_share == pytest.approx(expected["percentage_of_fitting_traces"] / 100, abs=1e-12)
    assert fitness.coverage.is_complete


@settings(max_examples=20, deadline=None)
@given(models_and_logs())
def test_alignments_account_for_every_event_and_every_cost(given_: tuple[Net, dict[Path, int]]) -> None:
    net, log = given_
    for (path, _), alignment in aligned(net, log).alignments.items():
        assert tuple(move.log for move in alignment.moves if move.log is not None) == path
        assert sum(move.log != move.model for move in alignment.moves) == alignment.deviations


@settings(max_examples=20, deadline=None)
@given(models_and_logs())
def test_token_replay_is_that_of_the_full_log(given_: tuple[Net, dict[Path, int]]) -> None:
    net, log = given_
    theirs = engine_net(net)
    replayed = replay_variants(net, variants_of(log), Budget(ENOUGH))
    expected = token_replay.apply(full_log(log), theirs.net, theirs.start, theirs.end, parameters=dict(QUIET))
    fitness = token_fitness(variants_of(log), replayed)
    assert fitness.log == pytest.approx(expected["log_fitness"], abs=1e-12)
    assert fitness.mean == pytest.approx(expected["average_trace_fitness"], abs=1e-12)
    assert fitness.fitting_share == pytest.approx(expected["percentage_of_fitting_traces"] / 100, abs=1e-12)
    general = token_based.apply(full_log(log), theirs.net, theirs.start, theirs.end, parameters=dict(QUIET))
    assert generalization(net, variants_of(log), replayed) == pytest.approx(general, abs=1e-12)


@settings(max_examples=20, deadline=None)
@given(models_and_logs())
def test_simplicity_is_that_of_pm4py(given_: tuple[Net, dict[Path, int]]) -> None:
    net, _ = given_
    assert simplicity(net) == pytest.approx(arc_degree.apply(engine_net(net).net), abs=1e-12)


@settings(max_examples=20, deadline=None)
@given(models_and_logs())
def test_precision_is_that_of_the_full_log(given_: tuple[Net, dict[Path, int]]) -> None:
    net, log = given_
    theirs = engine_net(net)
    table = aligned(net, log).table
    assert table is not None
    ours = precision(table, variants_of(log))
    expected = align_etconformance.apply(full_log(log), theirs.net, theirs.start, theirs.end, parameters=dict(QUIET))
    if all(_sees_all(net, table.states, number) for number in range(len(table.states.markings))):
        assert ours == pytest.approx(expected, abs=1e-12)
    else:
        assert ours is not None
        assert 0 <= ours <= 1


def _sees_all(net: Net, states: States, number: int) -> bool:
    """Whether pm4py's search for what a marking allows finds all of it."""
    theirs: Any = engine_net(net)
    places = sorted(theirs.net.places, key=lambda place: place.name)
    marking = Marking({place: tokens for place, tokens in zip(places, states.markings[number], strict=True) if tokens})
    found = {step.label for step in get_visible_transitions_eventually_enabled_by_marking(theirs.net, marking)}
    waiting, seen = [number], {number}
    allowed = set()
    while waiting:
        for step in states.leaving.get(waiting.pop(), ()):
            if step.activity is not None:
                allowed.add(step.activity)
            elif step.target not in seen:
                seen.add(step.target)
                waiting.append(step.target)
    return allowed == found
