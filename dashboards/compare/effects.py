"""Every measure before and after, with the verdict: a forest of changes, a list, and the same as CSV."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboards import frame
from dashboards.charts.forest import Ground, Mark, Row, forest_figure
from dashboards.charts.template import Axis, toolbar
from dashboards.compare import words
from dashboards.list_html import Column, list_html, measure, plain, unbroken
from dashboards.same_numbers import show_numbers
from dashboards.show_chart import show_chart
from pipeline import formats
from pipeline.export.records import records_csv
from proof.comparison import Comparison, Judged

DRAWN = (
    "cycle_time_days.mean", "credit_lag_days.mean", "decision_to_credit_days.mean", "touches_per_return",
    "rework_rate", "exception_rate", "communication_sla_rate", "recovery_rate", "supplier_recovery_rate",
)  # fmt: skip
COLUMNS = (
    Column("KPI"),
    *words.SIDES,
    words.ALIKE,
    Column("Would have been seen from", is_number=True),
    Column("Verdict"),
)


@dataclass(frozen=True)
class EffectRow:
    """A measure for the download: values in its unit, the change of the verdict with its interval, and the verdict."""

    measure: str
    before: float | None
    after: float | None
    n_before: int
    n_after: int
    left_out_before: int
    left_out_after: int
    plain_change: float | None
    change: float | None
    low: float | None
    high: float | None
    p_value: float | None
    q_value: float | None
    detectable: float | None
    needed: int | None
    verdict: str
    why: str


def show_effects(found: Comparison, currency: str) -> None:
    """Show what changed, drawn for the main measures and listed for all."""
    frame.section("What changed?")
    rows = forest_rows(found, currency)
    if rows:
        with st.container(key="wide-effects"):
            axis = Axis("change like for like, as a share of before, with 95 % interval; dashed: none", "+.0%")
            figure = forest_figure(rows, Ground(axis, neutral=0.0), frame.theme())
            show_chart(figure, config=toolbar("what-changed"), key="proof-effects")
    frame.html(list_html("All measures", COLUMNS, [line(judged, currency) for judged in found.judged]))
    frame.caption(words.VERDICTS)
    table = [effect_row(judged) for judged in found.judged]
    show_numbers(lambda: pd.DataFrame(table), lambda: records_csv(EffectRow, table), "comparison")


def forest_rows(found: Comparison, currency: str) -> list[Row]:
    """Return a row for each drawn measure that has a change, as a share of its value before."""
    rows = []
    for name in DRAWN:
        judged = found.of(name)
        if judged is None or judged.change is None or not judged.effect.before.value:
            continue
        of, change = judged.effect.before.value, judged.change
        mark = Mark(change.value / of, *(end / of for end in change.interval))
        said = f"{words.like_for_like(judged, currency)}, {judged.verdict.word}"
        rows.append(Row(words.name(judged), judged.effect.measure.unit, mark, None, said))
    return rows


def line(judged: Judged, currency: str) -> list[str]:
    """Return a measure as a line of the list: cells of markup."""
    effect, change = judged.effect, judged.change
    unit = effect.measure.unit
    values = [
        unbroken(formats.quantity(side.value, unit, currency)[0], f"n {formats.count(side.n)}")
        for side in (effect.before, effect.after)
    ]
    seen = formats.distance(change.detectable, 0, unit, currency) if change else formats.NOTHING
    return [
        measure(words.name(judged), unit),
        *values,
        unbroken(words.like_for_like(judged, currency)),
        unbroken(seen),
        plain(words.SIGNS[judged.verdict.word], judged.verdict.why),
    ]


def effect_row(judged: Judged) -> EffectRow:
    """Return a measure as a row of the download, unrounded."""
    effect, change = judged.effect, judged.change
    low, high = change.interval if change else (None, None)
    return EffectRow(
        measure=effect.measure.name,
        before=effect.before.value,
        after=effect.after.value,
        n_before=effect.before.n,
        n_after=effect.after.n,
        left_out_before=effect.before.left_out,
        left_out_after=effect.after.left_out,
        plain_change=effect.change.value if effect.change else None,
        change=change.value if change else None,
        low=low,
        high=high,
        p_value=change.p_value if change else None,
        q_value=judged.verdict.q_value,
        detectable=change.detectable if change else None,
        needed=effect.needed,
        verdict=judged.verdict.word,
        why=judged.verdict.why,
    )
