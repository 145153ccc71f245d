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


@st.cache_data(show_spinner="Holding every path against the target process; this may take 20 seconds …", max_entries=16)
def held_against_target(build: Build, scope: Scope) -> Conformance:
    """Return how the returns of a scope conform to the target process, as far as 20 seconds go."""
    from mining.conformance import conformance
    from mining.conformance.scope import returns_scope

    model = REFERENCE.read_text(encoding="utf-8")
    return conformance(returns_log(build, scope), model, BUDGET_SECONDS, returns_scope())


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
