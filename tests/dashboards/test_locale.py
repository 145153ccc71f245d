"""Numbers in the marks of a locale, in words, figures and on a page."""

from __future__ import annotations

from datetime import date

import pytest
from page_reading import open_page, text

from dashboards.attention.words import seen
from dashboards.charts.template import template
from mining.drawing.colours import tokens
from pipeline import formats
from pipeline.errors import UsageError
from pipeline.settings import LOCALE_VARIABLE


@pytest.mark.parametrize(
    ("locale", "count", "amount", "marks"),
    [
        ("", "1,234,567", "\N{MINUS SIGN}1,234.50", ".,"),
        ("en-US", "1,234,567", "\N{MINUS SIGN}1,234.50", ".,"),
        ("en_GB", "1,234,567", "\N{MINUS SIGN}1,234.50", ".,"),
        ("de-DE", "1.234.567", "\N{MINUS SIGN}1.234,50", ",."),
        ("de-CH", "1\N{RIGHT SINGLE QUOTATION MARK}234\N{RIGHT SINGLE QUOTATION MARK}567", None, None),
        ("fr-FR", "1\N{NARROW NO-BREAK SPACE}234\N{NARROW NO-BREAK SPACE}567", None, None),
    ],
)
def test_marks_are_those_of_the_locale(
    monkeypatch: pytest.MonkeyPatch, locale: str, count: str, amount: str | None, marks: str | None
) -> None:
    monkeypatch.setenv(LOCALE_VARIABLE, locale)
    assert formats.count(1234567) == count
    assert amount is None or formats.amount(-1234.5) == amount
    assert marks is None or template(tokens("light")).layout.separators == marks


def test_every_number_with_a_unit_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LOCALE_VARIABLE, "de-DE")
    said = (
        formats.share(0.063),
        formats.money(1_234_567.0, "EUR"),
        formats.plain(1234.56, "business days"),
        formats.distance(0.51, 0.453, "share"),
        formats.signed(-1234.56),
        formats.signed(0.01),
        formats.times(1.07),
        formats.duration(12_345.0, 86_400.0),
        formats.measured(2.34, "d"),
        formats.precise(1234.5678),
        seen('{"limit": 4.0, "credited": 1075.2}'),
    )
    assert [one.replace(formats.SPACE, " ") for one in said] == [
        *("6,3 %", "EUR 1,2 M", "1.234,6 business days", "5,7 points", "\N{MINUS SIGN}1.234,6", "0,0", "1,07 times"),
        *("3,4 h", "2,3 d", "1.234,5678", "limit 4, credited 1.075,2"),
    ]
    assert formats.day(date(2026, 1, 6)) == "6 Jan 2026"


@pytest.mark.parametrize("wrong", ["xx-YY", "one.two", "17"])
def test_what_is_no_locale_is_refused_in_words(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv(LOCALE_VARIABLE, wrong)
    with pytest.raises(UsageError, match="expected a locale such as en-GB or de-DE"):
        formats.count(1)


@pytest.mark.usefixtures("literals")
def test_a_page_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    english = text(open_page())
    monkeypatch.setenv(LOCALE_VARIABLE, "de-DE")
    german = text(open_page())
    assert "+2.0 to target 4.0, missed" in english
    assert "+2,0 to target 4,0, missed" in german
