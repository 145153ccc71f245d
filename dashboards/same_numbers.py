"""The numbers of a figure as a table under it, made up when somebody opens it, with a download."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd
import streamlit as st


def show_numbers(
    table: Callable[[], pd.DataFrame], csv: Callable[[], str], name: str, shares: Iterable[str] = ()
) -> None:
    """Put a table that opens, and a download of `name`.csv, which has the numbers in full.

    Both are made up when asked for. The columns in `shares` are percent.
    """
    fold = st.expander("The same as a table", key=f"{name}-numbers", on_change="rerun")
    if not fold.open:
        return
    found = table()
    config = {
        column: st.column_config.NumberColumn(format="localized") for column in found.select_dtypes("number").columns
    }
    config |= {share: st.column_config.ProgressColumn(format="%.0f %%", min_value=0, max_value=100) for share in shares}
    with fold:
        st.download_button("Download CSV", csv, f"{name}.csv", "text/csv", key=f"{name}-csv")
        st.dataframe(found, hide_index=True, column_config=config, key=f"{name}-table")
