"""What the pages of the proof say, without a warehouse: words, lines of lists, rows of downloads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from dashboards.baselines import words as baseline_words
from dashboards.compare import words
from dashboards.compare.effects import effect_row, line
from dashboards.compare.mix import in_words
from mining.cohort import Attribute, Cohort, Names
from pipeline import formats
from pipeline.publish import Manifest
from proof.baseline.record import Baseline, FrozenValue, MeasureName
from proof.baseline.restated import Restatement
from proof.baseline.store import Stored
from proof.baseline.verifying import Verification
from proof.comparison import Judged
from proof.effects import Effect, SideValue
from proof.followed import Followed, Standing
from proof.measures import Measure
from proof.mix import Mix
from proof.question import Question, RolloutStep, Side
from proof.resample import Estimate
from proof.verdicts import Verdict

MINUS, SPACE = formats.MINUS, formats.SPACE
BEFORE, AFTER = Side(date(2025, 1, 1), date(2025, 3, 1)), Side(date(2025, 4, 1), date(2025, 6, 1))
MEAN = Measure(
    "cycle_time_days.mean",
    "cycle_time_days",
    "",
    "mean",
    "Cycle time",
    "business days",
    "flow",
    "lower",
    "close",
)
FELL = Estimate(-1.5, 0.2, (-1.9, -1.1), 0.001, 29.0)
PLAIN = Estimate(0.4, 0.2, (0.0, 0.8), 0.05, 29.0)
EFFECT = Effect(MEAN, SideValue(8.1, 300, 4, 0.98, 30), SideValue(8.5, 280, 2, 0.99, 28), PLAIN)
JUDGED = Judged(
    EFFECT,
    Mix(MEAN.name, FELL, Estimate(1.9, 0.2, (1.5, 2.3), 0.001, 29.0), 0.93, flips=True, attributes=()),
    Verdict("improved", "it is beyond what chance alone would bring", 0.004),
)
BUILD = Manifest(3, "9.9.9", 1, "duckdb", "2025-04-02T00:00:00.000000Z", "extracts", "ab", 3, 10, 100)
FROZEN_MEAN = FrozenValue(
    MeasureName(1, MEAN.name, MEAN.kpi, "", "mean", "Cycle time", "business days", "mean"),
    11.2, 300, None, None, 4, (), 0.98, (10.8, 11.6), (),
)  # fmt: skip
COHORT = Cohort((Attribute("entity_id", ("E1",)),))


def frozen(side: Side = BEFORE) -> Baseline:
    return Baseline("before-portal", side, BUILD, (), "", "", (), (FROZEN_MEAN,), (), "retrace baseline freeze")


def held(today: float | None, side: Side = BEFORE) -> Verification:
    """The baseline, and its mean on today's data where that is another."""
    restated = Restatement(FROZEN_MEAN.measure, 11.2, today, 300, 310, Decimal("0.2"), ())
    return Verification(
        Stored(Path("before-portal"), frozen(side), "cd" * 32, ()), BUILD, restatements=(restated,) if today else ()
    )


def test_a_change_is_said_like_for_like_with_its_interval_and_sign() -> None:
    assert words.like_for_like(JUDGED, "") == f"{MINUS}1.5 ({MINUS}1.9 to {MINUS}1.1)"
    assert words.like_for_like(replace(JUDGED, mix=None, effect=replace(EFFECT, change=None)), "") == formats.NOTHING
    assert words.name(JUDGED) == "Cycle time"


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0.021, "share", f"+2.1{SPACE}points"),
        (-0.021, "share", f"{MINUS}2.1{SPACE}points"),
        (-2419.0, "money", f"{MINUS}USD{SPACE}2.4{SPACE}k"),
        (0.2, "money", "0"),
        (1.26, "business days", "+1.3"),
    ],
)
def test_differences_have_a_sign_and_shares_are_in_points(value: float, unit: str, said: str) -> None:
    assert words.signed(value, unit, "USD") == said


def test_a_line_tells_verdict_n_and_what_would_have_been_seen() -> None:
    name, before, after, change, seen, verdict = line(JUDGED, "")
    assert ("Cycle time" in name, "8.1" in before, "n 300" in before) == (True, True, True)
    assert ("8.5" in after, "n 280" in after, f"{MINUS}1.5" in change, "0.6" in seen) == (True, True, True, True)
    assert "\N{CHECK MARK} improved" in verdict
    assert "beyond what chance" in verdict


def test_a_row_of_the_download_holds_the_plain_change_and_that_of_the_verdict() -> None:
    row = effect_row(JUDGED)
    assert (row.before, row.after, row.n_before, row.n_after, row.left_out_before) == (8.1, 8.5, 300, 280, 4)
    assert (row.plain_change, row.change, row.low, row.high) == (0.4, -1.5, -1.9, -1.1)
    assert (row.p_value, row.q_value, row.detectable, row.verdict) == (0.001, 0.004, FELL.detectable, "improved")
    nothing = effect_row(Judged(replace(EFFECT, change=None), None, Verdict("not comparable", "so little")))
    assert (nothing.plain_change, nothing.change, nothing.low, nothing.q_value) == (None, None, None, None)


