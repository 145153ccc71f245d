"""A choice among a few words, kept in the URL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

Choice = TypeVar("Choice", bound=str)


def choose(label: str, key: str, choices: Sequence[Choice], on_change: Callable[[], None] | None = None) -> Choice:
    """Let the reader choose; the first choice stands until then, and the URL keeps it under `key`."""
    chosen = st.segmented_control(
        label, choices, default=choices[0], required=True, key=key, bind="query-params", on_change=on_change
    )
    return choices[0] if chosen is None else chosen
