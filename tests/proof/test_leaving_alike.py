"""Curves with the make-up of before: by hand, against the reference library, and plain where there is no mix."""

from __future__ import annotations

import numpy as np
import pytest
from lifelines import KaplanMeierFitter

from proof import curves
from proof.leaving import FATES, Departures
from proof.leaving_alike import leaving_alike
from proof.resample import draw

CODES = np.array([[0], [1]])
CLOSED, OPEN = 0, len(FATES)


def departures(told: list[tuple[int, int, float, int]], until: float = 10.0) -> Departures:
    """Returns by (cell, cohort, days, fate), each of a cluster of its own."""
    cell, cohort, days, fate = (np.array(column) for column in zip(*told, strict=True))
    moments = np.union1d(days, [0.0, until])
    at = np.searchsorted(moments, days)
    return Departures(moments, np.arange(days.size), cell, cohort, at, fate, np.ones(days.size))


def alike(told: list[tuple[int, int, float, int]]):
    exact = departures(told)
    return exact, leaving_alike(exact, exact.by_day(10, (5,)), CODES, draw(len(told), "1", 20))


def under_way(leaving, cohort: int) -> np.ndarray:
    one = leaving.of(cohort)
    return curves.under_way(one.ends, one.censored)


def quick_and_slow(quick: int, slow: int, cohort: int, shift: float = 0.0) -> list[tuple[int, int, float, int]]:
    return [*[(0, cohort, 2.0 + shift, CLOSED)] * quick, *[(1, cohort, 8.0 + shift, CLOSED)] * slow]


def test_other_returns_do_not_move_the_curve():
    """Before has three quick for one slow return, after one for three, and nothing else changed."""
    _, found = alike([*quick_and_slow(6, 2, 0), *quick_and_slow(2, 6, 1)])
    assert found.common == 1
    assert found.moments.days.tolist() == [0, 2, 8, 10]
    assert under_way(found.moments, 1) == pytest.approx([1, 0.25, 0, 0])
    assert under_way(found.moments, 1) == pytest.approx(under_way(found.moments, 0))
    assert found.moments.returns.tolist() == pytest.approx([8, 8, 0])


def test_what_has_no_like_counts_on_neither_side():
    _, found = alike([*quick_and_slow(6, 2, 0), *quick_and_slow(4, 0, 1)])
    assert found.common == 0.75
    assert under_way(found.moments, 0) == pytest.approx([1, 0, 0, 0])


def test_without_a_mix_it_is_the_plain_count_and_in_flight_counts_nothing():
    told = [*quick_and_slow(3, 1, 0), *quick_and_slow(3, 1, 1, 1.0), (0, 2, 4.0, CLOSED)]
    exact, found = alike(told)
    plain = exact.counted(exact.n)
    assert found.moments.ends[:2] == pytest.approx(plain.ends[:2])
    assert found.moments.ends[2].sum() == 0


@pytest.mark.filterwarnings("ignore:It looks like your weights")
def test_with_open_returns_it_is_the_weighted_curve_of_the_reference_library():
    random = np.random.default_rng(3)
    told = [
        (
            int(random.random() < 0.3 + 0.4 * cohort),
            cohort,
            float(random.integers(1, 10)),
            int(random.choice([0, OPEN])),
        )
        for cohort in (0, 1)
        for _ in range(60)
    ]
    exact, found = alike(told)
    cell, cohort = exact.cell, exact.cohort
    shares = [np.bincount(cell[cohort == side], minlength=2) / 60 for side in (0, 1)]
    weights = (shares[0] / shares[1])[cell[cohort == 1]]
    days, fate = exact.days[exact.day[cohort == 1]], exact.fate[cohort == 1]
    reference = KaplanMeierFitter().fit(days, fate == CLOSED, weights=weights)
    assert under_way(found.moments, 1) == pytest.approx(reference.predict(found.moments.days).to_numpy())


def test_every_draw_is_made_alike_by_itself():
    told = [*quick_and_slow(6, 2, 0), *quick_and_slow(2, 6, 1)]
    _, found = alike(told)
    places = np.searchsorted(found.drawn.days, [2.0, 8.0])
    sides = [curves.under_way(found.drawn.ends, found.drawn.censored)[:, side][:, places[0]] for side in (0, 1)]
    has_both = (found.drawn.returns[:, :2] > 0).all(axis=1)
    assert sides[1][has_both] == pytest.approx(sides[0][has_both])
