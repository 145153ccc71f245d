"""What draws charts is loaded while a reader looks at the first page, which has none that need it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_CHARTS = [path.name for path in (Path(st.__file__).parent / "static" / "static" / "js").glob("PlotlyChart.*.js")]
_ahead = st.components.v2.component("charts_ahead", js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"))


def load_charts_ahead() -> None:
    """Load it; put on every page, where it takes no room. A Streamlit that names it otherwise loads it when needed."""
    for name in _CHARTS:
        _ahead(key="charts-ahead", data={"file": name})
