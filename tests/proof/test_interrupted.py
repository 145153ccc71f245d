"""Lines before and after a change: by hand, against statsmodels, and what they say of trends and seasons."""

from __future__ import annotations

from math import pi, sin

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
import statsmodels.formula.api as smf

from proof.interrupted import YEAR, interrupted
from proof.segmented import CORRELATIONS, fit
from tests.proof.literal_series import series_of


def test_two_lines_are_found_by_hand():
    """Before 10 less a tenth a week; after two lower, and falling no more; two weeks in between are wild."""
    before = [10 - 0.1 * (week + 0.5) for week in range(-10, 0)]
    before[-2:] = [50.0, 60.0]
    found = interrupted(series_of(before, [8.0] * 10, between=2))
    assert (found.before_weeks, found.after_weeks, found.middle_weeks) == (8, 10, 5.0)
    assert found.slope_before.value == pytest.approx(-0.1)
    assert found.level.value == pytest.approx(-2.0)
    assert found.slope.value == pytest.approx(0.1)
    assert found.at_middle.value == pytest.approx(-2.0 + 5 * 0.1)
    assert found.expected == pytest.approx(10 - 5 * 0.1)
    assert found.lines[-1].fitted == pytest.approx(8.0)
    assert found.lines[-1].expected == pytest.approx(10 - 0.1 * 9.5)
    assert found.words[0].startswith("Before the change it was already falling by 0.10\xa0business days a week")
    assert "1.50\xa0business days (1.50\xa0business days to 1.50\xa0business days) below" in found.words[1]


def noisy(weeks: int, seed: int = 3, likeness: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    sizes = random.integers(20, 60, weeks)
    steps = random.normal(size=weeks + 30)
    for week in range(1, steps.size):
        steps[week] = likeness * steps[week - 1] + np.sqrt(1 - likeness**2) * steps[week]
    return 8 + steps[30:] * 3 / np.sqrt(sizes), sizes


def test_without_correlation_it_is_weighted_regression_and_with_it_generalised_least_squares():
    values, sizes = noisy(24)
    number = np.arange(-12.0, 12.0)
    frame = pd.DataFrame({"y": values, "since": number + 0.5, "changed": (number >= 0) * 1.0})
    weighted = smf.wls("y ~ since + changed + since:changed", frame, weights=sizes).fit()
    design = weighted.model.exog
    ours = fit(design, values, sizes.astype(float), number, correlations=[0.0])
    assert ours.coefficients[0] == pytest.approx(weighted.params.to_numpy())
    assert ours.covariances[0] == pytest.approx(weighted.cov_params().to_numpy())
    step = ours.of([0, 0, 1, 0])
    assert step.interval == pytest.approx(tuple(weighted.conf_int().loc["changed"]))
    assert step.p_value == pytest.approx(weighted.pvalues["changed"])

    likeness = 0.4 ** np.abs(number[:, None] - number[None, :])
    general = sm.GLS(values, design, sigma=likeness / np.sqrt(np.outer(sizes, sizes))).fit()
    ours = fit(design, values, sizes.astype(float), number, correlations=[0.4])
    assert ours.coefficients[0] == pytest.approx(general.params)
    assert ours.covariances[0] == pytest.approx(general.cov_params())


def test_weeks_that_resemble_their_neighbours_are_less_certain():
    number = np.arange(120.0)
    design = np.column_stack([np.ones(120), number])
    for likeness, least, most, longer in ((0.0, 0, 0.25, 0.95), (0.7, 0.5, 0.85, 1.7)):
        values, sizes = noisy(120, 1, likeness)
        found = fit(design, values, sizes.astype(float), number)
        assert least <= found.chances @ CORRELATIONS <= most
        naive = fit(design, values, sizes.astype(float), number, correlations=[0.0])
        assert found.of([1, 0]).error > longer * naive.of([1, 0]).error


def test_intervals_of_few_weeks_cover_the_truth():
    """Of 100 worlds of ten weeks each side without a change, whose weeks are alike by 0.3, at least 93 % say so."""
    covered = []
    for seed in range(100):
        values, sizes = noisy(20, seed, 0.3)
        low, high = interrupted(series_of(values[:10], values[10:], sizes.tolist())).at_middle.interval
        covered.append(low <= 0 <= high)
    assert np.mean(covered) >= 0.93


@pytest.mark.parametrize("value", [1.0, 0.3])
def test_weeks_that_are_all_equal_have_no_trend_and_no_break(value: float):
    sizes = [5 + week * 7 % 50 for week in range(24)]
    found = interrupted(series_of([value] * 12, [value] * 12, sizes, unit="share"))
    assert (found.slope_before.value, found.at_middle.value) == (0, 0)
    assert "no clear trend" in found.words[0]
    assert "not clearly off" in found.words[1]


def test_too_few_weeks_on_a_side_have_no_trend():
    found = interrupted(series_of([10.0] * 9, [9.0] * 7))
    assert found.at_middle is None
    assert found.words == ("Too few weeks for a trend: 9 before and 7 after, 8 are needed on each side.",)


def test_a_season_is_told_from_a_change_once_before_has_a_year():
    def wave(weeks: range) -> list[float]:
        return [10 + 2 * sin(2 * pi * (week + 0.5) / YEAR) for week in weeks]

    known = interrupted(series_of(wave(range(-104, 0)), wave(range(13))))
    assert known.has_season
    assert known.at_middle.value == pytest.approx(0, abs=1e-6)
    assert known.expected == pytest.approx(10 + 2 * sin(2 * pi * 6.5 / YEAR))
    unknown = interrupted(series_of(wave(range(-40, 0)), wave(range(13))))
    assert not unknown.has_season
    assert abs(unknown.at_middle.value) > 1
    assert "a season cannot be told from the change" in unknown.words[2]


def test_no_clear_trend_is_said_with_what_it_could_be():
    values, sizes = noisy(24)
    found = interrupted(series_of(values[:12], values[12:], sizes.tolist(), unit="share"))
    assert found.words[0].startswith("Before the change there was no clear trend: at most ")
    assert found.words[0].endswith("points a week either way.")
    assert "not clearly off" in found.words[1]
