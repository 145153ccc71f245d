"""How much of a change is the process, and how much is that other returns came."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboards import frame
from dashboards.compare import words
from dashboards.list_html import Column, list_html, plain, unbroken
from dashboards.same_numbers import show_numbers
from pipeline import formats
from pipeline.export.records import records_csv
from proof.comparison import Comparison, Judged
from proof.mix import AttributeSplit, LevelPart, Mix

COLUMNS = (
    Column("By"),
    Column("Process", is_number=True),
    Column("Mix", is_number=True),
    Column("Moves it most"),
)
TITLES = {"reason": "Reason", "category": "Category", "site": "Site", "channel": "Channel", "value_band": "Value"}
CODES = ("reason", "channel")


@dataclass(frozen=True)
class LevelRow:
    """A level of an attribute for the download: shares are of 1, parts in the measure's unit."""

    measure: str
    attribute: str
    level: str
    share_before: float
    share_after: float
    value_before: float | None
    value_after: float | None
    process: float
    mix: float


def show_mix(found: Comparison, currency: str) -> None:
    """Show the split of a measure into process and mix, by each attribute, and all levels as a table."""
    split = [judged for judged in found.judged if judged.mix and judged.effect.measure.better]
    if not split:
        return
    frame.section("Is it the process, or other returns?")
    named = {judged.effect.measure.name: words.name(judged) for judged in split}
    chosen = st.selectbox(
        "KPI", list(named), format_func=lambda name: named.get(name, name), key="mix-of", bind="query-params", width=320
    )
    judged = next((one for one in split if one.effect.measure.name == chosen), split[0])
    if judged.mix is None:
        return
    frame.caption(in_words(judged, judged.mix, currency))
    lines = [split_line(one, judged, currency) for one in judged.mix.attributes]
    frame.html(list_html("Process and mix by attribute", COLUMNS, lines))
    rows = [row for attribute in judged.mix.attributes for row in level_rows(judged, attribute)]
    show_numbers(lambda: pd.DataFrame(rows), lambda: records_csv(LevelRow, rows), "process-and-mix")


def in_words(judged: Judged, mix: Mix, currency: str) -> str:
    """Say how the change splits over all attributes at once, and whether the mix hides what the process does."""
    unit = judged.effect.measure.unit
    if mix.process is None or mix.mix is None or judged.effect.change is None:
        return "The two sides have too little in common to tell the process from the mix."
    parts = [words.signed(one.value, unit, currency) for one in (judged.effect.change, mix.process, mix.mix)]
    flip = " The plain change goes the other way than the process: other returns came." if mix.flips else ""
    return (
        f"The plain change of {parts[0]} is {parts[1]} from the process, the make-up of before kept, and {parts[2]} "
        f"from the mix of reason, category, site, channel and value. {formats.share(mix.common)} of before has its "
        f"like in after.{flip} Below each attribute by itself; process and mix add up to the plain change."
    )


def split_line(split: AttributeSplit, judged: Judged, currency: str) -> list[str]:
    """Return the split by an attribute as a line of the list: cells of markup."""
    unit = judged.effect.measure.unit
    parts = [
        formats.NOTHING if one is None else words.signed(one.value, unit, currency)
        for one in (split.process, split.mix)
    ]
    most = [f"{_name(level, split)}: {_values(level, unit, currency)}" for level in split.levels[:2]]
    return [plain(TITLES[split.attribute]), *(unbroken(part) for part in parts), plain("; ".join(most))]


def _name(level: LevelPart, split: AttributeSplit) -> str:
    return formats.code_in_words(level.level) if split.attribute in CODES else level.level


def _values(level: LevelPart, unit: str, currency: str) -> str:
    before, after = (formats.quantity(value, unit, currency)[0] for value in level.values)
    shares = f"{formats.share(level.shares[0])} of all before, {formats.share(level.shares[1])} after"
    return f"{before} to {after} ({shares})"


def level_rows(judged: Judged, split: AttributeSplit) -> list[LevelRow]:
    """Return the levels of an attribute as rows of the download, unrounded."""
    return [
        LevelRow(
            judged.effect.measure.name,
            split.attribute,
            level.level,
            *level.shares,
            *level.values,
            process=level.process,
            mix=level.mix,
        )
        for level in split.levels
    ]
