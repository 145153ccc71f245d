"""Put a figure on a page, in its own look and with the camera that saves it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from dashboards.charts.template import drawn_once


def show_chart(
    figure: go.Figure,
    config: Mapping[str, Any],
    key: str,
    words: str | None = None,
    follow_click: Callable[[], None] | None = None,
) -> None:
    """Put the figure with Plotly's config; `words` say it to who cannot see it, `follow_click` is told of a click."""
    picking: dict[str, Any] = {"on_select": follow_click, "selection_mode": "points"} if follow_click else {}
    st.plotly_chart(drawn_once(figure), config=dict(config), theme=None, key=key, alt=words, **picking)
