"""The sample of a scope's returns that the replay of the process map shows."""

from __future__ import annotations

import streamlit as st

from dashboards.published import Build
from dashboards.queries.returns import returns_log
from dashboards.scope import Scope
from mining.replay import Sample, sample_cases


@st.cache_data(show_spinner="Choosing returns to replay …", max_entries=16)
def sample(build: Build, scope: Scope, days: int | None) -> Sample | None:
    """Return the sample of the last `days` days in which returns of a scope began, of all days with None."""
    return sample_cases(returns_log(build, scope), days)
