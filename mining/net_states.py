"""The states that a model can be in, and the cheapest way from each to each."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from mining.net import Marking, Net, Transition

MOST_STATES = 2000
MOVE = 10_000
SILENT = 1
NEVER = 1 << 29

Costs = NDArray[np.int32]


@dataclass(frozen=True)
class Step:
    """A transition of the state space; `activity` is None for a silent one."""

    source: int
    target: int
    activity: str | None


@dataclass(frozen=True)
class Doing:
    """Every way to do one activity: from which states to which, side by side."""

    sources: NDArray[np.intp]
    targets: NDArray[np.intp]


@dataclass(frozen=True)
class States:
    """The reachable states of a net, 0 the initial one, and what moves cost.

    `ways[a, b]` is the least cost to move the model alone from a to b: 10,000 for each activity skipped and 1 for each
    silent step, so that among equally good ways the one with fewest silent steps wins, as in pm4py; NEVER when b
    cannot be reached. `end` is the final state, None when the model never reaches it.
    """

    markings: tuple[Marking, ...]
    steps: tuple[Step, ...]
    end: int | None
    ways: Costs
    doings: Mapping[str, Doing]
    leaving: Mapping[int, tuple[Step, ...]]

    def may_end(self) -> NDArray[np.bool_]:
        """From which states the model can still be completed."""
        if self.end is None:
            return np.zeros(len(self.markings), dtype=bool)
        return np.asarray(self.ways[:, self.end] < NEVER)


def states_of(net: Net, most: int = MOST_STATES) -> States | None:
    """Return the state space of a net, None when it has more than `most` states (it may have infinitely many)."""
    numbers: dict[Marking, int] = {net.start: 0}
    steps: list[Step] = []
    waiting = deque([net.start])
    while waiting:
        marking = waiting.popleft()
        for transition in net.transitions:
            after = _fire(transition, marking)
            if after is None:
                continue
            if after not in numbers:
                if len(numbers) == most:
                    return None
                numbers[after] = len(numbers)
                waiting.append(after)
            steps.append(Step(numbers[marking], numbers[after], transition.activity))
    steps = sorted(set(steps), key=lambda step: (step.source, step.activity or "", step.activity is None, step.target))
    return _complete(net, numbers, tuple(steps))


def is_sound(net: Net, states: States) -> bool:
    """Whether every state can be completed, ends with nothing left over, and every transition can happen.

    Soundness: van der Aalst, "The Application of Petri Nets to Workflow Management" (1998); the state space is finite
    here, so the net is bounded.
    """
    if states.end is None or not states.may_end().all():
        return False
    final = states.markings[states.end]
    left_over = any(
        marking != final and all(have >= need for have, need in zip(marking, final, strict=True))
        for marking in states.markings
    )
    dead = any(all(_fire(step, marking) is None for marking in states.markings) for step in net.transitions)
    return not left_over and not dead


def exclusive(states: States) -> Mapping[str, frozenset[str]]:
    """Return for each activity those that no run of the model has beside it: the other branches of its choices."""

    def can_follow(first: str, then: str) -> bool:
        ways = states.ways[np.ix_(states.doings[first].targets, states.doings[then].sources)]
        return bool((ways < NEVER).any())

    names = sorted(states.doings)
    after = {name: {other for other in names if can_follow(name, other)} for name in names}
    return {
        name: frozenset(other for other in names if other not in after[name] and name not in after[other]) - {name}
        for name in names
    }


def _fire(transition: Transition, marking: Marking) -> Marking | None:
    """Return the marking after a transition, None where it is not enabled."""
    tokens = list(marking)
    for place in transition.takes:
        tokens[place] -= 1
        if tokens[place] < 0:
            return None
    for place in transition.puts:
        tokens[place] += 1
    return tuple(tokens)


def _complete(net: Net, numbers: Mapping[Marking, int], steps: tuple[Step, ...]) -> States:
    leaving: dict[int, list[Step]] = defaultdict(list)
    by_activity: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        leaving[step.source].append(step)
        if step.activity is not None:
            by_activity[step.activity].append(step)
    doings = {
        activity: Doing(np.array([step.source for step in found]), np.array([step.target for step in found]))
        for activity, found in by_activity.items()
    }
    left = {source: tuple(found) for source, found in leaving.items()}
    return States(tuple(numbers), steps, numbers.get(net.end), _ways(len(numbers), steps), doings, left)


def _ways(count: int, steps: tuple[Step, ...]) -> Costs:
    cheapest = dict(_cheapest(steps))
    rows, columns = [pair[0] for pair in cheapest], [pair[1] for pair in cheapest]
    graph = csr_matrix((list(cheapest.values()), (rows, columns)), shape=(count, count), dtype=np.float64)
    distances = dijkstra(graph)
    return np.where(np.isinf(distances), NEVER, distances).astype(np.int32)


def _cheapest(steps: tuple[Step, ...]) -> Iterator[tuple[tuple[int, int], int]]:
    """Yield each pair of neighbouring states with the cost of its cheapest step; the cheaper one comes last."""
    for step in sorted(steps, key=lambda step: step.activity is None):
        if step.source != step.target:
            yield (step.source, step.target), cost_of(step)


def cost_of(step: Step) -> int:
    """What it costs to let the model do a step alone."""
    return SILENT if step.activity is None else MOVE
