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
    from mining.causes import Causes, OutcomeCauses, Search


@st.cache_resource(show_spinner="Looking for what goes with outcomes of the returns …", max_entries=16)
def _search(build: Build, scope: Scope) -> Search:
    """Count and test all outcomes of a scope once; it is read only, whichever of them is asked for."""
    from mining.causes import Search
    from pipeline.mine.cause_rows import outcomes_of_returns

    return Search(returns_log(build, scope), outcomes_of_returns())


@st.cache_data(show_spinner="Looking for what goes with this outcome of the returns …", max_entries=32)
def causes(build: Build, scope: Scope, outcome: str | None) -> CausesAnswer:
    """Return what goes with an outcome, None for the first of which a condition differs clearly.

    q-values are corrected over all outcomes, since readers can look at all.
    """
    from mining.causes import FIRST_CLEAR

    return _answer(_search(build, scope).causes(outcome or FIRST_CLEAR), names(build))


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
    from mining.causes.conditions import Condition
    from mining.causes.sentences import subject
    from pipeline.mine.cause_rows import cause_row

    def explaining(by: Condition | None) -> str | None:
        return None if by is None else subject(by, Condition(()), of, known)

    return tuple(
        Association(
            one,
            cause_row(one, of, known),
            subject(one.condition, one.implied, of, known),
            explaining(one.explained_by),
        )
        for one in of.findings
    )
