"""The dates of before and after, kept in the URL."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboards.queries.proof import Windows
from pipeline.errors import UsageError
from proof.question import Side

FIELDS = ("before_start", "before_end", "after_start", "after_end")
_TITLES = dict(zip(FIELDS, ("Before: from", "up to, not included", "After: from", "up to, not included "), strict=True))


def choose_windows(usual: Windows | None, frozen: Side | None = None) -> Windows | None:
    """Let the reader choose both windows, of after alone with a `frozen` before; None while a date is missing.

    They begin with the usual ones. Raises UsageError for windows of before and after that overlap.
    """
    asked = FIELDS[2:] if frozen else FIELDS
    with st.container(horizontal=True, key="proof-windows"):
        chosen = {name: _date(name, _TITLES[name], usual) for name in asked}
    if frozen:
        chosen |= {"before_start": frozen.start, "before_end": frozen.end}
    before_start, before_end, after_start, after_end = (chosen[name] for name in FIELDS)
    if before_start is None or before_end is None or after_start is None or after_end is None:
        return None
    if before_start < after_end and after_start < before_end:
        raise UsageError(
            f"Before ({before_start} up to {before_end}) and after ({after_start} up to {after_end}) overlap. "
            "Choose dates apart."
        )
    return Windows(before_start, before_end, after_start, after_end)


def _date(name: str, title: str, usual: Windows | None) -> date | None:
    value = getattr(usual, name) if usual else None
    chosen = st.date_input(
        title,
        value,
        key=name.replace("_", "-"),
        bind="query-params",
        format="YYYY-MM-DD",
        min_value=date(1990, 1, 1),
        max_value=date(2100, 1, 1),
        width=170,
    )
    return chosen if isinstance(chosen, date) else None
