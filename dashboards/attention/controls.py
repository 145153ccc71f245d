"""What a reader can turn on the page of exceptions; all of it stands in the URL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast, get_args

import streamlit as st

from dashboards import frame
from dashboards.attention.exceptions import By, Choice, Order
from dashboards.attention.words import type_name
from dashboards.filters import plain_text
from pipeline import formats

TYPE, RESOLVED, ORDER, PAGE, BY = "exception-type", "resolved", "queue-order", "queue-page", "queue-by"
ALL = "All types"


def choose_exceptions(types: Sequence[str]) -> Choice:
    """Let the reader choose a type, and resolved exceptions too."""
    named = {type_name(one): one for one in types}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox("Type", [ALL, *named], key=TYPE, bind="query-params", on_change=_to_first_page, width=280)
        resolved = st.toggle("Resolved ones too", key=RESOLVED, bind="query-params", on_change=_to_first_page)
    return Choice(named.get(chosen), resolved)


def choose_group() -> By:
    """Let the reader choose by what the exceptions are added up."""
    return cast(
        By,
        st.segmented_control(
            "Add up by", get_args(By), default="type", required=True, key=BY, bind="query-params",
            label_visibility="collapsed",
        ),
    )  # fmt: skip


def choose_order() -> Order:
    """Let the reader choose which exceptions come first."""
    return cast(
        Order,
        st.segmented_control(
            "First", get_args(Order), default="oldest", required=True, key=ORDER, bind="query-params",
            on_change=_to_first_page,
        ),
    )  # fmt: skip


def choose_page(items: int, on_page: int) -> int:
    """Let the reader turn the pages of a list, and say which part is shown."""
    pages = -(-items // on_page)
    with st.container(horizontal=True, vertical_alignment="center"):
        number = st.pagination(pages, key=PAGE, bind="query-params") if pages > 1 else 1
        first = (number - 1) * on_page + 1
        last = min(number * on_page, items)
        frame.caption(f"{formats.count(first)} to {formats.count(last)} of {formats.count(items)}")
    return number


def offer_more(sentence: str, choice: Choice, resolved: int) -> None:
    """Say that the choice leaves nothing, and offer to widen it."""
    st.info(plain_text(sentence))
    with st.container(horizontal=True):
        if resolved and not choice.with_resolved:
            st.button("Show resolved ones too", on_click=_show_resolved, key="show-resolved")
        if choice.kind:
            st.button("Show all types", on_click=_show_all_types, key="show-all-types")


def _show_resolved() -> None:
    st.session_state[RESOLVED] = True


def _show_all_types() -> None:
    st.session_state[TYPE] = ALL


def _to_first_page() -> None:
    st.session_state[PAGE] = 1