def test_a_mix_that_hides_what_the_process_does_is_said() -> None:
    assert JUDGED.mix is not None
    told = in_words(JUDGED, JUDGED.mix, "")
    assert f"The plain change of +0.4 is {MINUS}1.5 from the process" in told
    assert "+1.9 from the mix" in told
    assert "the other way than the process" in told
    assert "the other way" not in in_words(JUDGED, replace(JUDGED.mix, flips=False), "")
    assert "too little in common" in in_words(JUDGED, replace(JUDGED.mix, process=None), "")


def test_whom_a_comparison_follows_and_who_stands_apart() -> None:
    compared = (Standing("before", "compared", 503, 6), Standing("after", "compared", 133, 0))
    followed = Followed(20, 18, 30, None, None, compared)
    told = words.followed(followed, Question(BEFORE, AFTER))
    assert "1 Jan 2025 to 28 Feb 2025 (503) against those requested 1 Apr 2025 to 31 May 2025 (133)" in told
    assert "each followed for 20 days" in told
    assert "Apart" not in told
    apart = replace(followed, standings=(*compared, Standing("before", "in flight at the cut-over", 12, 1)))
    assert words.followed(apart, Question(BEFORE, AFTER)).endswith(
        "Apart stand 12 of before (in flight at the cut-over)."
    )


def test_a_baseline_is_said_with_its_returns_and_whether_filters_count() -> None:
    names = Names(values={"entity_id": {"E1": "Harbor East Supply"}})
    assert "frozen of all returns; after is of the same" in words.of_baseline(frozen(), names, is_filtered=False)
    of_one = words.of_baseline(frozen(replace(BEFORE, cohort=COHORT)), names, is_filtered=True)
    assert "Harbor East Supply" in of_one
    assert "The filters above do not count here" in of_one


def test_frozen_figures_are_said_as_they_were_and_as_today_gives_them() -> None:
    goals = (MEAN.name, "credit_lag_days.mean")
    same = words.frozen_and_today(held(None), goals)
    assert same.startswith("Today's data gives every figure of the baseline as it was frozen. Cycle time (mean, ")
    assert "11.2 as frozen and on today's data" in same
    restated = words.frozen_and_today(held(11.4), goals)
    assert "gives 1 figure of the baseline otherwise than frozen" in restated
    assert "11.2 as frozen, 11.4 on today's data" in restated


def test_a_roll_out_is_said_in_order_of_its_days() -> None:
    steps = (RolloutStep("site", "202", date(2025, 6, 15), ""), RolloutStep("entity", "E1", date(2025, 6, 1), "Portal"))
    said = words.rolled_out("portal", steps)
    assert "table portal: entity E1 on 1 Jun 2025 (Portal), site 202 on 15 Jun 2025. Other returns" in said


@pytest.mark.parametrize(
    ("question", "baseline", "rollout", "said"),
    [
        (
            Question(BEFORE, AFTER), "", "",
            "DIR --before-from 2025-01-01 --before-to 2025-03-01 --from 2025-04-01 --to 2025-06-01. Q",
        ),
        (
            Question(BEFORE, replace(AFTER, cohort=COHORT)), "", "",
            "--before-to 2025-03-01 --from 2025-04-01 --to 2025-06-01 --cohort FILE. Q",
        ),
        (
            Question(BEFORE, replace(AFTER, cohort=COHORT)), "before-portal", "",
            "DIR --baseline before-portal --from 2025-04-01 --to 2025-06-01. Q",
        ),
        (
            Question(BEFORE, AFTER), "before-portal", "of sites",
            "--from 2025-04-01 --to 2025-06-01 --rollout 'DIR/rollouts/of sites.csv'. Q",
        ),
    ],
)  # fmt: skip
def test_the_command_says_what_the_page_asked(question: Question, baseline: str, rollout: str, said: str) -> None:
    told = words.same_by_command(question, baseline, rollout)
    assert said in told
    assert question.digest[:12] in told


def test_baselines_are_whole_or_changed_in_words() -> None:
    whole = held(None).stored
    changed = replace(whole, folder=Path("after-portal"), changed=("items.parquet was changed",))
    assert baseline_words.lead(()) == baseline_words.NONE_YET
    assert baseline_words.lead([whole]) == "One baseline is frozen, and whole: every file is what was sealed."
    assert baseline_words.lead([whole, changed]) == (
        "2 baselines are frozen; after-portal was changed since and cannot be trusted."
    )
    assert "changed: items.parquet was changed" in " ".join(baseline_words.line(changed))
    cells = baseline_words.line(whole)
    assert "whole, seal cdcdcdcdcdcd" in " ".join(cells)
    assert 'href="compare?against=before-portal"' in cells[-1]
    assert baseline_words.line(replace(changed, baseline=None))[-1] == ""
