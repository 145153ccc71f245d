"""Control charts and event studies: what is drawn, in which colour, and what is said when pointed at."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dashboards.charts.event_study import event_study_figure
from dashboards.charts.template import Axis
from dashboards.charts.weekly_control import weekly_control_figure
from mining.drawing.colours import Tokens, tokens
from proof.difference import Difference, Relative
from proof.measures import Measure
from proof.resample import estimate
from proof.xmr import ControlChart, Point, Signal

THEMES = [tokens("light"), tokens("dark")]
DAYS = Axis("Cycle time (business days)", ".1f")
CUT_OVER = date(2025, 3, 3)
MEASURE = Measure(
    "cycle_time_days.mean", "cycle_time_days", "", "mean", "Cycle time", "business days", "flow", "lower", "close"
)


def point(week: int, value: float, *signals: Signal) -> Point:
    phase = "after" if week >= 0 else "in between" if week == -1 else "before"
    return Point(CUT_OVER + timedelta(weeks=week), phase, value, 40, None, signals, is_thin=week == 0)


CHART = ControlChart(
    MEASURE, 8.0, 6.5, 9.5, 1.8, (point(-2, 8.0), point(-1, 7.0), point(0, 6.0, "beyond the limits")), ()
)


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
def test_weeks_of_before_are_grey_of_after_have_the_accent_and_others_are_hollow(theme: Tokens) -> None:
    figure = weekly_control_figure(CHART, CUT_OVER, DAYS, theme)
    shown = {trace.name: trace for trace in figure.data}
    assert list(shown["weeks"].y) == [8.0, 7.0, 6.0]
    assert {name: list(shown[name].y) for name in ("before", "in between", "after")} == {
        "before": [8.0],
        "in between": [7.0],
        "after": [6.0],
    }
    colours = {name: shown[name].marker.color for name in ("before", "in between", "after")}
    assert colours == {"before": theme.muted, "in between": theme.ground, "after": theme.accent}


def test_limits_and_the_change_are_named_and_a_signal_is_more_than_a_colour() -> None:
    figure = weekly_control_figure(CHART, CUT_OVER, DAYS, THEMES[0])
    assert [note.text for note in figure.layout.annotations] == [
        "upper limit 9.5",
        "mean before 8.0",
        "lower limit 6.5",
        "change",
    ]
    assert [shape.y0 for shape in figure.layout.shapes[:3]] == [9.5, 8.0, 6.5]
    assert figure.layout.shapes[3].x0 == "2025-03-03"
    after = figure.data[-1]
    assert (list(after.marker.symbol), list(after.marker.size)) == (["diamond"], [12])
    assert list(after.hovertext) == [
        "3 Mar 2025 to 9 Mar 2025 (after)<br>6.0, 40 items<br>"
        "<b>beyond the limits</b><br>less than half of the usual items"
    ]


def test_too_few_weeks_have_points_and_no_limits_and_none_is_an_empty_figure() -> None:
    few = ControlChart(MEASURE, None, None, None, None, CHART.points, ())
    assert [note.text for note in weekly_control_figure(few, CUT_OVER, DAYS, THEMES[0]).layout.annotations] == [
        "change"
    ]
    none = ControlChart(MEASURE, None, None, None, None, (), ())
    assert not weekly_control_figure(none, CUT_OVER, DAYS, THEMES[0]).layout.annotations


def study(weeks: int = 4) -> Difference:
    periods = tuple(
        Relative(period, estimate(value, 0.1, 60), 30) for period, value in ((-2, 0.1), (-1, -0.1), (0, -1.5))
    )
    return Difference(MEASURE, periods[-1].effect, 0, weeks, periods, (), None, None, (), ())


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
def test_periods_have_their_intervals_around_a_line_at_no_difference(theme: Tokens) -> None:
    figure = event_study_figure(study(), DAYS, theme)
    before, after = figure.data
    assert (list(before.x), list(after.x), list(after.y)) == ([-2, -1], [0], [-1.5])
    low, high = study().periods[-1].effect.interval
    assert after.error_y.array[0] == pytest.approx(high + 1.5)
    assert after.error_y.arrayminus[0] == pytest.approx(-1.5 - low)
    assert (before.marker.color, after.marker.color) == (theme.ground, theme.accent)
    assert figure.layout.shapes[0].y0 == 0
    assert figure.layout.shapes[1].x0 == -0.5


def test_an_effect_says_its_weeks_and_its_interval_when_pointed_at() -> None:
    before, after = event_study_figure(study(), DAYS, THEMES[0]).data
    assert before.hovertext[0].startswith("5 to 8 weeks before the change<br>+0.1 (\N{MINUS SIGN}0.1 to +0.3)")
    assert after.hovertext[0].startswith("weeks 1 to 4 after the change<br>\N{MINUS SIGN}1.5")
    weekly, _ = event_study_figure(study(1), DAYS, THEMES[0]).data
    assert weekly.hovertext[1].startswith("week 1 before the change")
    shares = event_study_figure(study(), Axis("Rework", ".0%"), THEMES[0]).data[1]
    assert "\N{MINUS SIGN}150.0\xa0points" in shares.hovertext[0]


def test_nothing_to_compare_is_an_empty_figure() -> None:
    nothing = Difference(MEASURE, None, 0, 4, (), (), None, None, (), ())
    assert not event_study_figure(nothing, DAYS, THEMES[0]).layout.annotations
