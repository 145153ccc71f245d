"""What a reader can turn on the page of exceptions; all of it stands in the URL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast, get_args

import streamlit as st

from dashboards.attention.exceptions import By, Choice, Order
from dashboards.attention.words import type_name
from dashboards.filters import plain_text
from dashboards.paging import to_first_page

TYPE, RESOLVED, ORDER, PAGE, BY = "exception-type", "resolved", "queue-order", "queue-page", "queue-by"
ALL = "All types"


def choose_exceptions(types: Sequence[str]) -> Choice:
    """Let the reader choose a type, and resolved exceptions too."""
    named = {type_name(one): one for one in types}
    again = to_first_page(PAGE)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox("Type", [ALL, *named], key=TYPE, bind="query-params", on_change=again, width=280)
        resolved = st.toggle("Resolved ones too", key=RESOLVED, bind="query-params", on_change=again)
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
            on_change=to_first_page(PAGE),
        ),
    )  # fmt: skip


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
