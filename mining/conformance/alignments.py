"""Optimal alignments of many paths: what prefixes cost in each state of the model, worked out once per cost row.

The state space of the model is small, so the search through the synchronous product (van der Aalst, Adriansyah, van
Dongen, "Replaying history on process models for conformance checking and performance analysis", 2012) is a table
walk: a row holds what it costs to bring a prefix to each state. Prefixes whose rows differ by a constant share one,
so that the many paths that deviate a little meet few rows. The costs are those of pm4py's alignments.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mining.net_states import MOVE, Costs, States, cost_of

Path = tuple[str, ...]
MOST_CELLS = 25_000_000


@dataclass(frozen=True)
class Move:
    """One move of an alignment: the activity of the log, that of the model, None where that side stands still."""

    log: str | None
    model: str | None


Before = tuple[tuple[Move, ...], int]


@dataclass(frozen=True)
class Alignment:
    """An optimal alignment of one path.

    `cost` counts 10,000 for an activity on one side alone and 1 for a silent step; `moves` leaves silent steps out
    and is in order.
    """

    cost: int
    moves: tuple[Move, ...]

    @property
    def deviations(self) -> int:
        """How many activities stand on one side alone."""
        return self.cost // MOVE


@dataclass(frozen=True)
class Reached:
    """Where a prefix stands: its row in the table, and what is to be added to all of the row."""

    row: int
    cost: int


@dataclass
class CostTable:
    """The cost rows met so far, each with least value 0. Row 0 is that of the empty prefix; `states` has an end."""

    states: States
    rows: list[Costs] = field(default_factory=list)
    _numbers: dict[bytes, int] = field(default_factory=dict)
    _following: dict[tuple[int, str], Reached] = field(default_factory=dict)
    _before: dict[tuple[int, str, int], Before] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin with the empty prefix."""
        self._number(self.states.ways[0])

    @property
    def is_full(self) -> bool:
        """Whether the table has grown so large that a new one should be begun."""
        return len(self.rows) * len(self.states.markings) >= MOST_CELLS

    def reach(self, path: Path) -> list[Reached]:
        """Return where each prefix of a path stands, from the empty one to the path itself."""
        here = Reached(0, 0)
        found = [here]
        for activity in path:
            step = self.after(here.row, activity)
            here = Reached(step.row, here.cost + step.cost)
            found.append(here)
        return found

    def after(self, row: int, activity: str) -> Reached:
        """Return the row after one more activity and what that adds."""
        known = self._following.get((row, activity))
        if known is None:
            costs = _after(self.states, self.rows[row], activity)
            least = int(costs.min())
            known = self._following[row, activity] = Reached(self._number(costs - least), least)
        return known

    def before(self, row: int, activity: str, state: int) -> Before:
        """Return the last moves on an optimal way to `state`, one activity after a row, and where they start."""
        known = self._before.get((row, activity, state))
        if known is None:
            known = self._before[row, activity, state] = _before(self, row, activity, state)
        return known

    def _number(self, row: Costs) -> int:
        key = row.tobytes()
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.rows)
            self.rows.append(row)
        return number


def _after(states: States, row: Costs, activity: str) -> Costs:
    """Return the costs after one more activity: the log moves alone, or both move and then the model may go on."""
    alone = row + MOVE
    doing = states.doings.get(activity)
    if doing is None:
        return alone
    useful = row[doing.sources] < alone[doing.targets]
    sources, targets = doing.sources[useful], doing.targets[useful]
    if not len(sources):
        return alone
    together: Costs = (row[sources, None] + states.ways[targets]).min(axis=0)
    better: Costs = np.minimum(alone, together)
    return better


def align(table: CostTable, path: Path, *, is_open: bool) -> Alignment:
    """Return an optimal alignment of a path; an open one may stop in any state that can still be completed.

    Of several optimal ones it takes, from the end of the path, a move of both sides before one of the log alone, and
    states in the order in which they are found.
    """
    allowed = _allowed(table.states, is_open)
    reached = table.reach(path)
    costs = table.rows[reached[-1].row][allowed]
    cost = int(costs.min()) + reached[-1].cost
    if cost < MOVE:
        return Alignment(cost, tuple(Move(activity, activity) for activity in path))
    return Alignment(cost, _moves(table, path, reached, int(allowed[int(costs.argmin())])))


def _allowed(states: States, is_open: bool) -> NDArray[np.intp]:
    """Return the states in which a path may stop."""
    return np.flatnonzero(states.may_end()) if is_open else np.array([states.end])


def _moves(table: CostTable, path: Path, reached: list[Reached], state: int) -> tuple[Move, ...]:
    """Walk back from `state` at the end of the path to the beginning."""
    moves: list[Move] = []
    for position in range(len(path), 0, -1):
        last, state = table.before(reached[position - 1].row, path[position - 1], state)
        moves.extend(reversed(last))
    moves.extend(reversed(_skipped(table.states, 0, state)))
    return tuple(reversed(moves))


def _before(table: CostTable, row: int, activity: str, state: int) -> Before:
    """Return the moves that an activity after a row and the way on to `state` take, and the state where they start."""
    alone = ((Move(activity, None),), state)
    doing = table.states.doings.get(activity)
    if doing is None:
        return alone
    after = table.after(row, activity)
    costs = table.rows[row][doing.sources] + table.states.ways[doing.targets, state]
    fitting = costs == table.rows[after.row][state] + after.cost
    if not fitting.any():
        return alone
    chosen = int(fitting.argmax())
    way = _skipped(table.states, int(doing.targets[chosen]), state)
    return (Move(activity, activity), *way), int(doing.sources[chosen])


def _skipped(states: States, source: int, target: int) -> list[Move]:
    """Return the model's visible moves on a cheapest way."""
    moves = []
    while source != target:
        left = states.ways[source, target]
        step = next(
            step
            for step in states.leaving[source]
            if step.target != source and cost_of(step) + states.ways[step.target, target] == left
        )
        if step.activity is not None:
            moves.append(Move(None, step.activity))
        source = step.target
    return moves
