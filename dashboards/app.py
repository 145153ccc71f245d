"""The dashboard: `streamlit run dashboards/app.py`, or `retrace dashboard`."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboards import frame
from dashboards.app_pages import process_map, scorecard

MARK = Path(__file__).with_name("mark.svg")
SIDEBAR_WIDTH = 220

st.set_page_config("Retrace", str(MARK), layout="wide", initial_sidebar_state=SIDEBAR_WIDTH)
st.logo(frame.wordmark(MARK.read_text(encoding="utf-8")), size="medium", icon_image=str(MARK))
frame.dress()

PAGES = {
    "Overview": [
        st.Page(scorecard.page, title="Scorecard", icon=":material/speed:", url_path="scorecard", default=True),
    ],
    "Process": [
        st.Page(process_map.page, title="Process map", icon=":material/account_tree:", url_path="process-map"),
    ],
}

st.navigation(PAGES).run()
