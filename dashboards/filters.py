"""The filters of all pages: entities and period, kept in the URL so that a link shows the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from dashboards.scope import Remaining, Scope, entities_in_words, period_in_words

ENTITY, FROM, TO = "entity", "from", "to"


def choose_scope(names: Mapping[str, str]) -> Scope:
    """Show the filters in a drawer and return what they keep. Raises UsageError for a period without a day."""
    with st.popover("Filters", icon=":material/tune:"):
        chosen = st.multiselect(
            "Entities", list(names), key=ENTITY, bind="query-params", placeholder="All entities",
            format_func=lambda entity: _label(entity, names),
        )  # fmt: skip
        start = _date_input("From", FROM)
        end = _date_input("To, this day not included", TO)
        st.button("Show everything", on_click=clear, args=(ENTITY, FROM, TO), key="show-everything")
    return Scope(start, end, tuple(chosen) or None)


def _date_input(label: str, key: str) -> date | None:
    value = st.date_input(
        label, None, key=key, bind="query-params", format="YYYY-MM-DD", min_value=date(1990, 1, 1),
        max_value=date(2100, 1, 1),
    )  # fmt: skip
    return value if isinstance(value, date) else None


def clear(*keys: str) -> None:
    """Undo the filters with these keys, and take them out of the URL."""
    for key in keys:
        st.session_state[key] = [] if key == ENTITY else None


def say_empty(remaining: Remaining, scope: Scope, names: Mapping[str, str], what: str) -> None:
    """Say which filter leaves nothing of `what`, and offer to undo it."""
    culprit = remaining.culprit()
    if not remaining.everything:
        st.info(f"The published build holds no {what} yet. Check what the extracts hold with `retrace load-report`.")
        return
    period, entities = period_in_words(scope), plain_text(entities_in_words(scope, names))
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


def plain_text(text: str) -> str:
    """Escape what Markdown would read as markup."""
    return "".join(f"\\{letter}" if letter in r"\`*_{}[]<>()#+-.!|$~:&" else letter for letter in text)


def _label(entity: str, names: Mapping[str, str]) -> str:
    """Return an entity's name, with its id when another has the same name."""
    name = names.get(entity, entity)
    return name if list(names.values()).count(name) < 2 else f"{name} ({entity})"
