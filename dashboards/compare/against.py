"""What before is: the returns of other dates, or those of a frozen baseline; and what became of that baseline."""

from __future__ import annotations

import streamlit as st

from dashboards import frame
from dashboards.baselines.words import LIMITED
from dashboards.compare import words
from dashboards.frame import View
from dashboards.queries import baselines
from pipeline import formats
from pipeline.errors import UsageError
from proof.baseline.verifying import Verification
from proof.question import Question

AGAINST, DATES = "against", "by dates"


def choose_baseline(view: View) -> Verification | None:
    """Let the reader choose a frozen baseline for before; None for dates.

    Raises UsageError for one that is not there or not for this viewer, ChecksFailedError for one that was changed.
    """
    asked = st.query_params.get(AGAINST, DATES)
    if view.build.entities is not None:
        if asked != DATES:
            raise UsageError(f"{LIMITED} Open Compare anew to compare by dates.")
        return None
    known = {one.name: one for one in baselines.baselines()}
    chosen = st.selectbox("Before", [DATES, *known], key=AGAINST, bind="query-params", width=280) if known else DATES
    if asked not in (DATES, *known):
        found = formats.listed(list(known)) or "none yet"
        raise UsageError(f"There is no baseline {asked} in this workspace; found: {found}. Choose another, or dates.")
    if chosen == DATES:
        return None
    held = baselines.verification(view.build, chosen, known[chosen].seal)
    held.intact()
    return held


def say_baseline(view: View, held: Verification, question: Question) -> None:
    """Say which baseline before is, of which returns, and whether its figures are still those that were frozen."""
    frozen = held.intact()
    filtered = view.scope.entities is not None or bool(view.scope.kept)
    told = words.of_baseline(frozen, view.all_names, is_filtered=filtered)
    frame.caption(f"{told} {words.frozen_and_today(held, question.goals)}")
