"""How the returns of a scope keep to the target process, and to the rules.

The libraries behind it take seconds to load, so they are loaded when first asked, not when the server starts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboards.published import Build
from dashboards.queries.returns import returns_log
from dashboards.scope import Scope
from mining.reference import REFERENCE

if TYPE_CHECKING:
    from mining.conformance import Conformance
    from mining.rules import RuleResult

BUDGET_SECONDS = 20.0


@st.cache_data(show_spinner="Holding every path against the target process …", max_entries=32)
def held_against_target(build: Build, scope: Scope) -> Conformance:
    """Return how the returns of a scope conform to the target process, without how well the two fit (see `fit`)."""
    return _conformance(build, scope, has_qualities=False)


@st.cache_data(show_spinner="Replaying every path on the target process; this may take 20 seconds …", max_entries=16)
def fit(build: Build, scope: Scope) -> Conformance:
    """Return the same with how well the target process and the log fit, as far as 20 seconds go."""
    return _conformance(build, scope, has_qualities=True)


def _conformance(build: Build, scope: Scope, has_qualities: bool) -> Conformance:
    from mining.conformance import conformance
    from mining.conformance.scope import returns_scope

    model, log = REFERENCE.read_text(encoding="utf-8"), returns_log(build, scope)
    return conformance(log, model, BUDGET_SECONDS, returns_scope(), has_qualities=has_qualities)


@st.cache_data(show_spinner="Checking the rules …", max_entries=32)
def rule_results(build: Build, scope: Scope) -> tuple[RuleResult, ...]:
    """Return what every rule says of the returns of a scope, in the order of the rules."""
    from mining import rules

    return rules.rule_results(returns_log(build, scope), rules.read_rules())


@st.cache_data(show_spinner=False, max_entries=1)
def allow_list() -> tuple[tuple[str, str, str], ...]:
    """Return the deviations that are declared legal: class, activity and the reason."""
    from mining.conformance.scope import returns_scope

    allowed = returns_scope().allowed
    return tuple((deviation.kind, deviation.activity, allowed[deviation]) for deviation in sorted(allowed))
