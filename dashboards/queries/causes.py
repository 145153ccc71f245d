"""What goes with outcomes of the returns of a scope.

The libraries behind it take seconds to load, so they are loaded when first asked, not when the server starts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards.causes.answer import Association, CausesAnswer
from dashboards.published import Build
from dashboards.queries.reference import names
from dashboards.queries.returns import returns_log
from dashboards.scope import Scope
from mining.cohort import Names

if TYPE_CHECKING:
    from mining.causes import Causes, OutcomeCauses


@st.cache_data(show_spinner="Looking for what goes with this outcome of the returns …", max_entries=32)
def causes(build: Build, scope: Scope, outcome: str | None) -> CausesAnswer:
    """Return what goes with an outcome, None for the first of which a condition differs clearly.

    q-values are corrected over all outcomes, since readers can look at all.
    """
    from mining.causes import FIRST_CLEAR, find_causes
    from pipeline.mine.cause_rows import outcomes_of_returns

    found = find_causes(returns_log(build, scope), outcomes_of_returns(), answered=outcome or FIRST_CLEAR)
    return _answer(found, names(build))


def outcomes() -> tuple[str, ...]:
    """Return the names of the outcomes that can be asked about."""
    from pipeline.mine.cause_rows import outcomes_of_returns

    return tuple(one.name for one in outcomes_of_returns())


def _answer(found: Causes, known: Names) -> CausesAnswer:
    from mining.causes import grow

    [of] = found.outcomes
    titles = {one.name: one.title for one in of.attributes}
    return CausesAnswer(
        outcome=of.outcome.name,
        words=of.outcome.words,
        cases=of.cases,
        outcomes=of.outcomes,
        left_out=of.left_out,
        refused=tuple(one.why for one in of.refused),
        grouped=tuple((titles[one.attribute], one.values, one.cases) for one in of.grouped),
        tried=tuple(one.title for one in of.attributes if one.role != "adjuster"),
        only_adjusted=tuple(one.title for one in of.attributes if one.role == "adjuster"),
        titles=titles,
        tested=found.tested,
        clear=found.clear,
        associations=_associations(of, known),
        tree=grow(of),
    )


def _associations(of: OutcomeCauses, known: Names) -> tuple[Association, ...]:
    from mining.causes.sentences import subject
    from pipeline.mine.cause_rows import cause_row

    return tuple(
        Association(one, cause_row(one, of, known), subject(one.condition, one.implied, of, known))
        for one in of.findings
    )
