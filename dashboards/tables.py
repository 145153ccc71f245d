"""Tables under their headings, each with a download beside it."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from dashboards import frame


def show_heading(text: str, csv: Callable[[], str], name: str) -> None:
    """Put the heading of a part of the page, with a download of `name`.csv beside it, made up when asked."""
    with st.container(horizontal=True, vertical_alignment="center"):
        frame.section(text)
        st.download_button("Download CSV", csv, f"{name}.csv", "text/csv", key=f"{name}-csv")


def show_table(heading: str, table: pd.DataFrame, csv: Callable[[], str], name: str) -> None:
    """Put a table under its heading, with a download of `name`.csv."""
    show_heading(heading, csv, name)
    show_data(table, name)


def show_data(table: pd.DataFrame, key: str) -> None:
    """Put a table; columns that end with `share` are percent."""
    numbers = table.select_dtypes("number").columns
    config = {
        column: st.column_config.NumberColumn(format="%.1f %%" if column.endswith("share") else "localized")
        for column in numbers
    }
    st.dataframe(table, hide_index=True, column_config=config, key=f"{key}-table")
