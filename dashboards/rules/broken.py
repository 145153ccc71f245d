"""Which rules are broken, by how many returns, and whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboards import frame
from dashboards.charts.forest import Ground, forest_figure
from dashboards.charts.template import Axis, toolbar
from dashboards.drills import Drill, Place, show_drills
from dashboards.rules import words
from dashboards.same_numbers import show_numbers
from dashboards.show_chart import show_chart
from mining.cohort import BrokenRules

if TYPE_CHECKING:
    from mining.rules import RuleResult

EVERYBODY = "everybody"
LEGEND = (
    "Share: the returns that break a rule of those that it says something about, excused ones included. "
    "Beside each name: its owner, its severity, and both numbers. A return counts once for each rule. "
)


def show_rules(results: Sequence[RuleResult], here: Place) -> None:
    """Show the rules of all owners, or of one."""
    frame.section("Which rules are broken, and whose are they?")
    owners = sorted({one.rule.owner for one in results})
    owner = st.selectbox("Rules of", [EVERYBODY, *owners], key="rule-owner", bind="query-params", width=240)
    shown = [one for one in results if owner in (EVERYBODY, one.rule.owner)]
    broken = words.broken_rules(shown)
    if broken:
        with st.container(key="wide-rules"):
            ground = Ground(Axis("share of returns that break the rule, with 95 % interval", ".1~%"))
            figure = forest_figure([words.rule_row(one) for one in broken], ground, frame.theme())
            show_chart(figure, config=toolbar("rules"), key="rules-figure")
    frame.caption(f"{LEGEND if broken else ''}{words.kept_rules(shown)}")
    drills = [Drill(one.rule.title, BrokenRules((one.rule.rule_id,)), one.violating) for one in broken]
    show_drills("The returns that break each rule", drills, here)
    show_numbers(lambda: rule_frame(shown), lambda: rules_csv(shown), "rules")


def rules_csv(results: Sequence[RuleResult]) -> str:
    """Return the rules as CSV, unrounded, with the columns of the mined file of rules."""
    from mining.rules import RuleResult
    from pipeline.export.records import records_csv

    return records_csv(RuleResult, results)


def rule_frame(results: Sequence[RuleResult]) -> pd.DataFrame:
    """Return the verdicts of the rules as a table, each verdict in a column of its own; shares in percent."""
    return pd.DataFrame(
        {
            "Rule": [one.rule.title for one in results],
            "Owner": [one.rule.owner for one in results],
            "Severity": [one.rule.severity for one in results],
            "Violating": [one.violating for one in results],
            "Of them open": [one.violating_open for one in results],
            "Share %": [_percent(one.share) for one in results],
            "95 % from": [_percent(one.low) for one in results],
            "to": [_percent(one.high) for one in results],
            "Excused": [one.allowed for one in results],
            "Conforming": [one.conforming for one in results],
            "Not concerned": [one.vacuous for one in results],
            "Open, something owed": [one.pending for one in results],
            "Open, not yet decidable": [one.undecided for one in results],
            "Hours over": [None if one.hours_over is None else round(one.hours_over, 1) for one in results],
            "Value of violating": [None if one.value is None else round(one.value) for one in results],
            "Not checked because": [one.not_applicable for one in results],
        }
    )


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 2)
