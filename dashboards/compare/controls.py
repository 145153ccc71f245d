"""The dates of before and after, kept in the URL."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboards.queries.proof import Windows

FIELDS = ("before_start", "before_end", "after_start", "after_end")
_TITLES = ("Before: from", "up to, not included", "After: from", "up to, not included ")


def choose_windows(usual: Windows | None) -> Windows | None:
    """Let the reader choose both windows; the usual ones to begin with. None while a date is missing."""
    with st.container(horizontal=True, key="proof-windows"):
        chosen = [_date(name, title, usual) for name, title in zip(FIELDS, _TITLES, strict=True)]
    before_start, before_end, after_start, after_end = chosen
    if before_start is None or before_end is None or after_start is None or after_end is None:
        return None
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
