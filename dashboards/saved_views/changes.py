"""What a reader does with saved views: the callbacks of the popover, which leave words for the run that follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlencode

import streamlit as st

from dashboards.access.viewer import NotAdmittedError, digest_of_viewer
from dashboards.published import Build, named_workspace
from dashboards.saved_views.saved_view import SavedView, checked_name
from dashboards.saved_views.store import ViewStore
from pipeline.errors import RetraceError
from pipeline.workspace import workspace_for_reading

NAME, SHARED, NEW_NAME, NOW_SHARED = "view-name", "view-shared", "view-new-name", "view-now-shared"
CHANGING, SAID, FAILED, DELETED = "view being changed", "said of views", "failed with views", "deleted view"

Change = Callable[[ViewStore, str], str]
"""Changes something in the store for a reader, and says what came of it."""


def view_store() -> ViewStore:
    """Return the store of the workspace that the pages show. Raises UsageError when none is named."""
    return ViewStore(workspace_for_reading(named_workspace()).views)


def query_now() -> str:
    """Return the parameters of the address as it is at this moment."""
    return urlencode({key: st.query_params.get_all(key) for key in st.query_params}, doseq=True)


def do(change: Change) -> None:
    """Make a change for whoever looks; to somebody who may not look any more the pages say so themselves."""
    st.session_state[SAID] = st.session_state[FAILED] = ""
    try:
        st.session_state[SAID] = change(view_store(), digest_of_viewer())
    except NotAdmittedError:
        return
    except RetraceError as error:
        st.session_state[FAILED] = str(error)


def saving(page: str, build: Build) -> Change:
    """Return what saves the address as it is when that is done, under the name that was typed."""

    def save(store: ViewStore, reader: str) -> str:
        view = SavedView(
            name=checked_name(st.session_state[NAME]),
            page=page,
            query=query_now(),
            saved_at=datetime.now(UTC).replace(tzinfo=None, microsecond=0),
            build=build.number,
            as_of=build.as_of,
            owner=reader,
            is_shared=bool(st.session_state.get(SHARED)),
        )
        store.save(view)
        st.session_state[NAME] = ""
        return f"Saved “{view.name}”."

    return save


def begin_changing(key: str, view: SavedView) -> None:
    """Open the form of a view, with what it has."""
    st.session_state[CHANGING], st.session_state[SAID] = key, ""
    st.session_state[NEW_NAME], st.session_state[NOW_SHARED] = view.name, view.is_shared


def leave() -> None:
    """Close the form and change nothing."""
    st.session_state[CHANGING] = None


def renaming(key: str) -> Change:
    """Return what gives a view the name that was typed, and shares it or not."""

    def rename(store: ViewStore, reader: str) -> str:
        changed = store.change(key, reader, st.session_state[NEW_NAME], bool(st.session_state.get(NOW_SHARED)))
        leave()
        return f"“{changed.name}” is kept{', for everybody to see' if changed.is_shared else ''}."

    return rename


def deleting(key: str) -> Change:
    """Return what deletes a view, so that it can be put back."""

    def delete(store: ViewStore, reader: str) -> str:
        st.session_state[DELETED] = deleted = store.delete(key, reader)
        leave()
        return f"Deleted “{deleted.name}”."

    return delete


def put_back(store: ViewStore, reader: str) -> str:
    """Save the view that was deleted last again; who may change nobody's views but their own deleted an own one."""
    deleted: SavedView = st.session_state[DELETED]
    store.save(deleted)
    del st.session_state[DELETED]
    return f"“{deleted.name}” is back."
