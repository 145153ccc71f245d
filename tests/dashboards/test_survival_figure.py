"""What is still under way, as steps with bands: what is drawn, in which colour, and that names never overlap."""

from __future__ import annotations

from itertools import pairwise

import pytest

from dashboards.charts.survival import Steps, survival_figure
from dashboards.charts.template import Axis, pale
from mining.drawing.colours import Tokens, tokens

THEMES = [tokens("light"), tokens("dark")]
AXES = Axis("Days since the request (elapsed)", ",d"), Axis("Still under way", ".0%")
BEFORE = Steps("Before", "before", [0, 2, 5], [1, 0.5, 0.25], [1, 0.3, 0.1], [1, 0.7, 0.4], [1200, 600, 300])
AFTER = Steps("After", "after", [0, 1, 5], [1, 0.4, 0.24], [1, 0.2, 0.1], [1, 0.6, 0.4], [10, 4, 2])
APART = Steps("In flight", "apart", [0, 5], [1, 0.23], [1, 0.1], [1, 0.6])


def figure_of(*lines: Steps, theme: Tokens = THEMES[0]):
    return survival_figure(lines, [0, 2, 5], AXES, theme)


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
def test_before_is_grey_after_has_the_accent_and_each_a_band(theme: Tokens) -> None:
    figure = figure_of(BEFORE, AFTER, theme=theme)
    lines = {trace.name: trace for trace in figure.data if trace.name != "interval"}
    assert {name: line.line.color for name, line in lines.items()} == {"Before": theme.muted, "After": theme.accent}
    assert list(lines["Before"].x) == [0, 2, 5]
    assert list(lines["Before"].y) == [1, 0.5, 0.25]
    assert {trace.line.shape for trace in figure.data} == {"hv"}
    low, high = [trace for trace in figure.data if trace.name == "interval"][:2]
    assert (list(low.y), list(high.y)) == ([1, 0.3, 0.1], [1, 0.7, 0.4])
    assert (high.fill, high.fillcolor) == ("tonexty", pale(theme.muted))


def test_what_stands_apart_is_dotted_and_has_no_band() -> None:
    figure = figure_of(APART)
    [line] = figure.data
    assert line.line.dash == "dot"


def test_axes_say_days_and_units_and_numbers_at_risk() -> None:
    figure = figure_of(BEFORE, AFTER, APART)
    assert figure.layout.xaxis.title.text == "Days since the request (elapsed)"
    assert figure.layout.yaxis.tickformat == ".0%"
    assert list(figure.layout.xaxis.range) == [0, 5]
    ticks = list(figure.layout.xaxis.ticktext)
    assert ticks[0] == (
        f"0<br><span style='color:{THEMES[0].muted}'>1,200</span><br><span style='color:{THEMES[0].accent}'>10</span>"
    )
    assert list(figure.layout.xaxis.tickvals) == [0, 2, 5]


def test_pointing_tells_the_day_the_share_and_its_interval() -> None:
    [line] = [trace for trace in figure_of(AFTER).data if trace.name == "After"]
    assert line.hovertext[1] == "After, day 1.0: 40\xa0% (20\xa0% to 60\xa0%)"


@pytest.mark.parametrize("ends", [(0.25, 0.24, 0.23), (0, 0, 0), (1, 1, 1), (0.98, 0.5, 0.02)])
def test_names_stand_at_the_ends_and_never_on_each_other(ends: tuple[float, ...]) -> None:
    lines = [Steps(f"line {place}", "before", [0, 1], [1, end], [1, end], [1, end]) for place, end in enumerate(ends)]
    heights = sorted(note.y for note in figure_of(*lines).layout.annotations)
    assert all(above - below >= 0.07 - 1e-9 for below, above in pairwise(heights))
    assert heights[0] >= 0
    assert heights[-1] <= 1


def test_names_are_text_never_markup() -> None:
    figure = figure_of(Steps("<img src=x>", "after", [0, 1], [1, 0.5], [1, 0.4], [1, 0.6]))
    assert figure.layout.annotations[0].text == "&lt;img src=x&gt;"
    assert "<img" not in figure.data[-1].hovertext[0]


def test_nothing_to_draw_is_an_empty_figure() -> None:
    figure = figure_of(Steps("After", "after", [], [], [], []))
    assert not figure.data
    assert list(figure.layout.xaxis.range) == [0, 1]
