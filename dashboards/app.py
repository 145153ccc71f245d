"""The dashboard: `streamlit run dashboards/app.py`, or `retrace dashboard`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Protocol

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboards import frame
from dashboards.attention import page as attention
from dashboards.baselines import page as baselines
from dashboards.causes import page as causes
from dashboards.charts_ahead import load_charts_ahead
from dashboards.compare import page as compare
from dashboards.following import follow_links
from dashboards.handoffs import page as handoffs
from dashboards.one_return import page as one_return
from dashboards.paths import page as paths
from dashboards.process_map import page as process_map
from dashboards.recovery import page as recovery
from dashboards.returns_list import page as returns_list
from dashboards.rules import page as rules
from dashboards.saved_views.popover import Place, offer_views
from dashboards.saved_views.words import Vocabulary
from dashboards.scorecard import page as scorecard
from dashboards.theme import wordmark
from dashboards.time import page as time
from dashboards.trust import page as trust

MARK = Path(__file__).with_name("mark.svg")
SIDEBAR_WIDTH = 220

st.set_page_config("Retrace", str(MARK), layout="wide", initial_sidebar_state=SIDEBAR_WIDTH)
st.logo(wordmark(MARK.read_text(encoding="utf-8"), frame.theme().text), size="medium", icon_image=str(MARK))
frame.dress()
follow_links()
load_charts_ahead()

FIRST = "scorecard"

view = frame.open_view()
questions: dict[str, str] = {}


class Page(Protocol):
    """A module with a page."""

    QUESTION: str

    def page(self, view: frame.View) -> None:
        """Show it."""


def entry(module: Page, title: str, icon: str, path: str) -> StreamlitPage:
    """Return a page for the navigation; `path` is its address, and that of the first page is empty."""
    questions[path], first = module.QUESTION, path == FIRST
    return st.Page(
        partial(frame.run, module.page, view), title=title, icon=icon, url_path="" if first else path, default=first
    )


def typed(module: Page, title: str, path: str) -> StreamlitPage:
    """Return a page that is not in the navigation; whoever types its address gets it."""
    return st.Page(partial(frame.run, module.page, view), title=title, url_path=path, visibility="hidden")


PAGES = {
    "Overview": [
        entry(scorecard, "Scorecard", ":material/speed:", FIRST),
        typed(scorecard, "Scorecard", FIRST),
        entry(recovery, "Recovery", ":material/recycling:", "recovery"),
        entry(attention, "Exceptions", ":material/notification_important:", "exceptions"),
    ],
    "Process": [
        entry(time, "Time", ":material/timelapse:", "time"),
        entry(process_map, "Process map", ":material/account_tree:", "process-map"),
        entry(paths, "Paths", ":material/alt_route:", "paths"),
        entry(handoffs, "Handoffs", ":material/swap_horiz:", "handoffs"),
        entry(rules, "Rules", ":material/rule:", "rules"),
        entry(causes, "Causes", ":material/troubleshoot:", "causes"),
        entry(returns_list, "Returns", ":material/list_alt:", "returns"),
        entry(one_return, "One return", ":material/timeline:", "return"),
    ],
    "Proof": [
        entry(baselines, "Baseline", ":material/flag:", "baseline"),
        entry(compare, "Compare", ":material/compare_arrows:", "compare"),
        entry(trust, "Trust", ":material/verified:", "trust"),
    ],
}

here = st.navigation(PAGES, position="sidebar" if view else "hidden")
if view:
    with view.corner:
        known = Vocabulary(questions, view.all_names, is_limited=view.build.entities is not None)
        offer_views(Place(here.url_path or FIRST, view.build, known))
here.run()
