"""The rules by which returns are kept or dropped from the map; the URL keeps them as `kept`."""

from __future__ import annotations

import streamlit as st

from dashboards import frame
from dashboards.filters import plain_text
from mining.cohort import Cohort, Not, Rule, Trim, sentence
from pipeline import formats
from pipeline.errors import UsageError

KEPT = "kept"
_WRITTEN = "kept rules in the URL"


def kept_rules() -> tuple[Rule, ...]:
    """Return the rules of the URL, or those chosen on the page; one that can't be read is said and left out."""
    in_url = st.query_params.get(KEPT)
    if in_url is not None and in_url != st.session_state.get(_WRITTEN):
        st.session_state[KEPT] = in_url
    text = st.session_state.get(KEPT, "")
    try:
        rules = _rules_in(text)
    except UsageError as error:
        st.warning(f"{plain_text(str(error))} The map shows all returns of the selection.")
        rules, text = (), ""
    st.session_state[KEPT] = st.session_state[_WRITTEN] = text
    if text:
        st.query_params[KEPT] = text
    elif KEPT in st.query_params:
        del st.query_params[KEPT]
    return rules


def _rules_in(text: str) -> tuple[Rule, ...]:
    steps = Cohort.from_url(text).steps if text else ()
    rules = tuple(step for step in steps if not isinstance(step, Trim))
    if len(rules) < len(steps):
        raise UsageError("The rules in the address cut returns to a section; expected rules that keep or drop them.")
    return rules


def keep(rule: Rule) -> None:
    """Keep only the returns of a rule."""
    _put((*_rules_in(st.session_state.get(KEPT, "")), rule))


def drop(rule: Rule) -> None:
    """Drop the returns of a rule."""
    keep(Not(rule))


def _undo(place: int) -> None:
    rules = _rules_in(st.session_state.get(KEPT, ""))
    _put(rules[:place] + rules[place + 1 :])


def _put(rules: tuple[Rule, ...]) -> None:
    st.session_state[KEPT] = Cohort(rules).to_url() if rules else ""


def say_kept(rules: tuple[Rule, ...], count: int, of: int) -> None:
    """Say what is kept on this page and of how many, with an undo for each rule."""
    if not rules:
        return
    with st.container(key="map-kept", horizontal=True, vertical_alignment="center"):
        kept = f"{formats.count(count)} of the {formats.count(of)} returns of the selection"
        frame.html(f'<p class="rt-kept" role="status"><b>On this map only: {kept}.</b></p>')
        for place, rule in enumerate(rules):
            words = sentence(Cohort((rule,))).removeprefix("Returns ").removesuffix(".")
            st.button(
                f"Undo: {plain_text(words)}", key=f"undo-kept-{place}", icon=":material/close:",
                on_click=_undo, args=(place,),
            )  # fmt: skip
