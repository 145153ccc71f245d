"""The paths that the returns of a scope take."""

from __future__ import annotations

from typing import Literal, get_args

import streamlit as st

from dashboards.published import Build
from dashboards.queries.returns import returns_log
from dashboards.scope import Scope
from mining.variants import RETURNS, Variants, normalisation_of_returns, normalised_variants, raw_variants

Form = Literal["normalised", "raw"]
FORMS: tuple[Form, ...] = get_args(Form)


@st.cache_data(show_spinner="Laying the paths side by side …", max_entries=16)
def variants(build: Build, scope: Scope, form: Form) -> Variants:
    """Return the most frequent paths of a scope, made comparable or as recorded, at most `mining.variants.MOST`."""
    log = returns_log(build, scope)
    if form == "raw":
        return raw_variants(log, RETURNS)
    return normalised_variants(log, normalisation_of_returns(log), RETURNS)
