"""Asking the warehouse, and what a scope means there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import streamlit as st

from dashboards.published import Build, connection
from dashboards.scope import Remaining, Scope

Answer = TypeVar("Answer")


def once_a_build(question: Callable[[Build], Answer]) -> Callable[[Build], Answer]:
    """Ask a question once for a whole build, whatever part of it is shown."""
    kept = st.cache_data(show_spinner=False, max_entries=8)(question)

    @wraps(question)
    def ask(build: Build) -> Answer:
        return kept(build.whole)

    return ask


def rows(build: Build, sql: str, parameters: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """Return the rows of a query on a connection of its own; what readers chose is bound, never pasted."""
    return connection(build).execute(sql, parameters or {}).fetchall()


def bounds(scope: Scope) -> dict[str, Any]:
    """Return the parameters `start`, `end` and `entities` of a scope; None keeps all."""
    entities = list(scope.entities) if scope.entities is not None else None
    return {"start": scope.start, "end": scope.end, "entities": entities}


def remaining(build: Build, scope: Scope, dated: str) -> Remaining:
    """Return how many items each filter of a scope leaves.

    `dated` is a query of the program with the columns entity_id and local_date, one row per item.
    """
    sql = f"""
        with dated as ({dated}),
        judged as (
            select
                $entities is null or coalesce(list_contains($entities, entity_id), false) as is_of_entities,
                local_date >= coalesce($start, local_date) and (local_date < $end or $end is null) as is_of_period
            from dated
        )
        select
            count(*),
            count(*) filter (where is_of_entities),
            count(*) filter (where is_of_period),
            count(*) filter (where is_of_entities and is_of_period)
        from judged
    """  # noqa: S608 -- the query is the program's own
    return Remaining(*rows(build, sql, bounds(scope))[0])
