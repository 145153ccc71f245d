"""What a page says when the filters leave nothing, with the way back."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboards.filters.state import ENTITY, FROM, KEPT, TO, clear
from dashboards.scope import Remaining, Scope, entities_in_words, period_in_words
from pipeline.formats import count


def say_empty(remaining: Remaining, scope: Scope, names: Mapping[str, str], what: str) -> None:
    """Say which filter leaves nothing of `what`, and offer to undo it."""
    culprit = remaining.culprit()
    period, entities = period_in_words(scope), plain_text(entities_in_words(scope, names))
    if not remaining.everything:
        _say_nothing_kept(scope, what)
        return
    if culprit == "period":
        st.info(f"No {what}: nothing falls in the period ({period}). The period filter empties this page.")
    elif culprit == "entity":
        st.info(f"No {what}: {entities} has none, at any time. The entity filter empties this page.")
    else:
        st.info(f"No {what}: {entities} has none in the period ({period}). The two filters together empty this page.")
    with st.container(horizontal=True):
        if culprit != "entity":
            st.button("Undo the period", on_click=clear, args=(FROM, TO), key="undo-period")
        if culprit != "period":
            st.button("Undo the entities", on_click=clear, args=(ENTITY,), key="undo-entities")
        if scope.kept:
            st.button("Undo the other filters", on_click=clear, args=(KEPT,), key="undo-rules")


def say_left_out(entities: int) -> None:
    """Say that the address names entities that are not shown, when it does."""
    if entities:
        one = entities == 1
        st.info(
            f"The address names {'an entity' if one else f'{count(entities)} entities'} that you may not see, or that "
            f"this build does not have; what follows is without {'it' if one else 'them'}. Entities are chosen under "
            "Filters."
        )


def _say_nothing_kept(scope: Scope, what: str) -> None:
    if not scope.kept:
        st.info(f"The published build holds no {what} yet. Check what the extracts hold with `retrace load-report`.")
        return
    st.info(f"No {what}: the filters besides period and entities keep no return that has any. They empty this page.")
    st.button("Undo these filters", on_click=clear, args=(KEPT,), key="undo-rules")


def plain_text(text: str) -> str:
    """Escape what Markdown would read as markup."""
    return "".join(f"\\{letter}" if letter in r"\`*_{}[]<>()#+-.!|$~:&" else letter for letter in text)
