"""What breaks the rules, as a page: its numbers are those of the mining functions."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from page_reading import open_page, text
from streamlit.testing.v1 import AppTest

from dashboards.rules import words
from dashboards.rules.broken import rules_csv
from dashboards.rules.deviations import SHARE, deviation_frame, deviation_rows, deviations_csv
from dashboards.rules.html import allow_list_html
from mining.conformance import Conformance, conformance
from mining.conformance.impact import Impact
from mining.conformance.quality import Coverage, Fitness
from mining.conformance.result import Finding, Verdicts
from mining.conformance.scope import returns_scope
from mining.log import EventLog
from mining.reference import REFERENCE
from mining.rules import Rule, RuleResult, read_rules, rule_results
from mining.rules.rule import Unless
from pipeline.publish import open_published


@pytest.fixture(scope="module")
def mined(built_workspace: Path) -> Iterator[tuple[Conformance, tuple[RuleResult, ...]]]:
    """What the mining functions say of the whole log."""
    with open_published(built_workspace) as published:
        log = EventLog(published.connection)
        found = conformance(log, REFERENCE.read_text(encoding="utf-8"), 20.0, returns_scope())
        yield found, rule_results(log, read_rules())


def figure(test: AppTest, number: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(test.get("plotly_chart")[number].proto.spec)
    return found


@pytest.mark.usefixtures("real_workspace")
def test_page_says_what_mining_finds(mined: tuple[Conformance, tuple[RuleResult, ...]]) -> None:
    found, results = mined
    test = open_page("rules")
    assert not test.exception
    assert words.lead(found.verdicts, results).replace("\xa0", " ") in text(test)
    verdicts = found.verdicts
    assert f"all {verdicts.cases} returns" in text(test)
    ways = [verdicts.conforming, verdicts.allowed, verdicts.violating, verdicts.violating_open, verdicts.undecided]
    assert sum(ways) == verdicts.cases > 0
    names = list(figure(test, 0)["layout"]["yaxis"]["ticktext"])
    assert names == ["Conforming", "Allowed", "Violating", "Violating, open", "Not yet decidable"]
    assert [bar.returns for bar in words.verdict_bars(verdicts)] == ways
    assert words.coverage(found, 20.0) in text(test)


@pytest.mark.usefixtures("real_workspace")
def test_tables_have_every_deviation_and_every_rule(mined: tuple[Conformance, tuple[RuleResult, ...]]) -> None:
    found, results = mined
    test = open_page("rules")
    deviations, rules = (table.value for table in test.dataframe)
    assert list(deviations["Returns"]) == [one.cases for one in found.deviations]
    assert list(rules["Violating"]) == [one.violating for one in results]
    assert list(rules["Conforming"]) == [one.conforming for one in results]
    assert list(rules["Excused"]) == [one.allowed for one in results]
    assert list(rules["Owner"]) == [one.rule.owner for one in results]


@pytest.mark.usefixtures("real_workspace")
def test_an_owner_and_a_measure_in_the_url_are_shown() -> None:
    test = open_page("rules", **{"rule-owner": "Finance", "deviation-measure": "cycle time"})
    assert set(test.dataframe[1].value["Owner"]) == {"Finance"}
    assert "It is an association, not an effect" in text(test)


@pytest.mark.usefixtures("real_workspace")
def test_a_filter_that_leaves_no_return_is_named() -> None:
    test = open_page("rules", to="2001-01-01")
    assert "The period filter empties this page" in test.info[0].value


def test_lead_tells_ended_from_open_returns() -> None:
    said = words.lead(Verdicts(120, 90, 4, 6, 1, 19, 0), [result(violating=0)])
    assert "6 of 100 ended returns (6.0\xa0%) leave the target process" in said
    assert "1 open has done so for good" in said
    assert said.endswith("None of the 1 rules is broken.")


def test_lead_names_the_rule_broken_most_and_its_owner() -> None:
    said = words.lead(Verdicts(2, 0, 0, 0, 0, 2, 0), [result(violating=3), result("Other", violating=9)])
    assert said.startswith("No return has ended and been checked yet; 0 open ones have done so for good.")
    assert "2 of 2 rules are broken, most often one of Finance: “Other” (9 returns" in said


def test_what_was_not_covered_is_a_verdict_of_its_own_and_said() -> None:
    verdicts = Verdicts(10, 5, 0, 1, 0, 1, 3)
    bars = words.verdict_bars(verdicts)
    assert (bars[-1].name, bars[-1].returns, bars[-1].words) == ("Not covered", 3, "3 · 30\xa0%")
    fitness = Fitness(0.9, 0.9, 0.8, Coverage(6, 4, 9, 7))
    found = Conformance(verdicts, fitness, fitness, 0.2, 0.6, 0.5, 10, True, ("Customer Notified",), ())
    said = words.coverage(found, 20.0)
    assert "Within the 20 seconds allowed, 6 of 9 ended returns (4 of 7 distinct paths)" in said
    assert "The rest, the rarest paths, is left out" in said
    assert next(name for name, _ in words.qualities(found)) == "Fitness by alignments"


def test_impact_has_its_sign_its_interval_and_its_sample() -> None:
    [row] = deviation_rows([SKIPPED, EXTRA], "cycle time", "business days")
    assert row.words == "\N{MINUS SIGN}0.7 business days (\N{MINUS SIGN}1.4 to +0.1)"
    assert row.note == "13 of 13 against 489"
    assert [row.name for row in deviation_rows([SKIPPED, EXTRA], SHARE, "")] == [
        "Goods Received skipped", "Return Requested extra",
    ]  # fmt: skip


def test_deviations_read_the_same_as_table_and_as_download() -> None:
    table = deviation_frame([SKIPPED, EXTRA])
    rows = list(csv.DictReader(io.StringIO(deviations_csv([SKIPPED, EXTRA]))))
    assert [float(row["share"]) * 100 for row in rows] == pytest.approx(list(table["Share %"]))
    assert rows[0]["cycle_time_low"] == "-1.4"
    assert rows[0]["credit_lag_difference"] == rows[1]["cycle_time_difference"] == ""
    assert rows[1]["allowed_because"] == "A customer may ask twice."


def test_allow_list_says_why_and_how_many() -> None:
    verdicts = Verdicts(100, 90, 6, 4, 0, 0, 0)
    fitness = Fitness(1.0, 1.0, 1.0, Coverage(100, 9, 100, 9))
    found = Conformance(verdicts, fitness, fitness, None, None, 0.5, 10, False, ("Noted <b>",), (EXTRA,))
    allowed = [("extra", "Return Requested", "May ask twice."), ("extra", "Noted <b>", "A note.")]
    excused = result("Paid", violating=1, unless=Unless("activity", "", ("Repaired", "Sent Back")), allowed=5)
    shown = allow_list_html(allowed, found, [excused, result()])
    assert '<th scope="row">Return Requested extra</th><td>May ask twice.</td><td>6</td>' in shown
    assert "Noted &lt;b&gt; extra" in shown
    assert "left out beforehand" in shown
    assert "Excused from: Paid</th><td>The return has Repaired or Sent Back.</td><td>5</td>" in shown
    assert shown.count("<tr>") == 4


def test_download_of_rules_has_the_rule_and_its_verdicts() -> None:
    [row] = csv.DictReader(io.StringIO(rules_csv([result("=1+1", violating=3)])))
    assert row["title"] == "'=1+1"
    assert (row["owner"], row["severity"], row["violating"]) == ("Finance", "high", "3")


def test_rules_that_are_kept_or_cannot_be_checked_are_named() -> None:
    said = words.kept_rules([result("Kept"), result("Broken", violating=1), result("Lame", lacking="No x.")])
    assert said == "Broken by none: Kept. Not checked: Lame (No x.). "


SKIPPED = Finding(
    "skipped", "Goods Received", 14, 1, 14, 0.07, 0.04, 0.12, None,
    (Impact("cycle_time_days", -0.66, -1.4, 0.09, 13, 13, 489),),
)  # fmt: skip
EXTRA = Finding("extra", "Return Requested", 6, 0, 6, 0.06, 0.03, 0.1, "A customer may ask twice.", ())


def result(
    title: str = "Kept", violating: int = 0, lacking: str | None = None, unless: Unless | None = None, allowed: int = 0
) -> RuleResult:
    rule = Rule(title.lower(), title, "precedence", ("A",), ("B",), None, "case", "Finance", "high", unless)
    share = violating / (100 + violating)
    return RuleResult(rule, 100, 0, violating, 0, allowed, 0, 0, share, 0.0, 0.2, None, None, lacking)
