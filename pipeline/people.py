"""Persons and customers under names that tell nobody who they are, the same in every build of a workspace.

A name is the beginning of the SHA-256 of the workspace's key and the id. Services keep their names: no person is told
by them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

from mining.handoffs import FEWEST_CASES, few_cases
from pipeline.export.catalog import ExportTable
from pipeline.warehouse import Connection, literal

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Record = TypeVar("Record", bound="DataclassInstance")
EVENTS = "event_log.events"


def person_sql(key: str) -> str:
    """Return the SQL expression of an event's resource as it may be told, e.g. ``Person 3f2a9c1b``."""
    return f"case when is_automation then resource else {_masked('Person', key, 'resource')} end"


def masked_events(key: str) -> str:
    """Return the events of a build as a relation in which `resource` is as it may be told."""
    return f"(select * replace ({person_sql(key)} as resource) from {EVENTS})"  # noqa: S608 -- the program's own


def told_resources(con: Connection, key: str) -> dict[str, str]:
    """Return every resource of a build as it may be told, persons with their department beside their name.

    The group of those with few cases, which mining makes, stands for itself.
    """
    rows = con.execute(
        f"""
        select
            resource,
            min({person_sql(key)} || case when is_automation then '' else ', ' || department end)
        from {EVENTS}
        where resource is not null
        group by resource
        """  # noqa: S608
    ).fetchall()
    return {few_cases(FEWEST_CASES): few_cases(FEWEST_CASES), **dict(rows)}


def retold(records: Iterable[Record], told: Mapping[str, str], *fields: str) -> tuple[Record, ...]:
    """Return records in which these fields, each the name of a resource, are as they may be told."""
    return tuple(
        cast("Record", replace(cast("Any", one), **{field: told[getattr(one, field)] for field in fields}))
        for one in records
    )


def masked(table: ExportTable, key: str) -> ExportTable:
    """Return a table of the catalogue with persons and customers as they may be told."""
    relations = {
        EVENTS: masked_events(key),
        "event_log.cases": f"(select * replace ({_masked('Customer', key, 'customer_id')} as customer_id) "  # noqa: S608
        "from event_log.cases)",
        "marts.handoffs": f"({_handoffs(key)})",
    }
    return replace(table, relation=relations.get(table.relation, table.relation))


def _masked(kind: str, key: str, column: str) -> str:
    return f"'{kind} ' || substr(sha256({literal(key)} || {column}), 1, 8)"


def _handoffs(key: str) -> str:
    """The handoffs of a build, counted afresh between resources, of which those with few cases are one group."""
    return f"""
        with
            told as (
                select
                    resource,
                    case
                        when count(distinct case_id) < {FEWEST_CASES} then {literal(few_cases(FEWEST_CASES))}
                        else min({person_sql(key)})
                    end as name
                from {EVENTS}
                where resource is not null
                group by resource
            )
        select level, from_name, to_name, frequency, cases
        from marts.handoffs
        where level <> 'resource'
        union all
        select 'resource', givers.name, takers.name, count(*), count(distinct events.case_id)
        from {EVENTS} as events
        inner join told as givers on givers.resource = events.resource
        inner join told as takers on takers.resource = events.next_resource
        where events.resource <> events.next_resource
        group by givers.name, takers.name
    """  # noqa: S608
