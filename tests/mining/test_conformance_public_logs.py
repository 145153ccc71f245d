"""Weighted variants of real logs give pm4py's figures of the full log; without the files a drawn log stands in."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path as File

import pm4py
import pytest
from pm4py.algo.conformance.alignments.petri_net import algorithm as their_alignments
from pm4py.algo.evaluation.replay_fitness.variants import alignment_based, token_replay

from mining.bpmn_reader import read_bpmn
from mining.conformance.quality import alignment_fitness, generalization, precision, token_fitness
from mining.conformance.replaying import Budget, align_variants, replay_variants
from mining.conformance.variants import Variant
from mining.discovery import discover_bpmn
from mining.engine import engine_net
from mining.net_states import states_of
from pipeline.settings import PROJECT
from tests.mining.models import Path, full_log

SHARED = PROJECT.parent / "shared" / "data"
LOGS = ["drawn", *(path.name for path in sorted(SHARED.glob("*.xes.gz")))]


def drawn_log() -> dict[Path, int]:
    """A log of a process with a choice, a repetition and noise."""
    chance = random.Random(11)
    paths: Counter[Path] = Counter()
    for _ in range(400):
        path = ["Ask", *["Look"] * chance.randint(1, 3), chance.choice(["Pay", "Swap"]), "End"]
        if chance.random() < 0.2:
            chance.shuffle(path)
        paths[tuple(path)] += 1
    return dict(paths)


def read_log(name: str) -> dict[Path, int]:
    """The variants of a public log."""
    if name == "drawn":
        return drawn_log()
    log = pm4py.read_xes(str(SHARED / File(name)), show_progress_bar=False)
    return {tuple(path): cases for path, cases in pm4py.get_variants(log).items()}


@pytest.mark.parametrize("name", LOGS)
def test_the_figures_are_those_of_the_full_log(name: str) -> None:
    log = read_log(name)
    net = read_bpmn(discover_bpmn(log, name))
    states = states_of(net)
    assert states is not None
    ordered = sorted(log.items(), key=lambda one: (one[1], one[0]), reverse=True)
    variants = [Variant(str(number), path, False, cases) for number, (path, cases) in enumerate(ordered)]
    aligned = align_variants(net, states, variants, Budget(600))
    replayed = replay_variants(net, variants, Budget(600))
    theirs, quiet = engine_net(net), {"show_progress_bar": False}
    found = their_alignments.apply_log(full_log(log), theirs.net, theirs.start, theirs.end, parameters=dict(quiet))
    expected = alignment_based.evaluate(found)
    fitness = alignment_fitness(variants, aligned)
    assert fitness.log == pytest.approx(expected["log_fitness"], abs=1e-12)
    assert fitness.mean == pytest.approx(expected["average_trace_fitness"], abs=1e-12)
    tokens = token_replay.apply(full_log(log), theirs.net, theirs.start, theirs.end, parameters=dict(quiet))
    assert token_fitness(variants, replayed).log == pytest.approx(tokens["log_fitness"], abs=1e-12)
    assert aligned.table is not None
    general, precise = generalization(net, variants, replayed), precision(aligned.table, variants)
    assert general is not None
    assert precise is not None
    assert 0 < general < 1
    assert 0 < precise < 1
