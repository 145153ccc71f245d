"""A choice among a few words, kept in the URL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

Choice = TypeVar("Choice", bound=str)


def choose(label: str, key: str, choices: Sequence[Choice]) -> Choice:
    """Let the reader choose; the first choice stands until then, and the URL keeps it under `key`."""
    chosen = st.segmented_control(label, choices, default=choices[0], required=True, key=key, bind="query-params")
    return choices[0] if chosen is None else chosen
