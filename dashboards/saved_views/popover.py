"""The popover of saved views beside the filters: keep the present one, open, rename, share or delete another."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboards import frame
from dashboards.access.viewer import NotAdmittedError, digest_of_viewer
from dashboards.filters import plain_text
from dashboards.published import Build
from dashboards.saved_views import changes, words
from dashboards.saved_views.changes import CHANGING, DELETED, FAILED, NAME, NEW_NAME, NOW_SHARED, SAID, SHARED
from dashboards.saved_views.saved_view import LONGEST_NAME, SavedView
from dashboards.saved_views.store import Listing
from dashboards.saved_views.words import Vocabulary
from pipeline.errors import UsageError

_SHARE = "Show it to everybody who may sign in"


@dataclass(frozen=True)
class Place:
    """The page that is open, by its path, on a build."""

    page: str
    build: Build
    known: Vocabulary


@st.fragment
def offer_views(here: Place) -> None:
    """Show the popover; what is in it is looked for when it opens."""
    popover = st.popover("Views", icon=":material/bookmark:", key="views", on_change="rerun")
    if not popover.open:
        return
    with popover:
        try:
            reader = digest_of_viewer()
            _offer_to_save(here, is_signed_in=bool(reader))
            _say_what_happened()
            _list(changes.view_store().listing(reader), reader, here.known)
        except NotAdmittedError:
            st.rerun()
        except UsageError as error:
            st.error(plain_text(str(error)))


def _offer_to_save(here: Place, is_signed_in: bool) -> None:
    with st.form("save-view", border=False):
        st.text_input("Save this view as", key=NAME, max_chars=LONGEST_NAME, placeholder="A name for it")
        if is_signed_in:
            st.checkbox(_SHARE, key=SHARED)
        st.form_submit_button("Save", on_click=changes.do, args=(changes.saving(here.page, here.build),))
    frame.caption(f"It shows: {words.shown_in_words(here.page, changes.query_now(), here.known)}")
    frame.caption(words.WHAT_IT_KEEPS)


def _say_what_happened() -> None:
    """Say what the last change came to, with the way back from a deletion."""
    if failed := st.session_state.get(FAILED):
        st.error(plain_text(failed))
    if said := st.session_state.get(SAID):
        frame.html(words.said_html(said))
    if DELETED in st.session_state:
        name = plain_text(st.session_state[DELETED].name)
        st.button(f"Put {name} back", on_click=changes.do, args=(changes.put_back,), key="put-view-back")


def _list(listing: Listing, reader: str, known: Vocabulary) -> None:
    others = [view for view in listing.views.values() if not view.may_be_changed_by(reader)]
    for key, view in listing.views.items():
        if view.may_be_changed_by(reader):
            _show_own(key, view, known, is_signed_in=bool(reader))
    if others:
        frame.caption("Shown to everybody by others:")
        frame.html("".join(words.view_html(view, known) for view in others))
    if not listing.views:
        frame.caption(words.EMPTY)
    if listing.skipped:
        frame.caption(words.skipped_in_words(listing.skipped, are_named=not reader))


def _show_own(key: str, view: SavedView, known: Vocabulary, is_signed_in: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="top", wrap=False, key=f"saved-{key}"):
        frame.html(words.view_html(view, known))
        st.button(
            f"Change {plain_text(view.name)}",
            on_click=changes.begin_changing,
            args=(key, view),
            key=f"change-view-{key}",
            icon=":material/edit:",
            type="tertiary",
        )
    if st.session_state.get(CHANGING) == key:
        _offer_change(key, is_signed_in)


def _offer_change(key: str, is_signed_in: bool) -> None:
    with st.form("change-view"):
        st.text_input("Name", key=NEW_NAME, max_chars=LONGEST_NAME)
        if is_signed_in:
            st.checkbox(_SHARE, key=NOW_SHARED)
        with st.container(horizontal=True):
            st.form_submit_button("Keep the change", on_click=changes.do, args=(changes.renaming(key),))
            st.form_submit_button("Delete", on_click=changes.do, args=(changes.deleting(key),))
            st.form_submit_button("Leave it", on_click=changes.leave, type="tertiary")
