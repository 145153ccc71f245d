"""Why, as a page: its numbers and sentences are those of the mining functions."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from page_reading import markup, open_page, text

from dashboards.causes import words
from dashboards.causes.answer import Association, CausesAnswer
from dashboards.causes.figure import cause_frame, causes_csv
from dashboards.causes.html import findings_html, tree_html
from dashboards.drills import Place
from dashboards.scope import Scope
from mining.causes import Adjusted, Causes, Condition, Finding, Influence, Node, find_causes
from mining.cohort import Names
from mining.log import EventLog
from pipeline.mine.cause_rows import CauseRow, outcomes_of_returns
from pipeline.publish import open_published


@pytest.fixture(scope="module")
def mined(built_workspace: Path) -> Iterator[Causes]:
    """What the mining function says of the whole log."""
    with open_published(built_workspace) as published:
        yield find_causes(EventLog(published.connection), outcomes_of_returns())


@pytest.mark.usefixtures("real_workspace")
def test_page_shows_each_outcome_as_it_was_mined(mined: Causes) -> None:
    test = open_page("causes")
    assert not test.exception
    assert list(test.selectbox(key="outcome").options) == [one.outcome.name for one in mined.outcomes]
    for of in mined.outcomes:
        test.selectbox(key="outcome").set_value(of.outcome.name).run()
        assert not test.exception
        if of.cases:
            assert f"{of.outcomes} of {of.cases} judged returns" in text(test)
        if of.findings:
            table = test.dataframe[0].value
            assert list(table["Returns"]) == [one.influence.cases for one in of.findings]
            assert list(table["Status"]) == [one.status for one in of.findings]


@pytest.mark.usefixtures("real_workspace")
def test_the_first_outcome_with_something_clear_is_asked_at_first(mined: Causes) -> None:
    first = next((one for one in mined.outcomes if one.outcome.name in mined.clear), mined.outcomes[0])
    test = open_page("causes")
    assert test.title[0].value == words.QUESTIONS[first.outcome.name]
    assert test.selectbox(key="outcome").value is None
    assert f"are {first.outcome.words}" in text(test)


def test_each_outcome_has_a_question() -> None:
    assert [*words.QUESTIONS] == [one.name for one in outcomes_of_returns()]


@pytest.mark.usefixtures("real_workspace")
def test_outcome_is_taken_from_the_url(mined: Causes) -> None:
    test = open_page("causes", outcome="rework")
    assert test.title[0].value == "Why are returns reworked?"
    [rework] = [one for one in mined.outcomes if one.outcome.name == "rework"]
    assert f"{rework.outcomes} of {rework.cases} judged returns" in text(test)
    assert "are reworked" in text(test)
    assert "association in the log" in text(test)


@pytest.mark.usefixtures("real_workspace")
def test_what_was_left_out_and_refused_is_said(mined: Causes) -> None:
    of = mined.outcomes[0]
    shown = text(open_page("causes", outcome=of.outcome.name))
    for reason, cases in of.left_out:
        assert f"{cases} {reason}" in shown
    for refused in of.refused:
        assert refused.why in shown


@pytest.mark.usefixtures("real_workspace")
def test_a_filter_that_leaves_no_return_is_named() -> None:
    test = open_page("causes", to="2001-01-01")
    assert "The period filter empties this page" in test.info[0].value


def test_lead_tells_what_stands_out() -> None:
    said = words.lead(answer(association("no clear difference"), association("cause candidate", who="Pumps")))
    assert said.startswith("30 of 200 judged returns (15\xa0%) are reworked. ")
    assert said.endswith("Pumps are 40 % of those reworked.")


def test_lead_does_not_make_a_finding_of_nothing() -> None:
    said = words.lead(answer(association("explained by other factors"), association("no clear difference")))
    assert "Of 2 conditions tested, nothing stands out by itself. The one that differs is explained by" in said
    assert "None differs by more than chance" in words.lead(answer(association("no clear difference")))


def test_lead_of_an_outcome_that_never_or_always_happens() -> None:
    assert "can be judged" in words.lead(answer(cases=0, outcomes=0))
    said = words.lead(answer(cases=9, outcomes=9))
    assert said.endswith("nothing to compare. Choose another outcome: something goes clearly with rework.")


def test_forest_shows_the_ratio_before_and_after_other_factors() -> None:
    row = words.forest_row(association("cause candidate", ratio=3.1, adjusted=2.5))
    assert row
    assert row.before
    assert row.mark
    assert (row.before.value, row.mark.value) == (3.1, 2.5)
    assert row.words == "2.5\xa0times (2.0 to over 100)"
    assert row.note == "cause candidate · 12 of 40"
    assert words.forest_row(association("cause candidate", ratio=None)) is None


def test_clear_associations_hide_the_others() -> None:
    clear, unclear = association("cause candidate"), association("no clear difference")
    assert words.worth_showing(answer(clear, unclear), 8) == [clear]
    assert words.worth_showing(answer(unclear, unclear), 1) == [unclear]
    assert words.tally(answer(clear, unclear)) == ("2 conditions tested: 1 cause candidate, 1 no clear difference.")


def test_sentences_and_rules_are_text_never_markup() -> None:
    leaf = Node(40, 12, 0.3, (("category", True, "<b>"),))
    rest = Node(160, 18, 0.1125, (("category", False, "<b>"),))
    tree = Node(200, 30, 0.15, (), ("category", "<b>"), leaf, rest)
    shown = tree_html(tree, answer(), Names(values={"category": {"<b>": "Pumps"}}))
    assert "All judged returns" in shown
    assert "Category is Pumps (&lt;b&gt;)" in shown
    assert "30\xa0% of 40" in shown
    assert "Category is not Pumps (&lt;b&gt;)" in shown
    assert "<i>x" not in findings_html([association("cause candidate", who="<i>x")], Place("causes", Scope(), {}))


@pytest.mark.usefixtures("real_workspace")
def test_tree_has_its_root_on_the_page(mined: Causes) -> None:
    assert "rt-tree" in markup(open_page("causes", outcome="rework"))
    assert mined.outcomes[1].cases


def test_download_has_the_rows_of_the_mined_file() -> None:
    found = [association("cause candidate", who="Pumps")]
    [row] = csv.DictReader(io.StringIO(causes_csv(found)))
    assert row["sentence"] == "Pumps are 40 % of those reworked."
    table = cause_frame([replace(found[0], explained_by="Returns of site Denver (202)")])
    assert table["Explained by"][0] == "Returns of site Denver (202)"
    table = cause_frame(found)
    assert (table["Who"][0], table["Rate %"][0], table["Points apart"][0]) == ("Pumps", 30.0, 18.8)


def association(
    status: str, who: str = "Pumps", ratio: float | None = 2.7, adjusted: float | None = None
) -> Association:
    interval = (1.5, 4.8) if ratio else None
    influence = Influence(
        40, 12, 0.3, 0.1125, 0.2, 0.4, 0.1875, (0.05, 0.35), ratio, interval, 2.0, 7.5, 4.2, None, None, 9, 1.0, 0.001,
        0.02,
    )  # fmt: skip
    after = Adjusted(adjusted, (2.0, 900.0), 0.1, (0.0, 0.2), 4.0, (0.0, 8.0), 0.01, ("site",)) if adjusted else None
    condition = Condition((("category", who),))
    finding = Finding(condition, Condition(()), influence, after, status, None)  # type: ignore[arg-type]
    row = CauseRow(
        "rework", str(condition), status, None, 40, 12, 0.3, 0.1125, 0.1875, 0.05, 0.35, ratio, 7.5, 4.2, None, 0.02,
        adjusted, None, None, None, f"{who} are 40 % of those reworked.",
    )  # fmt: skip
    return Association(finding, row, who)


def answer(*associations: Association, cases: int = 200, outcomes: int = 30) -> CausesAnswer:
    return CausesAnswer(
        "rework", "reworked", cases, outcomes, (("open", 5),), (), (), ("Category",), ("Month",),
        {"category": "Category"}, 20, ("rework",), associations, None,
    )  # fmt: skip
