"""The dashboard: `streamlit run dashboards/app.py`, or `retrace dashboard`."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from dashboards import frame
from dashboards.app_pages import process_map, scorecard

MARK = Path(__file__).with_name("mark.svg")
SIDEBAR_WIDTH = 220

st.set_page_config("Retrace", str(MARK), layout="wide", initial_sidebar_state=SIDEBAR_WIDTH)
st.logo(frame.wordmark(MARK.read_text(encoding="utf-8")), size="medium", icon_image=str(MARK))
frame.dress()

view = frame.open_view()

PAGES = {
    "Overview": [
        st.Page(
            partial(frame.run, scorecard.page, view),
            title="Scorecard", icon=":material/speed:", url_path="scorecard", default=True,
        ),
    ],
    "Process": [
        st.Page(
            partial(frame.run, process_map.page, view),
            title="Process map", icon=":material/account_tree:", url_path="process-map",
        ),
    ],
}  # fmt: skip

st.navigation(PAGES).run()
