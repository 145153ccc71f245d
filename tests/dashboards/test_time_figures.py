"""The drawings of where time goes: what they place where, and what they never run."""

from __future__ import annotations

from datetime import date

import pytest

from dashboards.charts.ranking import Ranked, ranking_figure
from dashboards.charts.waterfall import Part, waterfall_figure
from dashboards.charts.week_heat import week_heat_figure
from dashboards.charts.work_in_progress import work_in_progress_figure
from mining.drawing.colours import Tokens, tokens

THEMES = [tokens("light"), tokens("dark")]
PARTS = [Part("Approval", 1.5, "1.5 d"), Part("Transit", 6.0, "6.0 d"), Part("Credit", 2.5, "2.5 d")]


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
def test_each_part_begins_where_the_last_one_ends(theme: Tokens) -> None:
    figure = waterfall_figure(PARTS, Part("All", 10.0, "10.0 d"), "Days", theme)
    [bars] = figure.data
    assert list(bars.base) == [0, 1.5, 7.5, 0]
    assert list(bars.x) == [1.5, 6.0, 2.5, 10.0]
    assert bars.base[2] + bars.x[2] == bars.x[3]
    assert tuple(figure.layout.xaxis.range) == (0, 10.0)
    assert [note.text for note in figure.layout.annotations] == ["1.5 d", "6.0 d", "2.5 d", "10.0 d"]


def test_labels_stay_in_the_drawing() -> None:
    figure = waterfall_figure(PARTS, Part("All", 10.0, "10.0 d"), "Days", THEMES[0])
    placed = [(note.x, note.xanchor) for note in figure.layout.annotations]
    assert placed == [(1.5, "left"), (7.5, "right"), (7.5, "right"), (10.0, "right")]
    assert [note.font.color == THEMES[0].ground for note in figure.layout.annotations] == [False, True, False, True]


def test_parts_of_no_length_are_drawn() -> None:
    figure = waterfall_figure([Part("Approval", 0.0, "0.0 d")], Part("All", 0.0, "0.0 d"), "Days", THEMES[0])
    assert tuple(figure.layout.xaxis.range) == (0, 1.0)


def test_ranking_starts_at_zero_and_shows_names_as_text() -> None:
    rows = [Ranked("Credit <b>", "Finance, %{x}", 12.0, "12 h · 80 %"), Ranked("Close", "CS", 3.0, "3.0 h · 20 %")]
    figure = ranking_figure(rows, "Hours", THEMES[0])
    assert tuple(figure.layout.xaxis.range) == (0, 12.0)
    assert "Credit &lt;b&gt;" in figure.layout.annotations[0].text
    assert "%{" not in figure.data[0].hovertext[0]
    low, high = figure.layout.yaxis.range
    assert low > high, "the first stands on top"


def test_a_long_place_is_cut_to_its_room() -> None:
    row = Ranked("Supplier Claim Submitted", "Procurement, Los Angeles Distribution", 1.0, "1,234 h · 20 %")
    assert "…" in ranking_figure([row], "Hours", THEMES[0]).layout.annotations[0].text


def test_work_in_progress_is_steps_from_zero_with_its_last_number() -> None:
    days = [(date(2025, 1, 1), 3), (date(2025, 1, 2), 8), (date(2025, 1, 3), 5)]
    figure = work_in_progress_figure(days, THEMES[0])
    assert list(figure.data[0].y) == [3, 8, 5]
    assert figure.layout.yaxis.range[0] == 0
    assert figure.layout.annotations[0].text == "<b>5</b> on 3 Jan 2025"


def test_a_single_day_is_a_point_with_its_date() -> None:
    figure = work_in_progress_figure([(date(2025, 1, 2), 8)], THEMES[0])
    assert "markers" in figure.data[0].mode
    assert list(figure.layout.xaxis.tickvals) == [date(2025, 1, 2)]
    assert tuple(figure.layout.xaxis.range) == (date(2025, 1, 1), date(2025, 1, 3))


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
def test_week_has_a_number_in_each_cell_that_is_not_empty(theme: Tokens) -> None:
    figure = week_heat_figure({(1, 9): 4, (7, 23): 12_345}, {1: 5, 7: 12_345}, theme)
    heat, numbers = figure.data
    assert list(zip(numbers.x, numbers.y, numbers.text, strict=True)) == [(9, 1, "4"), (23, 7, "12k")]
    assert list(numbers.textfont.color) == [theme.text, theme.ground]
    assert heat.z[0][8] is None
    assert figure.layout.yaxis.ticktext[0] == "Mon  5"
    assert heat.hovertext[6][23] == "Sunday, 23:00 to 24:00: 12,345 events"
