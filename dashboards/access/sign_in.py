"""What stands in for the pages when nothing may be shown."""

from __future__ import annotations

import streamlit as st

from dashboards.access.viewer import NotAdmittedError, Why

_TITLES: dict[Why, str] = {
    "signed out": "Sign in to see the returns",
    "signed in too long ago": "Sign in again",
    "no role": "You are signed in, but may see no returns yet",
    "not set up": "Nobody can be let in at the moment",
}
_WORDS: dict[Why, str] = {
    "signed out": "Your organisation's sign-in opens, and brings you back to the first page. If a link has led you "
    "here, follow it again then.",
    "signed in too long ago": "A sign-in is good for some hours only, and yours is over.",
    "no role": "Ask whoever runs Retrace for a role. If you have one under another account, sign out and sign in with "
    "that one.",
    "not set up": "What says who may see what cannot be read. Whoever runs Retrace finds the reason in the log of the "
    "server.",
}


def show_refusal(refusal: NotAdmittedError) -> None:
    """Say why nothing is shown and what to do, with the one button that helps."""
    st.title(_TITLES[refusal.why], anchor=False)
    st.html(f'<p class="rt-lead" role="status">{_WORDS[refusal.why]}</p>')
    if refusal.why == "no role":
        sign_out_button()
    elif refusal.why != "not set up":
        st.button("Sign in", on_click=st.login, key="sign-in")


def sign_out_button() -> None:
    """Offer to sign out, here and where the provider knows how."""
    st.button("Sign out", on_click=st.logout, key="sign-out")
