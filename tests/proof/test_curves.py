"""Survival curves by hand, and equal to those of lifelines on shared examples."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import AalenJohansenFitter, KaplanMeierFitter
from lifelines.statistics import logrank_test
from lifelines.utils import restricted_mean_survival_time
from statsmodels.duration.survfunc import CumIncidenceRight

from mining.causes.intervals import Z
from proof import curves

OPEN, CLOSED, DECLINED = 0, 1, 2
# Days followed, and how each return ended there.
EXAMPLES = {
    "ties": ([1, 2, 2, 2, 3, 5, 5, 8], [1, 1, 2, 0, 1, 2, 0, 1]),
    "open at the last": ([1, 2, 3, 4, 4], [1, 2, 1, 0, 0]),
    "an end and an open one at the last": ([1, 2, 3, 4, 4], [1, 2, 1, 1, 0]),
    "no end": ([1, 2, 3], [0, 0, 0]),
    "all end at different days": ([1, 2.5, 3, 7.25, 9], [1, 2, 1, 1, 2]),
    "all end at one day": ([2, 2, 2], [1, 1, 1]),
    "ends at once": ([0, 0, 1, 4], [1, 2, 0, 1]),
    "one return": ([3], [1]),
}


def counted(durations, fates, extra=()):
    """Counts at each distinct day, as `curves` takes them."""
    days = np.union1d(durations, extra).astype(float)
    ends, censored = np.zeros((days.size, 2)), np.zeros(days.size)
    for duration, fate in zip(durations, fates, strict=True):
        place = int(np.searchsorted(days, duration))
        if fate == OPEN:
            censored[place] += 1
        else:
            ends[place, fate - 1] += 1
    return days, ends, censored


@pytest.fixture(params=EXAMPLES)
def example(request):
    return EXAMPLES[request.param]


def random_example(seed: int) -> tuple[list[float], list[int]]:
    random = np.random.default_rng(seed)
    days = random.permutation(np.arange(1, 61)).astype(float) / 4
    return days.tolist(), random.integers(0, 3, 60).tolist()


def test_a_curve_by_hand():
    days, ends, censored = counted([1, 2, 2, 2, 4], [1, 1, 2, 0, 0])
    # 5 at risk, one closes: 4/5. 4 at risk, two end: 4/5 x 2/4 = 2/5; one stops there, one stays.
    assert curves.at_risk(ends, censored) == pytest.approx([5, 4, 1])
    assert curves.under_way(ends, censored) == pytest.approx([0.8, 0.4, 0.4])
    # Closed: 1/5, then 4/5 x 1/4 more; declined: 4/5 x 1/4.
    assert curves.incidence(ends, censored) == pytest.approx(np.array([[0.2, 0], [0.4, 0.2], [0.4, 0.2]]))
    # 1 day at 1, one at 4/5, one at 2/5 up to day 3.
    assert curves.restricted_mean(days, curves.under_way(ends, censored), 3.0) == pytest.approx(2.2)
    # Greenwood: 1/(5 x 4), then 2/(4 x 2) more.
    expected = [0.8 * np.sqrt(0.05), 0.4 * np.sqrt(0.3), 0.4 * np.sqrt(0.3)]
    assert curves.under_way_error(ends, censored) == pytest.approx(expected)
    # Areas right of day 1 up to day 3: 0.8 + 0.4; right of day 2: 0.4.
    variance = 1.2**2 * 0.05 + 0.4**2 * 0.25
    assert curves.restricted_mean_error(days, ends, censored, 3.0) == pytest.approx(np.sqrt(variance))
    assert curves.first_at_half(days, curves.under_way(ends, censored)) == 2


def test_curves_and_bands_are_those_of_lifelines(example):
    days, ends, censored = counted(*example)
    fitted = KaplanMeierFitter().fit(example[0], np.array(example[1]) > 0)
    assert curves.under_way(ends, censored) == pytest.approx(fitted.survival_function_.loc[days].to_numpy()[:, 0])
    share = curves.under_way(ends, censored)
    low, high = curves.log_log(share, curves.under_way_error(ends, censored), Z)
    bands = fitted.confidence_interval_.loc[days].to_numpy()
    has_width = (share > 0) & (share < 1)
    assert low[has_width] == pytest.approx(bands[has_width, 0])
    assert high[has_width] == pytest.approx(bands[has_width, 1])
    assert (low[~has_width] == share[~has_width]).all()
    half = curves.first_at_half(days, share)
    assert (np.inf if half is None else half) == fitted.median_survival_time_


@pytest.mark.parametrize("until", [0.5, 2, 3.7, 9])
def test_restricted_means_are_those_of_lifelines(example, until):
    days, ends, censored = counted(*example)
    fitted = KaplanMeierFitter().fit(example[0], np.array(example[1]) > 0)
    found = curves.restricted_mean(days, curves.under_way(ends, censored), until)
    assert found == pytest.approx(restricted_mean_survival_time(fitted, until))


@pytest.mark.parametrize("seed", range(3))
def test_incidences_and_bands_are_those_of_lifelines(seed):
    durations, fates = random_example(seed)
    days, ends, censored = counted(durations, fates)
    share, error = curves.incidence(ends, censored), curves.incidence_error(ends, censored)
    low, high = curves.log_log(share, error, Z)
    for fate in (CLOSED, DECLINED):
        fitted = AalenJohansenFitter().fit(durations, fates, fate)
        assert share[:, fate - 1] == pytest.approx(fitted.cumulative_density_.loc[days].to_numpy()[:, 0])
        assert error[:, fate - 1] == pytest.approx(np.sqrt(fitted.variance_.loc[days].to_numpy()))
        has_width = share[:, fate - 1] > 0
        bands = np.sort(fitted.confidence_interval_.loc[days].to_numpy()[has_width], axis=1)
        assert low[has_width, fate - 1] == pytest.approx(bands[:, 0])
        assert high[has_width, fate - 1] == pytest.approx(bands[:, 1])


def test_incidences_with_ties_are_those_of_statsmodels(example):
    if not any(example[1]):
        days, ends, censored = counted(*example)
        assert not curves.incidence(ends, censored).any()
        return
    days, ends, censored = counted(*example)
    found = curves.incidence(ends, censored)
    fitted = CumIncidenceRight(np.array(example[0], dtype=float), np.array(example[1]))
    for fate, expected in enumerate(fitted.cinc):
        assert found[np.isin(days, fitted.times), fate] == pytest.approx(expected)


def test_without_open_ones_the_errors_are_those_of_plain_shares():
    days, ends, censored = counted([1, 2, 2, 3, 3, 4, 5, 6], [1, 2, 1, 1, 1, 2, 1, 1])
    share, closed = curves.under_way(ends, censored), curves.incidence(ends, censored)
    assert curves.under_way_error(ends, censored) == pytest.approx(np.sqrt(share * (1 - share) / 8))
    assert curves.incidence_error(ends, censored) == pytest.approx(np.sqrt(closed * (1 - closed) / 8))
    durations = np.array([1, 2, 2, 3, 3, 4, 5, 6])
    assert curves.restricted_mean(days, share, 6.0) == pytest.approx(durations.mean())
    assert curves.restricted_mean_error(days, ends, censored, 6.0) == pytest.approx(durations.std() / np.sqrt(8))


@pytest.mark.filterwarnings("ignore:Starting with pandas")
def test_the_log_rank_sum_by_hand_and_against_lifelines():
    before, after = ([3, 4, 6, 6, 9], [1, 1, 1, 0, 1]), ([1, 2, 4, 5, 7], [1, 1, 2, 0, 1])
    grid = (*before[0], *after[0])
    both = [counted(*one, extra=grid)[1:] for one in (before, after)]
    ends, censored = (np.stack(one) for one in zip(*both, strict=True))
    found = float(curves.log_rank(ends, censored))
    # Expected of after: 5/10, 4/9, 3/8, 2 x 3/7, 0, 1/4 on day 6 (1 of after, 3 of before at risk), 1/2 and 0.
    expected = 5 / 10 + 4 / 9 + 3 / 8 + 2 * 3 / 7 + 1 / 4 + 1 / 2
    assert found == pytest.approx(4 - expected)
    test = logrank_test(before[0], after[0], np.array(before[1]) > 0, np.array(after[1]) > 0)
    at_risk = np.array([(10, 5), (9, 4), (8, 3), (7, 3), (4, 1), (2, 1), (1, 0)])
    ended = np.array([1, 1, 1, 2, 1, 1, 1])
    part = at_risk[:, 1] / at_risk[:, 0]
    variance = (ended * part * (1 - part) * (at_risk[:, 0] - ended) / np.maximum(at_risk[:, 0] - 1, 1)).sum()
    assert found**2 / variance == pytest.approx(test.test_statistic)


def test_equal_groups_have_no_log_rank_sum():
    _, ends, censored = counted(*EXAMPLES["ties"])
    both = np.stack([ends, ends]), np.stack([censored, censored])
    assert curves.log_rank(*both) == pytest.approx(0)
    assert curves.gray(*both, 0) == pytest.approx(0)


def test_the_sum_of_grays_test_by_hand():
    # Days x (closed, declined). Before closes one of four on day 1 and one on day 3 and declines one on day 2; after
    # closes two on day 1 and declines one on day 2; one of each is open on day 4. What is declined stays at risk.
    ends = np.array([[[1, 0], [0, 1], [1, 0], [0, 0]], [[2, 0], [0, 1], [0, 0], [0, 0]]], dtype=float)
    open_ones = np.array([[0.0, 0, 0, 1], [0, 0, 0, 1]])
    assert float(curves.gray(ends, open_ones, 0)) == pytest.approx(2 - (3 * 4 / 8 + 1 * 2 / 5))
    # One of before is not closed but open from day 1 on: on day 3 two are followed of two thirds that are under way.
    ends[0, 0, 0], open_ones[0, 0] = 0, 1
    assert float(curves.gray(ends, open_ones, 0)) == pytest.approx(2 - (2 * 4 / 8 + 1 * 2 / 5))
    alone = ends.copy()
    alone[..., 0] += alone[..., 1]
    alone[..., 1] = 0
    assert float(curves.gray(alone, open_ones, 0)) == pytest.approx(float(curves.log_rank(alone, open_ones)))


def test_a_share_of_all_or_nothing_has_no_width():
    share, error = np.array([0.0, 1.0, 1 - 1e-13, 0.5]), np.array([0.1, 0.1, 0.1, 0.0])
    low, high = curves.log_log(share, error, Z)
    assert (low == share).all()
    assert (high == share).all()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 2)), min_size=1, max_size=40))
def test_what_is_under_way_and_what_has_ended_make_a_whole(returns):
    durations, fates = zip(*returns, strict=True)
    days, ends, censored = counted(durations, fates)
    share, ended = curves.under_way(ends, censored), curves.incidence(ends, censored)
    assert share + ended.sum(axis=-1) == pytest.approx(np.ones(days.size))
    assert (np.diff(share) <= 1e-12).all()
    assert (np.diff(ended, axis=0) >= -1e-12).all()
    low, high = curves.log_log(ended, curves.incidence_error(ends, censored), Z)
    assert ((low <= ended) & (ended <= high)).all()
    # Many at once are what each is alone.
    assert curves.under_way(np.stack([ends] * 2), np.stack([censored] * 2))[1] == pytest.approx(share)
