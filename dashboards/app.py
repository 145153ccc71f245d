"""The dashboard: `streamlit run dashboards/app.py`, or `retrace dashboard`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboards import frame
from dashboards.attention import page as attention
from dashboards.causes import page as causes
from dashboards.handoffs import page as handoffs
from dashboards.one_return import page as one_return
from dashboards.paths import page as paths
from dashboards.process_map import page as process_map
from dashboards.recovery import page as recovery
from dashboards.returns_list import page as returns_list
from dashboards.rules import page as rules
from dashboards.scorecard import page as scorecard
from dashboards.time import page as time
from dashboards.trust import page as trust

MARK = Path(__file__).with_name("mark.svg")
SIDEBAR_WIDTH = 220

st.set_page_config("Retrace", str(MARK), layout="wide", initial_sidebar_state=SIDEBAR_WIDTH)
st.logo(frame.wordmark(MARK.read_text(encoding="utf-8")), size="medium", icon_image=str(MARK))
frame.dress()

view = frame.open_view()


def entry(page: Callable[[frame.View], None], title: str, icon: str, path: str, first: bool = False) -> StreamlitPage:
    """Return a page for the navigation; `path` is its address, and that of the first page is empty."""
    return st.Page(
        partial(frame.run, page, view), title=title, icon=icon, url_path="" if first else path, default=first
    )


def typed(page: Callable[[frame.View], None], title: str, path: str) -> StreamlitPage:
    """Return a page that is not in the navigation; whoever types its address gets it."""
    return st.Page(partial(frame.run, page, view), title=title, url_path=path, visibility="hidden")


PAGES = {
    "Overview": [
        entry(scorecard.page, "Scorecard", ":material/speed:", "scorecard", first=True),
        typed(scorecard.page, "Scorecard", "scorecard"),
        entry(recovery.page, "Recovery", ":material/recycling:", "recovery"),
        entry(attention.page, "Exceptions", ":material/notification_important:", "exceptions"),
    ],
    "Process": [
        entry(time.page, "Time", ":material/timelapse:", "time"),
        entry(process_map.page, "Process map", ":material/account_tree:", "process-map"),
        entry(paths.page, "Paths", ":material/alt_route:", "paths"),
        entry(handoffs.page, "Handoffs", ":material/swap_horiz:", "handoffs"),
        entry(rules.page, "Rules", ":material/rule:", "rules"),
        entry(causes.page, "Causes", ":material/troubleshoot:", "causes"),
        entry(returns_list.page, "Returns", ":material/list_alt:", "returns"),
        entry(one_return.page, "One return", ":material/timeline:", "return"),
    ],
    "Proof": [
        entry(trust.page, "Trust", ":material/verified:", "trust"),
    ],
}

st.navigation(PAGES, position="sidebar" if view else "hidden").run()
