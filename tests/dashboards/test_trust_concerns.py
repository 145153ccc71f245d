"""What speaks against a build: which concerns there are, which is worst, what is said of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from dashboards.charts.source_months import by_source, source_months_figure
from dashboards.trust.build_parts import balance, held_by_room
from dashboards.trust.concerns import concerns, verdict
from dashboards.trust.evidence import Evidence, Source, Stamps
from dashboards.trust.stamp_tables import PARTS, stamps_csv, stamps_table
from expectations import ExpectationResult
from mining.drawing.colours import tokens
from mining.log_quality import ClockSkew, Coverage, StampQuality, UndecidablePair
from mining.stamp_gaps import KpiInterval, MissingStamp
from pipeline.load_report import TableLoad

GOOD = ExpectationResult(
    "marts", "marts.edges", "expect_column_values_to_not_be_null", "cases", "error", True, "", 0, 9
)
BAD = replace(GOOD, success=False, unexpected_count=3)
CLEAN = Stamps(
    quality=(StampQuality("Goods Received", "wms", 100, 0, 0, 80, 0, 0),),
    doubts=(), skews=(), shared_logins=0, coverage=(), missing=(), intervals=(),
)  # fmt: skip
PERFECT = Evidence(
    loads=(TableLoad("erp", "returns", 1000, 990, 10, 0), TableLoad("wms", "receipts", 200, 200, 0, 0)),
    results=(GOOD, GOOD),
    sources=(Source("erp", True, 500, datetime(2026, 1, 2), 0.0), Source("tms", False, 5, datetime(2026, 1, 1), 1.0)),
    stamps=CLEAN,
    titles={"credit_lag_days": "Credit lag"},
)
SKEW = ClockSkew("Delivered To Dock", "Goods Received", "CHI", "tms", "wms", 50, 20, -60.0, -7000.0, 2)


def said(evidence: Evidence) -> str:
    return verdict(evidence, concerns(evidence)).replace("\N{NO-BREAK SPACE}", " ")


def with_stamps(**parts: object) -> Evidence:
    return replace(PERFECT, stamps=replace(CLEAN, **parts))  # type: ignore[arg-type]


def test_nothing_found_is_a_plain_yes() -> None:
    assert concerns(PERFECT) == []
    assert said(PERFECT) == (
        "Yes: every one of the 1,200 rows read is accounted for and all 2 expectations hold. "
        "Nothing was found that speaks against the numbers."
    )


def test_a_lost_row_is_a_no_and_stands_before_everything() -> None:
    lost = replace(PERFECT.loads[1], rows_kept=199)
    evidence = replace(with_stamps(skews=(SKEW,)), loads=(PERFECT.loads[0], lost))
    assert [one.level for one in concerns(evidence)] == ["wrong", "care"]
    assert said(evidence).startswith(
        "No, not yet: the rows of 1 of 2 tables do not add up and all 2 expectations hold. Worst are two things: "
        "rows of wms/receipts are neither kept, superseded nor quarantined; and the clocks of tms and wms at CHI look "
        "2 hours apart (40 % of 50 stamps of Goods Received are before Delivered To Dock)."
    )


def test_the_two_worst_are_those_that_touch_most() -> None:
    evidence = with_stamps(
        quality=(StampQuality("Goods Received", "wms", 100, 30, 0, 80, 0, 0),),
        doubts=(UndecidablePair("a", "b", 80, 2, 6, 0.1),),
        skews=(SKEW,),
        shared_logins=3,
    )
    assert [round(one.share, 2) for one in concerns(evidence)] == [0.4, 0.3, 0.1, 0.0]
    assert "30 % of the events are a date without a time" in said(evidence)
    assert "convention" not in said(evidence)


def test_dates_say_what_they_do_to_the_kpi_they_leave_most_open() -> None:
    lag = KpiInterval("credit_lag_days", 10, 4, 5.0, 4.0, 4.5, 4.0, 6.0, 4.0)
    sure = KpiInterval("cycle_time_days", 10, 0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0)
    quality = (StampQuality("Credit Posted", "erp", 100, 4, 0, 80, 0, 0),)
    [found] = concerns(with_stamps(quality=quality, intervals=(sure, lag)))
    assert (found.level, found.share) == ("care", pytest.approx(0.3))
    assert found.words.replace("\N{NO-BREAK SPACE}", " ") == (
        "4.0 % of the events are a date without a time, so the mean of credit lag could be anything from 4.5 to "
        "6.0 business days"
    )


@pytest.mark.parametrize(
    ("result", "level"),
    [(BAD, "wrong"), (replace(BAD, severity="warning"), "care")],
)
def test_expectations_that_fail_are_named(result: ExpectationResult, level: str) -> None:
    [found] = concerns(replace(PERFECT, results=(result, GOOD)))
    assert (found.level, found.share) == (level, pytest.approx(1 / 3))
    assert found.words.startswith("3 of 9 rows are not as expected in marts.edges.cases")
    assert "1 of 2 expectations hold" in said(replace(PERFECT, results=(result, GOOD)))


def test_the_worst_of_many_expectations_is_named_as_the_load_report_does() -> None:
    warning = replace(BAD, severity="warning")
    worse = replace(warning, relation="raw.tms__tracking_events", column_name="event_type", unexpected_count=5)
    [found] = concerns(replace(PERFECT, results=(warning, worse)))
    assert found.words == "5 of 9 rows are not as expected in tms/tracking_events.event_type; 1 more expectation fails"


def test_a_build_that_was_never_checked_is_not_trusted() -> None:
    assert said(replace(PERFECT, results=())).startswith("No, not yet")


@pytest.mark.parametrize(("days", "levels"), [(14.0, []), (14.1, ["care"])])
def test_a_source_is_late_after_a_fortnight(days: float, levels: list[str]) -> None:
    late = replace(PERFECT.sources[0], days_behind=days)
    assert [one.level for one in concerns(replace(PERFECT, sources=(late,)))] == levels


@pytest.mark.parametrize(("is_needed", "level"), [(True, "care"), (False, "note")])
def test_a_silent_source_matters_when_it_is_needed(is_needed: bool, level: str) -> None:
    [found] = concerns(replace(PERFECT, sources=(Source("crm", is_needed, 0, None, None),)))
    assert (found.level, found.words) == (level, "no event at all comes from crm")


@pytest.mark.parametrize(("refused", "level"), [(50, "note"), (51, "care")])
def test_a_twentieth_of_a_table_in_the_quarantine_is_tolerable(refused: int, level: str) -> None:
    load = TableLoad("erp", "returns", 1000, 1000 - refused, 0, refused)
    [found] = concerns(replace(PERFECT, loads=(load,)))
    assert found.level == level
    assert "of erp/returns" in found.words


def test_gaps_and_missing_stamps_name_the_worst() -> None:
    months = tuple((f"2025-{month:02}", 9) for month in range(1, 11))
    found = concerns(
        with_stamps(
            coverage=(
                Coverage("Note", "crm", months, ("2025-03", "2025-04"), ()),
                Coverage("Receipt", "wms", months, (), ("2025-07",)),
            ),
            missing=(MissingStamp("credit posted", 50, 4, 10), MissingStamp("receipt posted", 60, 1, 0)),
        )
    )
    assert [(one.level, round(one.share, 2)) for one in found] == [("care", 0.1), ("care", 0.05), ("note", 0.05)]
    assert "1 of 2 kinds of event is missing for whole months (Note of crm in Mar 2025 and 1 more)" in found[0].words
    assert found[1].words.replace("\N{NO-BREAK SPACE}", " ").endswith("most often credit posted (10 %)")


def test_rows_and_expectations_are_summed_up_in_words() -> None:
    assert balance(PERFECT.loads).startswith(
        "1,200 rows read = 1,190 kept + 10 superseded + 0 quarantined, in 2 tables"
    )
    assert held_by_room([GOOD, replace(GOOD, success=False), replace(GOOD, suite="event_log")]) == (
        "Holding: 1 of 1 in the event log and 1 of 2 in the marts."
    )


def test_months_of_a_source_are_those_of_its_activities_together() -> None:
    one = Coverage("a", "crm", (("2025-01", 3), ("2025-02", 0), ("2025-03", 7)), ("2025-02",), ())
    two = Coverage("b", "crm", (("2025-01", 1), ("2025-02", 1), ("2025-03", 30)), (), ("2025-02",))
    [found] = by_source((one, two))
    assert (found.source, found.events, found.lacking) == ("crm", (4, 1, 37), (0, 2, 0))
    figure = source_months_figure([found], tokens("dark"))
    [bars] = figure.data
    assert list(bars.y) == [4, 1, 37]
    assert list(bars.text) == ["", "2", ""]
    assert list(bars.marker.pattern.shape) == ["", "/", ""]
    assert "2 kinds of event missing" in bars.customdata[1]


@pytest.mark.parametrize("about", PARTS)
def test_every_part_has_a_table_and_a_download(about: str) -> None:
    stamps = replace(
        CLEAN,
        doubts=(UndecidablePair("=a", "b", 80, 2, 6, 0.1),),
        skews=(SKEW,),
        coverage=(Coverage("a", "crm", (("2025-01", 9),), ("2025-01",), ()),),
        missing=(MissingStamp("credit posted", 50, 4, 10),),
    )
    assert len(stamps_table(stamps, about)) == 1
    assert len(stamps_csv(stamps, about).splitlines()) == 2
    assert "\n=a" not in stamps_csv(stamps, about)
