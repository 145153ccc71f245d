"""Who hands work over in the returns of a scope, how often it comes straight back, and how many systems it touches."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import streamlit as st

from dashboards.published import Build, connection
from dashboards.queries.asking import once_a_build
from dashboards.queries.returns import returns_log
from dashboards.scope import Scope
from mining import handoffs as mined
from mining.handoffs import Handoff, Level, TouchPoints
from mining.rework import PingPong
from mining.rework import ping_pong as mined_ping_pong
from pipeline.errors import UsageError
from pipeline.people import retold, told_resources
from pipeline.workspace import Workspace, enclosing_workspace

VALUE = "return_value"


@st.cache_data(show_spinner="Counting the handoffs …", max_entries=32)
def handoffs(build: Build, scope: Scope, level: Level) -> tuple[Handoff, ...]:
    """Return the handoffs of a scope at a level.

    Resources of fewer than five cases are one group, persons stand under the names that exports give them.
    """
    found = mined.handoffs(returns_log(build, scope), level, VALUE)
    if level == "resource":
        return retold(found, _resources(build), "from_name", "to_name")
    return tuple(
        replace(one, from_name=_said(one.from_name, level), to_name=_said(one.to_name, level)) for one in found
    )


@once_a_build
def _resources(build: Build) -> dict[str, str]:
    """Return the resources of a build as they may be told."""
    workspace = enclosing_workspace(Path(build.warehouse))
    if workspace is None:
        raise UsageError(f"{build.warehouse} lies in no workspace. Publish a build with `retrace build`.")
    return told_resources(connection(build), Workspace(workspace).people_key())


@st.cache_data(show_spinner="Looking for work that goes to and fro …", max_entries=32)
def ping_pong(build: Build, scope: Scope, level: Level) -> tuple[PingPong, ...]:
    """Return the work of a scope that goes to and fro; none between resources, whose handoffs count it themselves."""
    found = () if level == "resource" else mined_ping_pong(returns_log(build, scope), level, VALUE)
    return tuple(replace(one, owner=_said(one.owner, level), other=_said(one.other, level)) for one in found)


def _said(name: str, level: Level) -> str:
    """Return a name as pages have it: systems in capitals, as on the map."""
    return name.upper() if level == "system" else name


@st.cache_data(show_spinner=False, max_entries=32)
def touch_points(build: Build, scope: Scope) -> TouchPoints:
    """Return how often the returns of a scope touch systems."""
    return mined.touch_points(returns_log(build, scope))
