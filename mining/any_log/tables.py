"""The two relations of an EventLog, made of the usable rows of a foreign log."""

from __future__ import annotations

import duckdb

from pipeline.macros import render

_FOLLOWED = ("activity", "event_at", "business_micros", "resource", "department", "source_system")


def write_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Make `event_log.events` and `event_log.cases` of `file.kept` and `file.attributes`.

    Events of a case stand by instant, ties in the order of the file. A variant's id is the hash of its text, as in a
    build; where an activity's name has a ``>`` in it, so that two paths may read alike, it is the hash of all names.
    """
    nexts = ", ".join(f"lead({column}) over case_order as next_{column}" for column in _FOLLOWED)
    con.execute(
        f"""
        create table event_log.events as
        with rows_ as (
            select
                case_id,
                cast(row_number as varchar) as event_id,
                activity,
                event_at,
                ts_precision,
                resource,
                department,
                false as is_automation,
                source_system,
                cast(null as bigint) as business_micros,
                row_number
            from file.kept
        )

        select * exclude (row_number), row_number() over case_order as case_position, {nexts}
        from rows_
        window case_order as (partition by case_id order by event_at, row_number)
        """  # noqa: S608 -- the program's names
    )
    con.execute(
        f"""
        create table event_log.cases as
        with paths as (
            select
                case_id,
                min(event_at) as started_at,
                max(event_at) as ended_at,
                count(*) as events,
                {render("ordered_path", column="activity", order="case_position")} as variant,
                {_names(con)} as names
            from event_log.events
            group by case_id
        )

        select
            paths.case_id,
            paths.started_at,
            paths.ended_at,
            paths.events,
            md5(coalesce(paths.names, paths.variant)) as variant_id,
            paths.variant,
            false as is_open,
            attributes.* exclude (case_id)
        from paths
        left join file.attributes as attributes on attributes.case_id = paths.case_id
        """  # noqa: S608 -- the program's names
    )


def _names(con: duckdb.DuckDBPyConnection) -> str:
    """SQL of what tells a path from all others when names with a ``>`` are in it; null for every other path."""
    is_plain = not con.execute("select 1 from event_log.events where contains(activity, '>') limit 1").fetchall()
    if is_plain:
        return "cast(null as varchar)"
    return "case when bool_or(contains(activity, '>')) then string_agg(md5(activity), '' order by case_position) end"
