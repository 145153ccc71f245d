"""Turning the pages of a list; the page stands in the URL."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboards import frame
from pipeline import formats


def choose_page(items: int, on_page: int, key: str) -> int:
    """Let the reader turn the pages of a list, say which part is shown, and return the page (from 1)."""
    pages = -(-items // on_page)
    with st.container(horizontal=True, vertical_alignment="center"):
        number = min(st.pagination(pages, key=key, bind="query-params"), pages) if pages > 1 else 1
        first = (number - 1) * on_page + 1
        last = min(number * on_page, items)
        frame.caption(f"{formats.count(first)} to {formats.count(last)} of {formats.count(items)}")
    return number


def to_first_page(key: str) -> Callable[[], None]:
    """Return what goes back to the first page, for a widget that changes what a list holds or its order."""

    def turn() -> None:
        st.session_state[key] = 1

    return turn
