"""Numbers with units, verdicts and sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboards.answers import FrozenFigures, LeftOut, Measure, Target
from dashboards.charts.sparkline import sparkline
from dashboards.charts.template import template
from dashboards.scope import Remaining, Scope, months_up_to, period_in_words
from dashboards.scorecard import words
from dashboards.scorecard.comparisons import (
    Comparison,
    TrendPoint,
    over_months,
    to_baseline,
    to_before,
    to_target,
)
from dashboards.scorecard.tile_html import tile_html
from dashboards.scorecard.tiles import (
    Numbers,
    Tile,
    left_outs_of,
    make_tiles,
    target_for,
    trend_of,
)
from mining.drawing.colours import Tokens, tokens
from pipeline import formats
from pipeline.errors import UsageError
from pipeline.kpi_drivers import Contribution, Driver
from pipeline.kpis import KpiRow

DAYS = Measure("lag.median", "lag", None, "median", "Credit <lag>", "business days", "Returns", "From to", "Posting")
RATE = Measure("rate", "rate", None, "ratio", "Rework rate", "share", "Closed returns", "Share", "Last close")
COUNT = Measure("open", "open", None, "count", "Advance credits", "returns", "Returns", "How many", "Posting")
LOWER = Target("lag.median", "*", 5.0, "lower")
HIGHER = Target("rate", "*", 0.5, "higher")


def row(kpi: str, value: float | None, group: str | None = None, coverage: float = 1.0, n: int = 10) -> KpiRow:
    return KpiRow(kpi, group, value, n, None, None, 0, coverage)


def tiles(*rows: KpiRow, targets: tuple[Target, ...] = (LOWER, HIGHER)) -> list[Tile]:
    numbers = Numbers(rows, [], [], [], None, [], targets, None, "USD")
    return make_tiles([DAYS, RATE], numbers)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (10.74, "business days", "10.7 business days"),
        (0.063, "share", "6.3 %"),
        (0.0996, "share", "10 %"),
        (0.834, "share", "83 %"),
        (0.997, "share", ">99 %"),
        (1.0, "share", "100 %"),
        (0.0, "share", "0 %"),
        (1_240_000, "money", "USD 1.2 M"),
        (128_398, "money", "USD 128 k"),
        (-2_419, "money", "USD \N{MINUS SIGN}2.4 k"),
        (999_999, "money", "USD 1.0 M"),
        (950, "money", "USD 950"),
        (3421, "returns", "3,421 returns"),
        (14.82, "events", "14.8 events"),
        (None, "share", formats.NOTHING),
    ],
)
def test_values_have_their_unit(value: float | None, unit: str, expected: str) -> None:
    assert formats.plain(value, unit, "USD").replace(formats.SPACE, " ") == expected


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(10, "<1 min"), (720, "12 min"), (3590, "1.0 h"), (12240, "3.4 h"), (72000, "2.5 d"), (400000, "14 d")],
)
def test_waits_have_one_number_and_unit(seconds: float, expected: str) -> None:
    assert formats.duration(seconds, 28800).replace(formats.SPACE, " ") == expected


def test_waits_stay_in_hours_when_a_day_has_no_one_length() -> None:
    assert formats.duration(400000, float("inf")).replace(formats.SPACE, " ") == "111 h"


def test_own_target_beats_the_one_for_all_when_one_entity_is_chosen() -> None:
    own = replace(LOWER, entity_id="E1", target=9.0)
    assert target_for("lag.median", ("E1",), [LOWER, own]) == own
    assert target_for("lag.median", ("E2",), [LOWER, own]) == LOWER
    assert target_for("lag.median", ("E1", "E2"), [LOWER, own]) == LOWER
    assert target_for("lag.median", None, [own]) is None


def test_a_month_without_items_has_no_rate_but_a_count_of_nothing() -> None:
    months = ["2025-01", "2025-02"]
    assert [p.value for p in trend_of(RATE, months, [row("rate", 0.2, "2025-02")], None)] == [None, 0.2]
    assert [p.value for p in trend_of(COUNT, months, [row("open", 4, "2025-02")], None)] == [0, 4]
    assert trend_of(RATE, months, [], None) == ()


def test_left_outs_of_parts_add_up_to_the_whole() -> None:
    parts = [LeftOut("rate", part, "not due", False, items) for part, items in (("a", 2), ("b", 3))]
    assert left_outs_of(RATE, parts) == (LeftOut("rate", None, "not due", False, 5),)


@pytest.mark.parametrize(
    ("value", "target", "unit", "said"),
    [
        (6.4, LOWER, "business days", "▲ +1.4 to target 5.0, missed"),
        (3.0, LOWER, "business days", "▼ \N{MINUS SIGN}2.0 to target 5.0, met"),
        (5.0, LOWER, "business days", "= exactly at target 5.0, met"),
        (5.01, LOWER, "business days", "▲ just over target 5.0, missed"),
        (4.99, LOWER, "business days", "▼ just under target 5.0, met"),
        (0.3, HIGHER, "share", "▼ \N{MINUS SIGN}20.0 points to target 50 %, missed"),
        (0.7, HIGHER, "share", "▲ +20.0 points to target 50 %, met"),
        (0.5, HIGHER, "share", "= exactly at target 50 %, met"),
        (0.4999, HIGHER, "share", "▼ just under target 50 %, missed"),
        (0.5001, HIGHER, "share", "▲ just over target 50 %, met"),
        (1200.0, replace(LOWER, target=1000.0), "money", "▲ +USD 200 to target USD 1.0 k, missed"),
        (1000.3, replace(LOWER, target=1000.0), "money", "▲ just over target USD 1.0 k, missed"),
        (7.0, LOWER, "returns", "▲ +2 to target 5, missed"),
        (5.0, None, "business days", "nothing"),
        (None, LOWER, "business days", "nothing"),
    ],
)
def test_a_value_is_held_against_its_target(value: float | None, target: Target | None, unit: str, said: str) -> None:
    found = to_target(value, target, replace(DAYS, unit=unit), "USD")
    assert _said(found) == said
    if found:
        assert found.tone == ("good" if said.endswith("met") else "bad")


@pytest.mark.parametrize(
    ("before", "target", "said", "tone"),
    [
        (5.0, LOWER, "▼ \N{MINUS SIGN}1.0 from the period before, better", "good"),
        (3.0, LOWER, "▲ +1.0 from the period before, worse", "bad"),
        (3.0, HIGHER, "▲ +1.0 from the period before, better", "good"),
        (3.99, LOWER, "▲ slightly up from the period before, worse", "bad"),
        (4.01, LOWER, "▼ slightly down from the period before, better", "good"),
        (4.0, LOWER, "= unchanged from the period before", "neutral"),
        (5.0, None, "▼ \N{MINUS SIGN}1.0 from the period before", "neutral"),
        (None, LOWER, "nothing", "neutral"),
    ],
)
def test_a_value_of_four_is_held_against_the_period_before(
    before: float | None, target: Target | None, said: str, tone: str
) -> None:
    found = to_before(4.0, before, target, DAYS, "")
    assert _said(found) == said
    assert not found or found.tone == tone


@pytest.mark.parametrize(
    ("frozen", "measure", "said"),
    [
        (5.0, DAYS, "▼ \N{MINUS SIGN}1.0 since before-portal, better"),
        (3.0, DAYS, "▲ +1.0 since before-portal, worse"),
        (3.99, DAYS, "▲ slightly up since before-portal, worse"),
        (4.0, DAYS, "= unchanged since before-portal"),
        (None, DAYS, "nothing"),
        (3.0, replace(DAYS, measure="not frozen"), "nothing"),
        (3.0, replace(DAYS, statistic="count"), "nothing"),
        (3.0, replace(DAYS, statistic="sum", unit="money"), "nothing"),
        (3.0, replace(DAYS, anchor="None"), "nothing"),
    ],
)
def test_a_value_of_four_is_held_against_the_baseline(frozen: float | None, measure: Measure, said: str) -> None:
    known = FrozenFigures("before-portal", {DAYS.measure: frozen})
    found = to_baseline(4.0, known, LOWER, measure, "")
    assert _said(found) == said
    assert to_baseline(None, known, LOWER, measure, "") is None
    assert to_baseline(4.0, None, LOWER, measure, "") is None


def test_a_tile_says_period_baseline_and_target_in_this_order() -> None:
    now, then = row("lag.median", 4.0), row("lag.median", 3.0)
    frozen = FrozenFigures("before-portal", {"lag.median": 5.0})
    numbers = Numbers([now], [then], [], [], None, [], (LOWER,), None, "USD", frozen)
    [tile] = make_tiles([DAYS], numbers)
    assert [one.name for one in tile.comparisons] == ["Before", "Baseline", "Target"]


def _said(found: Comparison | None) -> str:
    return f"{found.arrow} {found.figure} {found.words}".replace(formats.SPACE, " ") if found else "nothing"


def test_without_a_period_the_last_full_month_is_compared_with_the_one_before() -> None:
    trend = [TrendPoint("2025-04", 4.0, 20, False), TrendPoint("2025-05", 5.5, 20, False)]
    running = TrendPoint("2025-06", 9.0, 20, True)
    found = over_months([*trend, running], LOWER, DAYS, "")
    assert found
    assert (found.figure, found.words) == ("+1.5", "in May 2025 from the month before, worse")
    few = replace(trend[0], n=19)
    assert over_months([few, trend[1], running], LOWER, DAYS, "") is None
    assert over_months([trend[1], running], LOWER, DAYS, "") is None
    assert over_months(trend, LOWER, replace(DAYS, kpi="recovery_rate"), "") is None


def test_the_headline_takes_the_largest_miss_as_a_share_of_its_target() -> None:
    missed = tiles(row("lag.median", 6.0), row("rate", 0.1))
    assert words.headline(missed).replace(formats.SPACE, " ") == (
        "Rework rate is 10 %, 40.0 points under its target of 50 %. "
        "Credit <lag> is next with 6.0 business days in the median, 1.0 over its target of 5.0."
    )
    assert words.worst(missed)[0].miss == pytest.approx(0.8)


def test_the_headline_says_what_the_worst_miss_is_made_of() -> None:
    [lag, _] = missed = tiles(row("lag.median", 6.0), row("rate", 0.6))
    found = Driver("Disposition to credit", 0.5, Contribution("site", "102", 40, 0.61, 0.3), is_of_segment=True)
    assert words.headline(missed, words.made_of(lag, found, {})).replace(formats.SPACE, " ") == (
        "Credit <lag> is 6.0 business days in the median, 1.0 over its target of 5.0: 50 % of that time is spent from "
        "disposition to credit, and site 102 has 61 % of this with 30 % of the returns. "
        "It is the one of 2 targets that is missed."
    )
    of_all = words.made_of(lag, replace(found, is_of_segment=False), {}).replace(formats.SPACE, " ")
    assert of_all.endswith("and site 102 has 61 % of the whole with 30 % of the returns")
    assert words.made_of(lag, replace(found, group=None), {}).endswith("from disposition to credit")
    assert words.made_of(lag, None, {}) == words.made_of(lag, Driver(None, None, None), {}) == ""


def test_what_a_rate_lacks_is_told_from_what_it_has_too_much_of() -> None:
    [lag, rate] = tiles(row("lag.median", 6.0), row("rate", 0.1))
    found = Driver(None, None, Contribution("reason", "WRONG_ITEM", 40, 0.61, 0.3))
    assert words.made_of(rate, found, {}).replace(formats.SPACE, " ") == (
        "61 % of what is missing falls on the reason wrong item, which has 30 % of the returns"
    )
    assert words.made_of(lag, found, {}).replace(formats.SPACE, " ").startswith("61 % of it falls on")


def test_a_miss_that_rounds_to_nothing_is_just_a_miss() -> None:
    assert "5.0 business days in the median, just over its target of 5.0" in words.headline(
        tiles(row("lag.median", 5.01), row("rate", 0.6))
    ).replace(formats.SPACE, " ")


def test_the_headline_leaves_out_what_is_not_reliable() -> None:
    sentence = words.headline(tiles(row("lag.median", 4.0), row("rate", 0.1, coverage=0.8)))
    assert sentence == "The one target is met."


def test_the_headline_says_when_nothing_can_be_judged() -> None:
    assert words.headline(tiles(row("lag.median", None))).startswith("No KPI can be judged")
    assert words.headline(tiles(row("lag.median", 3.0), row("rate", 0.9))) == "All 2 targets are met."


def test_coverage_of_90_percent_is_reliable_and_less_is_not() -> None:
    at_limit, below = tiles(row("lag.median", 1.0, coverage=0.9), row("rate", 0.6, coverage=0.899))
    assert at_limit.is_reliable
    assert not below.is_reliable


def test_tiles_escape_every_name() -> None:
    [lag, _] = tiles(row("lag.median", 3.0), row("rate", 0.1))
    assert "Credit &lt;lag&gt;" in tile_html(lag, tokens("light"))
    assert "<lag>" not in tile_html(lag, tokens("light"))


def test_a_sparkline_breaks_at_gaps_and_marks_a_month_that_runs() -> None:
    theme = tokens("light")
    drawing = sparkline([1.0, 2.0, None, 3.0], 2.0, True, theme)
    assert drawing.count("<polyline") == 2
    assert "stroke-dasharray" in drawing
    assert f'fill="{theme.ground}"' in drawing
    assert "stroke-dasharray" not in sparkline([1.0, 1.0], None, False, theme)


def test_periods_in_words_have_both_ends_in_them() -> None:
    assert period_in_words(Scope(date(2025, 1, 1), date(2025, 7, 1))) == "1 Jan 2025 to 30 Jun 2025"
    assert period_in_words(Scope(date(2025, 1, 1), date(2025, 1, 2))) == "1 Jan 2025"
    assert period_in_words(Scope(end=date(2025, 7, 1))) == "up to 30 Jun 2025"


def test_a_period_without_a_day_is_refused() -> None:
    with pytest.raises(UsageError, match="has no day in it"):
        Scope(date(2025, 1, 2), date(2025, 1, 2))


def test_the_period_before_is_as_long_and_ends_where_it_begins() -> None:
    assert Scope(date(2025, 3, 1), date(2025, 3, 31)).before() == Scope(date(2025, 1, 30), date(2025, 3, 1))
    assert Scope(date(2025, 3, 1)).before() is None


def test_months_run_over_the_turn_of_the_year() -> None:
    assert months_up_to(date(2025, 2, 3), 4) == ["2024-11", "2024-12", "2025-01", "2025-02"]


@pytest.mark.parametrize(
    ("remaining", "culprit"),
    [
        (Remaining(9, 4, 3, 1), None),
        (Remaining(9, 4, 0, 0), "period"),
        (Remaining(9, 0, 3, 0), "entity"),
        (Remaining(9, 4, 3, 0), "both"),
    ],
)
def test_the_filter_that_empties_a_page_is_found(remaining: Remaining, culprit: str | None) -> None:
    assert remaining.culprit() == culprit


@pytest.mark.parametrize("theme", [tokens("light"), tokens("dark")], ids=lambda theme: theme.name)
def test_words_stand_out_from_their_ground(theme: Tokens) -> None:
    for ground in (theme.ground, theme.surface):
        for colour in (theme.text, theme.muted, theme.met, theme.missed, theme.accent):
            assert contrast(colour, ground) >= 4.5
    assert contrast(theme.text, theme.warning_ground) >= 4.5
    assert contrast(theme.missed, theme.warning_ground) >= 4.5
    assert template(theme).layout.paper_bgcolor == theme.ground


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.2."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
