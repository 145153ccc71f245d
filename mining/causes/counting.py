"""Counts per value of an attribute and per cell of all attributes, as the engine adds them up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mining.causes.attributes import CLUSTER, Attribute
from mining.causes.conditions import OTHER, Condition
from mining.causes.intervals import Clusters
from mining.causes.outcomes import Outcome
from mining.log import EventLog

FACTS = "cause_facts"


@dataclass(frozen=True)
class Slice:
    """The judged cases that meet a condition.

    `seconds` is (cases with a duration, sum, sum of squares); `money` is the value of the cases with the outcome, None
    where the log has none.
    """

    condition: Condition
    cases: int
    outcomes: int
    seconds: tuple[int, float, float]
    money: float | None
    clusters: Clusters


@dataclass(frozen=True)
class Grouped:
    """Rare values of an attribute that are grouped: how many, and how many cases have them."""

    attribute: str
    values: int
    cases: int


@dataclass(frozen=True)
class Cells:
    """Every combination of values: its cases, its outcomes, and one column of codes per attribute."""

    attributes: tuple[str, ...]
    cases: NDArray[np.float64]
    outcomes: NDArray[np.float64]
    codes: NDArray[np.int64]
    words: dict[str, dict[int, str]]

    def meets(self, condition: Condition) -> NDArray[np.bool_]:
        """Return which cells meet a condition."""
        met = np.ones(len(self.cases), dtype=bool)
        for attribute, value in condition.parts:
            column = self.attributes.index(attribute)
            code = next(code for code, word in self.words[attribute].items() if word == value)
            met &= self.codes[:, column] == code
        return met


@dataclass(frozen=True)
class Evidence:
    """All that is known of an outcome: `total` is of all judged cases, `left_out` of the others by reason."""

    total: Slice
    slices: tuple[Slice, ...]
    cells: Cells
    grouped: tuple[Grouped, ...]
    left_out: tuple[tuple[str, int], ...]
    is_clustered: bool


def gather(
    log: EventLog, outcome: Outcome, attributes: Sequence[Attribute], tried: int, support: int, is_clustered: bool
) -> Evidence:
    """Ask for everything that is known of an outcome by the attributes, of which the first `tried` are candidates."""
    names: dict[str, Any] = {
        "outcome": outcome.relation(log),
        "columns": {one.name: one.expression for one in attributes},
        "cluster": CLUSTER if is_clustered else None,
    }
    words, grouped = _words(log, outcome, attributes, names)
    judged = log.rows("cause_totals", outcome.parameters, outcome=names["outcome"])
    sets = [(), *((one,) for one in range(1, tried + 1)), *combinations(range(1, tried + 1), 2)]
    log.rows("cause_facts", outcome.parameters, facts=FACTS, **names)
    rows = log.rows("cause_slices", {"support": support}, sets=sets, facts=FACTS)
    slices = [_slice(row, sets, attributes, words) for row in rows]
    total = next((one for one in slices if not one.condition.parts), None)
    return Evidence(
        total=total or Slice(Condition(()), 0, 0, (0, 0.0, 0.0), None, Clusters(0, 0, 0, 0)),
        slices=tuple(one for one in slices if one.condition.parts),
        cells=_cells(log.rows("cause_cells", columns=names["columns"], facts=FACTS), attributes, words),
        grouped=grouped,
        left_out=tuple((reason, cases) for reason, cases, _ in judged if reason is not None),
        is_clustered=is_clustered,
    )


def _words(
    log: EventLog, outcome: Outcome, attributes: Sequence[Attribute], names: dict[str, Any]
) -> tuple[dict[str, dict[int, str]], tuple[Grouped, ...]]:
    words: dict[str, dict[int, str]] = {one.name: {} for one in attributes}
    grouped = []
    for number, code, word, values, cases in log.rows("cause_values", outcome.parameters, **names):
        name = attributes[number].name
        words[name][code] = word if code else OTHER
        if not code:
            grouped.append(Grouped(name, values, cases))
    return words, tuple(grouped)


def _slice(
    row: tuple[int, ...],
    sets: Sequence[tuple[int, ...]],
    attributes: Sequence[Attribute],
    words: dict[str, dict[int, str]],
) -> Slice:
    number, first, second, cases, outcomes, timed, seconds, squared, money, *clusters = row
    names = [attributes[place - 1].name for place in sets[number]]
    codes = (first, second)[: len(names)]
    return Slice(
        condition=Condition(tuple((name, words[name][code]) for name, code in zip(names, codes, strict=True))),
        cases=int(cases),
        outcomes=int(outcomes),
        seconds=(int(timed), float(seconds or 0), float(squared or 0)),
        money=None if money is None else float(money),
        clusters=Clusters(*map(int, clusters)),
    )


def _cells(rows: Sequence[tuple[int, ...]], attributes: Sequence[Attribute], words: dict[str, dict[int, str]]) -> Cells:
    table = np.array(rows, dtype=np.int64).reshape(len(rows), 2 + len(attributes))
    return Cells(
        attributes=tuple(one.name for one in attributes),
        cases=table[:, 0].astype(float),
        outcomes=table[:, 1].astype(float),
        codes=table[:, 2:],
        words=words,
    )
