"""A shallow decision tree over the cells of an outcome: which combinations have most of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mining.causes.counting import Cells
from mining.causes.results import OutcomeCauses

DEPTH = 3
Rule = tuple[tuple[str, bool, str], ...]


@dataclass(frozen=True)
class Node:
    """A group of cases: its number of cases, its rate of the outcome (0..1), and the rule that leads to it.

    The rule is (attribute, whether it is, value) triples that all hold. `split` is the (attribute, value) that parts
    the node into `matching` and `other`; a leaf has none.
    """

    cases: int
    outcomes: int
    rate: float
    rule: Rule
    split: tuple[str, str] | None = None
    matching: Node | None = None
    other: Node | None = None

    @property
    def words(self) -> str:
        """The rule in words, ``all cases`` for the root."""
        return " and ".join(f"{name} {'is' if holds else 'is not'} {value}" for name, holds, value in self.rule) or (
            "all cases"
        )

    def leaves(self) -> tuple[Node, ...]:
        """Return the groups that no split parts further, the highest rate first."""
        if self.matching is None or self.other is None:
            return (self,)
        return tuple(sorted(self.matching.leaves() + self.other.leaves(), key=lambda one: (-one.rate, one.rule)))


def grow(of: OutcomeCauses, support: int = 20, depth: int = DEPTH) -> Node | None:
    """Return the decision tree of an outcome, at most `depth` splits deep, with `support` cases in each leaf at least.

    Splits are on one value of a tried attribute against all others, by Gini impurity; None without cases or values.
    Source: L. Breiman et al., Classification and Regression Trees (1984), as scikit-learn has it, which
    takes seconds to load and is therefore loaded when a tree is first grown.
    """
    from sklearn.tree import DecisionTreeClassifier

    cells, tried = of.cells, [one.name for one in of.attributes if one.role != "adjuster"]
    columns = [
        (number, name, code)
        for number, name in enumerate(cells.attributes)
        for code in sorted(cells.words[name])
        if code and name in tried
    ]
    if not len(cells.cases) or not columns:
        return None
    values = np.column_stack([cells.codes[:, number] == code for number, _, code in columns])
    least = min(0.5, support / cells.cases.sum())
    model = DecisionTreeClassifier(max_depth=depth, min_weight_fraction_leaf=least, random_state=0)
    model.fit(
        np.vstack([values, values]),
        np.repeat([1, 0], len(cells.cases)),
        sample_weight=np.concatenate([cells.outcomes, cells.cases - cells.outcomes]),
    )
    splits = [(name, cells.words[name][code]) for _, name, code in columns]
    return _node(model.tree_, 0, cells, values, splits, np.ones(len(cells.cases), dtype=bool), ())


def _node(
    tree: object,
    place: int,
    cells: Cells,
    values: NDArray[np.bool_],
    splits: list[tuple[str, str]],
    met: NDArray[np.bool_],
    rule: Rule,
) -> Node:
    """Turn scikit-learn's arrays into nodes; its left branch is where the value does not hold."""
    cases, outcomes = int(cells.cases[met].sum()), int(cells.outcomes[met].sum())
    rate = outcomes / cases
    left, right = int(tree.children_left[place]), int(tree.children_right[place])  # type: ignore[attr-defined]
    if left < 0:
        return Node(cases, outcomes, rate, rule)
    column = int(tree.feature[place])  # type: ignore[attr-defined]
    name, value = splits[column]
    holds = values[:, column]
    return Node(
        cases,
        outcomes,
        rate,
        rule,
        (name, value),
        _node(tree, right, cells, values, splits, met & holds, (*rule, (name, True, value))),
        _node(tree, left, cells, values, splits, met & ~holds, (*rule, (name, False, value))),
    )
