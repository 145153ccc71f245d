"""Where and when the change came: a roll-out table of the workspace, or everywhere at once."""

from __future__ import annotations

import streamlit as st

from dashboards.published import Build
from dashboards.queries import proof
from pipeline import formats
from pipeline.errors import UsageError
from proof.question import RolloutStep

ROLLOUT, AT_ONCE = "rollout", "everywhere at once"


def choose_rollout(build: Build) -> tuple[str, tuple[RolloutStep, ...]]:
    """Let the reader choose one of the workspace's roll-out tables: its name and its steps, nothing for none.

    Tables name units of all entities, so they are for those who see all. Raises UsageError for a table that is not
    there or cannot be read.
    """
    asked = st.query_params.get(ROLLOUT, AT_ONCE)
    known = proof.rollout_names() if build.entities is None else ()
    chosen = AT_ONCE
    if known:
        chosen = st.selectbox("The change came", [AT_ONCE, *known], key=ROLLOUT, bind="query-params", width=280)
    if asked not in (AT_ONCE, *known):
        found = formats.listed(list(known)) or "none for you"
        raise UsageError(f"There is no roll-out table {asked}; found: {found}. Choose another, or none.")
    return ("", ()) if chosen == AT_ONCE else (chosen, proof.rollout(build, chosen))
