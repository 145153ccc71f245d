"""Addresses of pages that others lead to; they carry the filters and the clock, so that these stay."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from dashboards.filters import CLOCK, in_address
from dashboards.scope import Scope
from mining.cohort import Rule
from mining.map_view import Clock

SCORECARD, RETURN, RETURNS = "", "return", "returns"
KPI = "kpi"


def address(page: str, scope: Scope, **more: str) -> str:
    """Return the address of a page, seen under the filters of a scope; `more` are parameters of that page."""
    clock: Clock = "elapsed" if st.query_params.get(CLOCK) == "elapsed" else "business"
    return f"/{page}?{urlencode({**more, **in_address(scope, clock)}, doseq=True)}".rstrip("?")


def kpi_address(kpi: str, scope: Scope) -> str:
    """Return the address of the scorecard with a KPI opened."""
    return address(SCORECARD, scope, **{KPI: kpi})


def return_address(case_id: str, scope: Scope) -> str:
    """Return the address of the page of one return."""
    return address(RETURN, scope, **{RETURN: case_id})


def returns_address(scope: Scope, rule: Rule | None = None) -> str:
    """Return the address of the list of the returns of a scope, of those that a rule keeps if one is given."""
    return address(RETURNS, scope.with_rules(rule) if rule else scope)
