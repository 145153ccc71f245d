"""The section Replay of the process map: a sample of returns moves along the map's own edges."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from dashboards import frame
from dashboards.process_map.replay_payload import payload, replay_of
from dashboards.process_map.replay_words import (
    FIRST_WINDOW,
    HOW_IT_MOVES,
    WINDOWS,
    calendar_in_words,
    sample_in_words,
)
from dashboards.published import Build
from dashboards.queries import replay as queries
from dashboards.scope import Scope
from mining.drawing.picture import Picture

_SCRIPTS = ("replay_places.js", "replay_drawing.js", "replay.js")


@st.fragment
def show_replay(build: Build, scope: Scope, picture: Picture) -> None:
    """Let the reader open the replay of a scope on a picture of its map; nothing is asked before that."""
    frame.section("Replay")
    with st.container(key="replay-controls", horizontal=True, vertical_alignment="bottom"):
        is_open = st.toggle("Show returns moving over time", key="replay", bind="query-params")
        if not is_open:
            return
        window = st.selectbox(
            "Window, up to the last return that began", list(WINDOWS), index=list(WINDOWS).index(FIRST_WINDOW),
            key="replay-window", bind="query-params", width=300,
        )  # fmt: skip
    sample = queries.sample(build, scope, WINDOWS[window])
    if sample is None or not sample.cases:
        frame.caption("No return of this selection was in progress in this window.")
        return
    replay = replay_of(sample, picture)
    frame.caption(sample_in_words(sample, replay))
    player = st.components.v2.component("replay", html=_text("replay.html"), css=_text("replay.css"), js=_script())
    player(data=payload(replay, picture), key="replay-player")
    frame.caption(f"{HOW_IT_MOVES} {calendar_in_words(sample)}")


@cache
def _text(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _script() -> str:
    """Return the player's script; its parts are one module in the browser."""
    return "\n".join(_text(name) for name in _SCRIPTS)
