"""What every page has around it: the look, the line that says what is shown, and errors in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

import duckdb
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboards.access.sign_in import show_refusal, sign_out_button
from dashboards.access.viewer import NotAdmittedError, is_sign_in_needed
from dashboards.filters import (
    FROM,
    KEPT,
    TO,
    choose_clock,
    choose_scope,
    clear,
    entities_left_out,
    plain_text,
    say_empty,
    say_left_out,
)
from dashboards.published import Build, published_build
from dashboards.queries import reference, returns
from dashboards.scope import Remaining, Returns, Scope, entities_in_words, period_in_words, rules_in_words
from dashboards.theme import css_variables
from mining.cohort import Cohort, Names
from mining.drawing.colours import Tokens, tokens
from mining.map_view import Clock
from pipeline import formats
from pipeline.errors import RetraceError
from pipeline.formats import listed

WATCH_SECONDS = 20
BY_FIRST_EVENT = "by the date of the first event"
_STYLE = Path(__file__).with_name("pages.css")


def theme() -> Tokens:
    """Return the colours of the theme that the reader has chosen."""
    return tokens("dark" if st.context.theme.type == "dark" else "light")


def dress() -> None:
    """Give the page its look."""
    root = f":root {{ color-scheme: {theme().name}; {css_variables()} }}"
    st.html(f"<style>{root}\n{_STYLE.read_text(encoding='utf-8')}</style>")


def html(markup: str) -> None:
    """Put markup whose every foreign word is escaped already."""
    st.html(markup)


def title(question: str) -> None:
    """Put the question that the page answers."""
    st.title(question, anchor=False)


def lead(sentence: str) -> None:
    """Put the sentence that matters most."""
    html(f'<p class="rt-lead" role="status">{escape(sentence)}</p>')


def section(text: str) -> None:
    """Put the heading of a part of the page."""
    html(f'<h2 class="rt-section">{escape(text)}</h2>')


def caption(text: str) -> None:
    """Put a quiet line of explanation."""
    html(f'<p class="rt-caption">{escape(text)}</p>')


@dataclass(frozen=True)
class View:
    """What a page is to show: the part of the build that the rules keep, the filters, the clock, and names.

    `names` are those of the entities, `all_names` also of sites and exceptions; `line` is where the cohort is said,
    `corner` where the saved views open.
    """

    build: Build
    scope: Scope
    clock: Clock
    all_names: Names
    line: DeltaGenerator
    corner: DeltaGenerator

    @property
    def names(self) -> Mapping[str, str]:
        """The names of the entities by their ids."""
        return self.all_names.values["entity_id"]

    def say_cohort(self, cohort: Returns, dated_by: str) -> None:
        """Fill the line that is always visible: which returns, which days by which date, as of when, which build."""
        seen = self.scope
        if seen.entities is None and self.build.entities is not None:
            seen = replace(seen, entities=tuple(self.names))
        parts = entities_in_words(seen, self.names), period_in_words(seen), rules_in_words(seen, self.all_names)
        what = ", ".join(part for part in parts if part)
        as_of = formats.instant(self.build.as_of) if self.build.as_of else "no event yet"
        self.line.html(
            f'<p class="rt-frame" id="cohort"><b>{escape(what[:1].upper() + what[1:])}</b> ({escape(dated_by)}): '
            f"{escape(cohort.in_words())}. As of {escape(as_of)}. "
            f"Build {self.build.number}, Retrace {escape(self.build.product_version)}.</p>"
        )


def open_view() -> View | None:
    """Put the line and the filters on top of every page; None when there is nothing to show, which is said."""
    with errors_in_words():
        build = published_build()
        _watch(build, theme())
        names = reference.names(build)
        if is_sign_in_needed():
            _say_role(build, names.values["entity_id"])
        with st.container(horizontal=True, vertical_alignment="center", key="frame"):
            line = st.empty()
            clock = choose_clock(names)
            scope = choose_scope(build, names, clock)
            corner = st.container(width="content")
        say_left_out(entities_left_out())
        return View(build.keeping(Cohort(scope.rules)), scope, clock, names, line, corner)
    return None


def _say_role(build: Build, names: Mapping[str, str]) -> None:
    """Say below the navigation what whoever has signed in sees, with the way out; never who it is."""
    seen = "all entities" if build.entities is None else f"{listed(list(names.values()))} only"
    with st.sidebar:
        caption(f"You see {seen if names else 'none of the entities of this build'}.")
        sign_out_button()


def begin(view: View, question: str, shown: Returns, dated_by: str, remaining: Remaining, what: str) -> bool:
    """Put the head of a page: its cohort and its question. False where the filters leave nothing of `what`."""
    view.say_cohort(shown, dated_by)
    title(question)
    if remaining.culprit():
        say_empty(remaining, view.scope, view.names, what)
    return not remaining.culprit()


def begin_with_returns(view: View, question: str) -> int:
    """Put the head of a page about the returns that began in the period; say how many they are."""
    shown = returns.cohort(view.build, view.scope)
    view.say_cohort(shown, BY_FIRST_EVENT)
    title(question)
    if not shown.returns:
        say_empty(returns.remaining_returns(view.build, view.scope), view.scope, view.names, "returns")
    return shown.returns


def run(page: Callable[[View], None], view: View | None) -> None:
    """Show a page, unless there is nothing to show."""
    if view:
        with errors_in_words():
            page(view)


@contextmanager
def errors_in_words() -> Iterator[None]:
    """Say what went wrong and what to do instead of a stack trace."""
    try:
        yield
    except NotAdmittedError as refusal:
        show_refusal(refusal)
    except RetraceError as error:
        st.error(plain_text(str(error)))
        if "period" in str(error):
            st.button("Undo the period", on_click=clear, args=(FROM, TO), key="undo-broken-period")
        if st.session_state.get(KEPT) or KEPT in st.query_params:
            st.button("Undo the filters", on_click=clear, args=(KEPT,), key="undo-broken-rules")
    except duckdb.Error as error:
        first_line = str(error).splitlines()[0]
        st.error(
            f"The published warehouse cannot be read: {plain_text(first_line)}  \n"
            "Look at `retrace doctor`, or build again with `retrace build`."
        )


@st.fragment(run_every=WATCH_SECONDS)
def _watch(shown: Build, dressed: Tokens) -> None:
    """Show a newly published build to whoever has a page open, and the charts in the theme that they see now."""
    with errors_in_words():
        try:
            is_same = published_build() == shown and theme() == dressed
        except NotAdmittedError:
            is_same = False
        if not is_same:
            st.rerun()
