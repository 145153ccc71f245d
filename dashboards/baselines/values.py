"""The figures of a baseline as they were frozen, and what it was made of."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboards import frame
from dashboards.list_html import Column, list_html, measure, plain, unbroken
from dashboards.same_numbers import show_numbers
from pipeline import formats
from pipeline.export.records import records_csv
from proof.baseline.record import Baseline, FrozenValue

COLUMNS = (
    Column("KPI"),
    Column("Value", is_number=True),
    Column("95 % interval", is_number=True),
    Column("n", is_number=True),
    Column("Left out", is_number=True),
    Column("Coverage", is_number=True),
)


@dataclass(frozen=True)
class FrozenRow:
    """A frozen measure for the download, in its unit."""

    measure: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    numerator: float | None
    denominator: float | None
    left_out: int
    coverage: float | None


def show_values(frozen: Baseline, currency: str) -> None:
    """Show every frozen figure, and what it was made of when the reader opens that."""
    frame.section("What was frozen?")
    frame.html(list_html("Frozen figures", COLUMNS, [_line(one, currency) for one in frozen.values]))
    frame.caption(
        "KPIs of their period by their own dates, as the command retrace kpis tells them; intervals draw customers."
    )
    rows = [_row(one) for one in frozen.values]
    show_numbers(lambda: pd.DataFrame(rows), lambda: records_csv(FrozenRow, rows), f"baseline-{frozen.name}")
    with st.expander("What it was made of", key="made-of"):
        frame.html(_made_of(frozen))


def _line(one: FrozenValue, currency: str) -> list[str]:
    name, unit = one.measure, one.measure.unit
    ends = [formats.quantity(end, unit, currency)[0] for end in one.interval] if one.interval else []
    told = f"{name.title} ({name.part.replace('_', ' ')})" if name.part else name.title
    return [
        measure(told, unit, name.statistic),
        unbroken(formats.quantity(one.value, unit, currency)[0]),
        unbroken(" to ".join(ends) or formats.NOTHING),
        unbroken(formats.count(one.n)),
        unbroken(formats.count(one.left_out)),
        unbroken(formats.share(one.coverage)),
    ]


def _row(one: FrozenValue) -> FrozenRow:
    low, high = one.interval or (None, None)
    parts = one.n, one.numerator, one.denominator, one.left_out, one.coverage
    return FrozenRow(one.measure.measure, one.value, low, high, *parts)


def _made_of(frozen: Baseline) -> str:
    columns = (Column("Kind"), Column("Name"), Column("Content"))
    rows = [[plain(one.kind), plain(one.name), plain(one.content[:16])] for one in frozen.inputs]
    rows.append([plain("event log"), plain("all events, in any order"), plain(frozen.event_log_sha256[:16])])
    rows += [[plain("reference"), plain(one.table), plain(one.sha256[:16])] for one in frozen.references]
    rows.append([plain("command"), plain(frozen.command), ""])
    return list_html("What the baseline was made of", columns, rows)
