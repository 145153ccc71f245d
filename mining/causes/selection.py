"""Which conditions stand: the fewest that leave nothing clear for the others to explain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix, hstack
from scipy.special import ndtr

from mining.causes.adjustment import Factors
from mining.causes.conditions import Condition
from mining.causes.counting import Cells
from mining.causes.intervals import corrected
from mining.causes.regression import fit, score_tests

_LEVEL = 0.05


class Selection:
    """Conditions that stand beside each other, chosen one by one among those whose influence is clear.

    Forward selection by score test: in each round the condition that explains most beyond those that stand already. A
    pair gives way to a part of it beyond which it says nothing clear. What other factors explain away is put aside.
    It ends when no condition is clear beyond those that stand, corrected for all that were tested.
    """

    def __init__(
        self,
        cells: Cells,
        factors: Factors,
        effects: Mapping[Condition, float],
        clear: Iterable[Condition],
        level: float,
    ) -> None:
        """Take the design effects of all tested conditions, and which of them are `clear` at the rate `level`."""
        self._cells, self._factors, self._effects, self._level = cells, factors, effects, level
        self._tested, self._clear = sorted(effects), sorted(clear)
        self._places = {one: place for place, one in enumerate(self._tested)}
        columns = [cells.meets(one) for one in self._tested]
        self._columns = csc_matrix(np.column_stack(columns).astype(float)) if columns else None

    def standing(self) -> tuple[Condition, ...]:
        """Return the conditions that stand, in the order of their choice."""
        standing: list[Condition] = []
        remaining = list(self._clear)
        while remaining:
            z_values = self._beyond(standing)
            p_values = corrected(_p_values(np.array(list(z_values.values()))).tolist())
            q_values = dict(zip(z_values, p_values, strict=True))
            best = min(remaining, key=lambda one: _preference(one, z_values[one]))
            if q_values[best] > self._level:
                break
            remaining.remove(best)
            part = self._part_that_says_as_much(best, standing, z_values)
            if part is None and self._stands(best, standing, z_values[best] > 0):
                standing.append(best)
            elif part in remaining and self._stands(part, standing, z_values[part] > 0):
                remaining.remove(part)
                standing.append(part)
        return tuple(standing)

    def _part_that_says_as_much(
        self, best: Condition, standing: Sequence[Condition], z_values: Mapping[Condition, float]
    ) -> Condition | None:
        """The part that a pair gives way to, if any; of two the one that explains more by itself.

        It does when it explains nothing clear beyond the part; and, being perhaps the luckiest of the part's pairs,
        when the part also explains more than the pair and the pair is not clear among all pairs of the part.
        """
        parts = sorted((one for one in self._tested if best.contains(one)), key=lambda one: -abs(z_values[one]))
        for part in (one for one in parts if one not in standing):
            beyond_part = _p_value(self._beyond([*standing, part])[best])
            pairs = sum(1 for one in self._tested if one.contains(part))
            is_lucky = beyond_part * pairs > _LEVEL and _p_value(self._beyond([*standing, best])[part]) <= _LEVEL
            if beyond_part > _LEVEL or is_lucky:
                return part
        return None

    def _stands(self, condition: Condition, standing: Sequence[Condition], raises: bool) -> bool:
        adjusted = self._factors.adjusted(condition, standing, self._effects[condition])
        return adjusted.p <= self._level and (adjusted.contribution > 0) == raises

    def _beyond(self, standing: Sequence[Condition]) -> dict[Condition, float]:
        """The z-value of each tested condition beyond those that stand, less for clusters."""
        cells = self._cells
        assert self._columns is not None
        own = self._columns[:, [self._places[one] for one in standing]]
        base = hstack([csc_matrix(np.ones((len(cells.cases), 1))), own], format="csr")
        fitted = fit(base, cells.cases, cells.outcomes)
        z_values = score_tests(base, fitted, cells.cases, cells.outcomes, self._columns)
        z_values = z_values / np.sqrt([self._effects[one] for one in self._tested])
        return dict(zip(self._tested, z_values.tolist(), strict=True))


def _p_value(z: float) -> float:
    return float(_p_values(np.array(z)))


def _p_values(z: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(2 * ndtr(-np.abs(z)), dtype=np.float64)


def _preference(condition: Condition, z: float) -> tuple[float, bool, int, Condition]:
    """Clearest first; of equals the one with more of the outcome, the shorter, the first by name."""
    return -round(abs(z), 9), z < 0, len(condition.parts), condition
