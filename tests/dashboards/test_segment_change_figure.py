"""The waterfall of segments: it goes from before to after, quiet changes look quiet, names are text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboards.charts.segment_change import segment_change_figure
from mining.drawing.colours import Tokens, tokens
from proof.places import SegmentChange, Split
from proof.places_words import printed_days, printed_money
from proof.resample import Estimate

THEMES = [tokens("light"), tokens("dark")]


def segment(title: str, before: float, after: float, q_value: float | None) -> SegmentChange:
    change = Estimate(after - before, 0.1, (after - before - 0.2, after - before + 0.2), 0.01, 30)
    return SegmentChange(1, title.lower(), title, before, after, (1.0, 1.0), 0.5, change, q_value=q_value)


SPLIT = Split(
    "all",
    "",
    (100, 120),
    6.0,
    4.5,
    None,
    (segment("Approval", 1.0, 1.5, 0.01), segment("Inspection", 3.0, 1.0, 0.001), segment("Credit", 2.0, 2.0, 0.9)),
)


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
def test_every_change_begins_where_the_last_one_ended(theme: Tokens) -> None:
    figure = segment_change_figure(SPLIT, printed_days(), theme)
    [bars] = [trace for trace in figure.data if trace.name == "changes"]
    [means] = [trace for trace in figure.data if trace.name == "means"]
    assert list(bars.base) == [6.0, 6.5, 4.5]
    assert list(bars.x) == [0.5, -2.0, 0.0]
    assert bars.base[-1] + bars.x[-1] == means.x[-1] == 4.5
    assert [note.text.split("  ")[0] for note in figure.layout.annotations] == [
        "Before",
        "Approval",
        "Inspection",
        "Credit",
        "After",
    ]
    assert figure.layout.xaxis.title.text.startswith("Business days")


def test_the_interval_of_a_change_lies_around_the_end_of_its_bar() -> None:
    figure = segment_change_figure(SPLIT, printed_days(), THEMES[0])
    intervals = [(tuple(trace.x), trace.y[0]) for trace in figure.data if trace.name == "interval"]
    assert [(pytest.approx(ends), row) for ends, row in intervals] == [
        ((6.3, 6.7), 1),
        ((4.3, 4.7), 2),
        ((4.3, 4.7), 3),
    ]
    low, high = figure.layout.xaxis.range
    assert low < 4.3
    assert high > 6.7


def test_slower_and_quicker_differ_and_chance_is_quiet() -> None:
    theme = THEMES[0]
    [bars] = [trace for trace in segment_change_figure(SPLIT, printed_days(), theme).data if trace.name == "changes"]
    assert list(bars.marker.color) == [theme.diverging[0], theme.diverging[-1], theme.faint]
    assert list(bars.marker.pattern.shape) == ["", "", "/"]


def test_words_have_units_and_intervals() -> None:
    notes = [
        note.text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{MINUS SIGN}", "-").split(">")[1].split("<")[0]
        for note in segment_change_figure(SPLIT, printed_days(), THEMES[0]).layout.annotations
    ]
    assert notes == ["6.0 d", "+0.5 d (+0.3 d to +0.7 d)", "-2.0 d (-2.2 d to -1.8 d)", "0.0 d, within chance", "4.5 d"]
    money = segment_change_figure(SPLIT, printed_money("USD"), THEMES[0]).layout
    assert "USD-days" in money.annotations[0].text
    assert money.xaxis.title.text == "USD-days per closed return"


def test_a_change_without_an_interval_has_no_line_and_names_are_text() -> None:
    bare = replace(SPLIT.segments[0], title="<b>Dock", change=None, q_value=None)
    figure = segment_change_figure(replace(SPLIT, after=6.5, segments=(bare,)), printed_days(), THEMES[0])
    assert not [trace for trace in figure.data if trace.name == "interval"]
    assert figure.layout.annotations[1].text.startswith("&lt;b&gt;Dock")
