"""Links from page to page are followed inside the session, so that the application is not loaded anew."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboards.filters.state import KEYS

_links = st.components.v2.component("links", js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"))


def follow_links() -> None:
    """Follow what the reader clicks; put on every page, where it takes no room."""
    _links(key="following", data={"filters": list(KEYS)})
