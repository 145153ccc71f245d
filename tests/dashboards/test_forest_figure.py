"""Estimates with their intervals, and verdicts, as figures."""

from __future__ import annotations

from dashboards.charts.forest import FURTHEST, Ground, Mark, Row, forest_figure
from dashboards.charts.template import Axis
from dashboards.charts.verdicts import VerdictBar, verdicts_figure
from mining.drawing.colours import tokens
from pipeline import formats

SHARES = Ground(Axis("share", ".0%"))
RATIOS = Ground(Axis("times", "~r"), neutral=1.0, is_ratio=True)


def row(name: str = "Goods Received skipped", mark: Mark | None = None, before: Mark | None = None) -> Row:
    return Row(name, "5 of 100", mark, before, "5.0 % (2.2 % to 11 %)")


def test_an_interval_is_a_line_through_its_estimate() -> None:
    figure = forest_figure([row(mark=Mark(0.05, 0.022, 0.11))], SHARES, tokens("light"))
    [line] = [trace for trace in figure.data if trace.name == "interval"]
    [dots] = [trace for trace in figure.data if trace.name == "estimate"]
    assert list(line.x) == [0.022, 0.11]
    assert list(dots.x) == [0.05]
    assert set(line.y) == set(dots.y)
    assert figure.layout.xaxis.title.text == "share"


def test_an_estimate_without_an_interval_has_no_line() -> None:
    figure = forest_figure([row(mark=Mark(0.05, None, None))], SHARES, tokens("light"))
    assert not [trace for trace in figure.data if trace.name == "interval"]


def test_before_and_after_stand_apart_and_differ_in_shape() -> None:
    figure = forest_figure([row(mark=Mark(2, 1.5, 3), before=Mark(4, 3, 5))], RATIOS, tokens("dark"))
    [before] = [trace for trace in figure.data if trace.name == "before"]
    [after] = [trace for trace in figure.data if trace.name == "estimate"]
    assert before.marker.symbol != after.marker.symbol
    assert before.y[0] < after.y[0]


def test_ratios_have_a_line_where_there_is_no_difference_and_end_at_the_furthest() -> None:
    figure = forest_figure([row(mark=Mark(300, 0.001, 9e9))], RATIOS, tokens("light"))
    [neutral] = [trace for trace in figure.data if trace.name == "no difference"]
    [line] = [trace for trace in figure.data if trace.name == "interval"]
    assert list(neutral.x) == [1.0, 1.0]
    assert list(line.x) == [1 / FURTHEST, FURTHEST]
    assert figure.layout.xaxis.type == "log"
    assert {"0.05", "1", "20"} <= set(figure.layout.xaxis.ticktext)


def test_every_word_right_of_its_interval_has_room() -> None:
    figure = forest_figure([row(mark=Mark(0.05, 0.022, 0.11)), row(mark=Mark(0.2, 0.1, 0.3))], SHARES, tokens("light"))
    words = [note for note in figure.layout.annotations if note.name == "words"]
    assert [note.x for note in words] == [0.11, 0.3]
    assert all(note.xanchor == "left" and note.xshift > 0 for note in words)
    assert figure.layout.xaxis.range[1] > 0.3 * 1.3


def test_words_on_an_axis_of_ratios_are_placed_by_their_logarithm() -> None:
    figure = forest_figure([row(mark=Mark(2, 1.5, 10))], RATIOS, tokens("light"))
    [words] = [note for note in figure.layout.annotations if note.name == "words"]
    assert words.x == 1.0


def test_ratios_near_one_are_not_blown_up() -> None:
    figure = forest_figure([row(mark=Mark(1.01, 1.0, 1.02))], RATIOS, tokens("light"))
    assert {"0.5", "1", "2"} <= set(figure.layout.xaxis.ticktext)


def test_names_are_text_never_markup() -> None:
    figure = forest_figure([row("<img src=x>", Mark(0.1, 0.05, 0.2))], SHARES, tokens("light"))
    assert "&lt;img" in figure.layout.annotations[0].text
    assert "<img" not in str(figure.to_dict())


def test_nothing_to_draw_is_an_empty_figure() -> None:
    assert forest_figure([], SHARES, tokens("light")).layout.height > 0


def test_each_verdict_has_a_bar_of_its_own_and_a_look_that_is_more_than_colour() -> None:
    bars = [
        VerdictBar("conforming", "Conforming", 90, "90 · 90 %", "Ended."),
        VerdictBar("violating", "Violating", 6, "6 · 6.0 %", "Ended."),
        VerdictBar("violating_open", "Violating, open", 1, "1 · 1.0 %", "Open."),
        VerdictBar("undecided", "Not yet decidable", 3, "3 · 3.0 %", "Open."),
    ]
    for theme in (tokens("light"), tokens("dark")):
        figure = verdicts_figure(bars, theme)
        [trace] = figure.data
        assert list(trace.x) == [90, 6, 1, 3]
        assert list(figure.layout.yaxis.ticktext) == [bar.name for bar in bars]
        assert list(trace.text) == [bar.words for bar in bars]
        looks = list(zip(trace.marker.color, trace.marker.pattern.shape, strict=True))
        assert len(set(looks)) == len(bars)
        assert figure.layout.xaxis.range[0] == 0


def test_differences_and_ratios_are_printed_with_sign_and_unit() -> None:
    assert [formats.signed(value) for value in (2.54, -0.44, 0.04, -0.04)] == [
        "+2.5",
        "\N{MINUS SIGN}0.4",
        "0.0",
        "0.0",
    ]
    assert [formats.times(ratio) for ratio in (3.14, 1.066, 100.4)] == [
        "3.1\xa0times",
        "1.07\xa0times",
        "over 100\xa0times",
    ]
