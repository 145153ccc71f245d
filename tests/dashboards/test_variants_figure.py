"""Paths as rows of chevrons, in words, and how few cover how much."""

from __future__ import annotations

import re
from html import unescape

from dashboards.charts.variants import coverage_figure
from dashboards.drills import Place
from dashboards.paths import words
from dashboards.paths.html import chevrons_html, paths_html
from dashboards.paths.table import path_frame
from dashboards.scope import Scope
from mining.drawing.colours import tokens
from mining.variants import Variant, Variants, difference_in_words

STANDARD = ("A", "B", "C")
HERE = Place("paths", Scope(), {})
DAY = 86400.0


def variant(path: str, cases: int, together: float, value: float | None = None, **more: float | None) -> Variant:
    """A path of one of 10 returns each, all closed but one."""
    return Variant(
        variant_id=path, activities=tuple(path), difference=difference_in_words(tuple(path), STANDARD),
        cases=cases, finished=cases - 1, share=cases / 10, cumulative_share=together, value=value,
        cumulative_value_share=more.get("value_together"), median_seconds=2 * DAY, p90_seconds=12 * DAY,
        recovery_rate=more.get("recovery"),
    )  # fmt: skip


PATHS = (
    variant("ABC", 6, 0.6, 3000.0, value_together=0.75, recovery=0.42),
    variant("ACXXB", 3, 0.9, None, value_together=0.75),
    variant("A", 1, 1.0, 1000.0, value_together=1.0),
)


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", html))).strip()


def test_lead_says_how_few_paths_cover_most_and_how_many_take_the_standard() -> None:
    said = words.lead(Variants(PATHS, 3, STANDARD), 10).replace("\xa0", " ")
    assert said == (
        "10 returns, 3 different paths: these 3 cover 100 % of the returns and 100 % of the credit value. "
        "The standard path, which most closed returns take, has 3 steps; 60 % take it."
    )


def test_lead_of_more_paths_than_are_counted_one_by_one() -> None:
    many = tuple(variant("A" * length, 1, length / 100) for length in range(1, 21))
    said = words.lead(Variants(many, 100, None), 100).replace("\xa0", " ")
    assert said == (
        "100 returns, 100 different paths: the 10 most frequent cover 10 % of the returns. "
        "None of the returns is closed, so there is no standard path yet."
    )
    shown = words.shown(Variants(many, 100, None), 10).replace("\xa0", " ")
    assert shown == "The 10 most frequent of 100 paths; the other 90 have 90 % of the returns."


def test_all_returns_on_one_path() -> None:
    alone = Variants((variant("ABC", 10, 1.0),), 1, STANDARD)
    assert words.lead(alone, 10).replace("\xa0", " ") == "10 returns, and one path for all of them."
    assert words.shown(alone, 10).replace("\xa0", " ") == "All 1 path."


def test_each_path_has_its_own_share_of_the_value() -> None:
    assert [row.value_share for row in words.valued(PATHS)] == [0.75, None, 0.25]


def test_how_many_paths_cover_a_share() -> None:
    assert words.needed(PATHS, 0.6) == 1
    assert words.needed(PATHS, 0.61) == 2
    assert words.needed(PATHS[:1], 0.8) is None


def test_a_row_says_numbers_and_difference() -> None:
    html = paths_html(words.valued(PATHS), STANDARD, "USD", HERE, normalised=False)
    first, second, third = (words_of(part) for part in html.split('<li class="rt-path">')[1:])
    assert first.startswith("1 60 % 6 returns, 5 closed With those above 60 %")
    assert "Median, p90 2.0 d, 12 d Recovery 42 % Credit value USD 3.0 k (75 %)" in first
    assert first.partition(" See ")[0].endswith("A B C The standard path.")
    assert "Recovery unknown Credit value unknown" in second
    assert second.partition(" See ")[0].endswith("A ↔ C + X x2 B Against the standard: + X x2, moved C.")
    assert third.partition(" See ")[0].endswith("A Against the standard: \N{MINUS SIGN} B, \N{MINUS SIGN} C.")


def test_bars_are_to_the_scale_of_the_most_frequent_path() -> None:
    html = paths_html(words.valued(PATHS), STANDARD, "USD", HERE, normalised=False)
    assert re.findall(r"width: ([0-9.]+)%", html) == ["100.0", "50.0", "16.7"]


def test_chevrons_say_what_is_added_and_what_is_moved() -> None:
    assert words_of(chevrons_html(("A", "X", "X", "B", "C"), STANDARD)) == "A + X x2 B C"
    assert words_of(chevrons_html(("A", "C", "B"), STANDARD)) == "A ↔ C B"
    assert words_of(chevrons_html(("A", "B", "B", "C"), None)) == "A B x2 C"
    assert "no step of work" in chevrons_html((), STANDARD)


def test_names_of_steps_are_text() -> None:
    assert "<img" not in chevrons_html(("<img src=x>",), None)


def test_figure_has_what_the_first_paths_cover_together() -> None:
    figure = coverage_figure(PATHS, 3, (0.8, 2), tokens("light"))
    lines = {trace.name: trace for trace in figure.data}
    assert list(lines["returns"].y) == [0.0, 0.6, 0.9, 1.0]
    assert list(lines["credit value"].y) == [0.0, 0.75, 0.75, 1.0]
    assert lines["returns"].line.dash != lines["credit value"].line.dash
    assert "80\xa0% of returns: 2 paths" in figure.layout.annotations[0].text


def test_figure_without_values_and_without_a_goal() -> None:
    figure = coverage_figure([variant("A", 1, 0.1)], 3, (0.8, None), tokens("dark"))
    assert [trace.name for trace in figure.data] == ["returns"]
    assert not figure.layout.annotations


def test_table_has_percent_and_days() -> None:
    row = path_frame(words.valued(PATHS), "USD").iloc[0]
    assert (row["Returns"], row["Together (%)"], row["Credit value (USD)"]) == (6, 60.0, 3000.0)
    assert (row["Median (elapsed d)"], row["p90 (elapsed d)"], row["Recovery (%)"]) == (2.0, 12.0, 42.0)
    assert row["Path"] == "A > B > C"
