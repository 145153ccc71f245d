"""The rows of a foreign log as both formats give them: one SQL text makes them from the texts of a file."""

from __future__ import annotations

from collections.abc import Mapping

from mining.any_log.columns import DEPARTMENTS, LIFECYCLE, SYSTEMS, Columns
from mining.any_log.stamps import instant_sql, precision_sql


def row_columns(columns: Columns, texts: Mapping[str, str]) -> str:
    """Return the columns activity, event_at, stamp, ts_precision, lifecycle, resource, department, source_system.

    `texts` gives the SQL of each text that the file has, by name. Empty text is null; `stamp` is kept only where it
    names no instant.
    """
    stamp = text_sql(texts, columns.timestamp)
    return f"""
        {text_sql(texts, columns.activity)} as activity,
        {instant_sql(stamp)} as event_at,
        case when {instant_sql(stamp)} is null then {stamp} end as stamp,
        {precision_sql(stamp)} as ts_precision,
        {text_sql(texts, LIFECYCLE)} as lifecycle,
        {text_sql(texts, columns.resource)} as resource,
        {text_sql(texts, *DEPARTMENTS)} as department,
        {text_sql(texts, *SYSTEMS)} as source_system
    """


def text_sql(texts: Mapping[str, str], *names: str) -> str:
    """Return SQL of the first of the named texts that is not empty; null when the file has none of them."""
    there = [f"nullif({texts[name]}, '')" for name in names if name in texts]
    return f"coalesce({', '.join(there)})" if there else "cast(null as varchar)"
