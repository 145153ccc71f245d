"""Exceptions as sentences, cells and bars."""

from __future__ import annotations

from datetime import datetime

from dashboards.attention.exceptions import Choice, Flagged, Group, Totals
from dashboards.attention.table import queue_html
from dashboards.attention.words import age, lead, nothing_left, seen, type_name
from dashboards.charts.ageing import Age, ageing_figure
from dashboards.list_html import Column, link, list_html, measured, plain
from dashboards.scope import Scope
from mining.drawing.colours import tokens

SCRIPT = "<script>alert(1)</script>"
OLD = Flagged(
    "stale_return", "return", "R-1", "R-1", "RMA 1", "E1", datetime(2025, 1, 1), None, 212.7, "{}", None, None
)  # fmt: skip
DEAR = Flagged(
    "credit_without_gl", "credit_memo", "C-9", None, None, None, datetime(2025, 6, 1), None, 3.0, "{}", 2310.0, "USD"
)  # fmt: skip


def test_types_and_ages_are_named() -> None:
    assert type_name("credit_without_gl") == "Credit without GL"
    assert [age(days) for days in (0.4, 1.2, 212.7)] == ["less than a day", "1 day", "213 days"]


def test_evidence_is_said_without_what_is_not_known() -> None:
    evidence = '{"business_hours": 12.5, "is_late": true, "error_code": null, "site_id": "S1"}'
    assert seen(evidence) == "business hours 12.5, is late yes, site id S1"


def test_the_lead_says_how_many_what_is_at_stake_and_what_comes_first() -> None:
    totals = Totals(12, 12, 9, 2, 3, 4620.0)
    top = Group("credit_without_gl", 5, 5, 9.0, 2, 4000.0, 5)
    said = lead(totals, OLD, DEAR, top, Choice(), "USD").replace("\N{NO-BREAK SPACE}", " ")
    assert said == (
        "12 exceptions are open on 9 returns and 2 on no known return; USD 4.6 k is at stake in the 3 with a value. "
        "The largest part of that is credit without GL: USD 4.0 k in 2 cases. The oldest has been open for "
        "213 days (stale return). The dearest is worth USD 2.3 k (credit without GL)."
    )


def test_nothing_left_is_said_with_what_is_hidden() -> None:
    assert nothing_left(Choice("stale_return"), 0) == (
        "No exception of the type stale return was found in this selection."
    )
    assert nothing_left(Choice(), 3) == "No exception is open in this selection; 3 are resolved."


def test_foreign_words_are_text() -> None:
    hostile = Flagged(
        SCRIPT, SCRIPT, SCRIPT, SCRIPT, SCRIPT, SCRIPT, datetime(2025, 1, 1), None, 1.0, f'{{"a": "{SCRIPT}"}}', 1.0, ""
    )  # fmt: skip
    shown = queue_html([hostile, OLD, DEAR], (212.7, 2310.0), Choice(with_resolved=True), Scope(), {"E1": SCRIPT})
    assert "<script" not in shown
    assert "none known" in shown
    assert "no known entity" in shown


def test_lists_scroll_by_keyboard_and_bars_stay_inside_their_cell() -> None:
    cells = [plain("a", "note"), measured("7", 7.0), link("R", "/return?return=R&x=1", "Open the return R")]
    shown = list_html("Some & all", [Column("A"), Column("B", True), Column("C")], [cells])
    assert 'role="region" tabindex="0" aria-label="Some &amp; all"' in shown
    assert "width:100%" in shown
    assert 'href="/return?return=R&amp;x=1"' in shown


def test_bars_of_ages_stack_open_and_hatched_resolved_ones() -> None:
    ages = [Age(SCRIPT, 3, 1, "3 open, 1 resolved", "USD 5"), Age("older", 0, 0, "0", "")]
    figure = ageing_figure(ages, tokens("light"))
    still_open, resolved, labels = figure.data
    assert list(still_open.x) == [3, 0]
    assert list(resolved.x) == [1, 0]
    assert resolved.marker.pattern.shape == "/"
    assert list(labels.x) == [4, 0]
    assert "<script" not in figure.to_json()
    assert figure.layout.xaxis.range[0] == 0
