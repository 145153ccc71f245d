"""The filters of all pages: entities and period, kept in the URL so that a link shows the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from dashboards.scope import Remaining, Scope, entities_in_words, period_in_words

ENTITY, FROM, TO = "entity", "from", "to"
_WRITTEN = "filters in the URL"


def choose_scope(names: Mapping[str, str]) -> Scope:
    """Show the filters in a drawer and return what they keep. Raises UsageError for a period without a day."""
    _follow_url(names)
    with st.popover("Filters", icon=":material/tune:"):
        chosen = st.multiselect(
            "Entities",
            list(names),
            key=ENTITY,
            placeholder="All entities",
            format_func=lambda entity: _label(entity, names),
        )
        start = _date_input("From", FROM)
        end = _date_input("To, this day not included", TO)
        st.button("Show everything", on_click=clear, args=(ENTITY, FROM, TO), key="show-everything")
    _write_url({ENTITY: chosen, FROM: [start.isoformat()] if start else [], TO: [end.isoformat()] if end else []})
    return Scope(start, end, tuple(chosen) or None)


def _date_input(label: str, key: str) -> date | None:
    first, last = date(1990, 1, 1), date(2100, 1, 1)
    value = st.date_input(label, None, key=key, format="YYYY-MM-DD", min_value=first, max_value=last)
    return value if isinstance(value, date) else None


def _follow_url(names: Mapping[str, str]) -> None:
    """Take the filters from the URL when it names others than the page last wrote; what it can't mean is ignored.

    Going to another page empties the URL; the filters then stay what they are.
    """
    in_url = {key: st.query_params.get_all(key) for key in (ENTITY, FROM, TO)}
    written = st.session_state.get(_WRITTEN, in_url)
    if not any(in_url.values()):
        if ENTITY in st.session_state:
            return
        in_url = written
    elif in_url == written and ENTITY in st.session_state:
        return
    st.session_state[ENTITY] = [entity for entity in in_url[ENTITY] if entity in names]
    for key in (FROM, TO):
        st.session_state[key] = _date_of(in_url[key])


def _date_of(texts: Sequence[str]) -> date | None:
    try:
        return date.fromisoformat(texts[-1]) if texts else None
    except ValueError:
        return None


def _write_url(filters: dict[str, list[str]]) -> None:
    """Put the filters into the URL, so that a link shows the same."""
    st.session_state[_WRITTEN] = filters
    for key, values in filters.items():
        if values and st.query_params.get_all(key) != values:
            st.query_params[key] = values
        elif not values and key in st.query_params:
            del st.query_params[key]


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
