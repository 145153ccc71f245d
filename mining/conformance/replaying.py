"""Replay variants within a time budget: what could not be done in time is said, nothing waits for ever."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from mining.conformance.alignments import Alignment, CostTable, Move, Path, align
from mining.conformance.variants import Variant
from mining.engine import Replayed, replay
from mining.engine import align as search
from mining.net import Net
from mining.net_states import MOVE, States

SECONDS_PER_PATH = 5.0
ALIGNMENT_SHARE = 0.6


@dataclass
class Budget:
    """Seconds that may be spent, from now on."""

    seconds: float
    clock: Callable[[], float] = time.monotonic
    begun: float = field(init=False)

    def __post_init__(self) -> None:
        """Start the clock."""
        self.begun = self.clock()

    @property
    def left(self) -> float:
        """What is left of it; below zero when it is overdrawn."""
        return self.seconds - (self.clock() - self.begun)

    def share(self, part: float) -> Budget:
        """Return a budget of a part of what is left."""
        return Budget(max(0.0, self.left) * part, self.clock)


@dataclass(frozen=True)
class AlignedLog:
    """The alignments that were found in time, by path and whether the case is open.

    `shortest` is the cost of the model's cheapest run, None when none was found; `table` holds the cost rows of a
    model that is small enough, None for one that had to be searched.
    """

    alignments: Mapping[tuple[Path, bool], Alignment]
    shortest: int | None
    table: CostTable | None


def align_variants(net: Net, states: States | None, variants: Sequence[Variant], budget: Budget) -> AlignedLog:
    """Align variants in their order until the budget is spent.

    A model of few states is aligned by table, any other searched path by path (there only ended cases, and none that
    takes longer than 5 s). A model that can never end aligns nothing.
    """
    if states is None:
        return _search(net, variants, budget)
    if states.end is None:
        return AlignedLog({}, None, None)
    table = CostTable(states)
    found: dict[tuple[Path, bool], Alignment] = {}
    for variant in variants:
        if budget.left <= 0:
            break
        if table.is_full:
            table = CostTable(states)
        found[variant.path, variant.is_open] = align(table, variant.path, is_open=variant.is_open)
    return AlignedLog(found, int(states.ways[0, states.end]), table)


def _search(net: Net, variants: Sequence[Variant], budget: Budget) -> AlignedLog:
    found: dict[tuple[Path, bool], Alignment] = {}
    shortest = search(net, (), min(SECONDS_PER_PATH, budget.left))
    for variant in variants:
        if budget.left <= 0 or shortest is None:
            break
        if variant.is_open:
            continue
        aligned = search(net, variant.path, min(SECONDS_PER_PATH, budget.left))
        if aligned is not None:
            moves = tuple(Move(log, model) for log, model in aligned.moves)
            found[variant.path, False] = Alignment(aligned.cost, moves)
    return AlignedLog(found, None if shortest is None else shortest.cost, None)


def replay_variants(net: Net, variants: Sequence[Variant], budget: Budget) -> Mapping[Path, Replayed]:
    """Replay the tokens of ended cases' variants in their order until the budget is spent."""
    ended = [variant.path for variant in variants if not variant.is_open]
    found: dict[Path, Replayed] = {}
    if budget.left <= 0:
        return found
    for path, replayed in zip(ended, replay(net, ended, SECONDS_PER_PATH), strict=True):
        found[path] = replayed
        if budget.left <= 0:
            break
    return found


def fitness_of(alignment: Alignment, path: Path, shortest: int) -> float:
    """Return the fitness of one trace: 1 - deviations over those of the worst alignment, which shares nothing.

    Adriansyah, "Aligning Observed and Modeled Behavior" (2014); a run of nothing on a path of nothing has fitness 0,
    as in pm4py.
    """
    worst = (len(path) * MOVE + shortest) // MOVE
    return 1 - alignment.deviations / worst if worst else 0.0
