"""Write the object-centric event log as OCEL 2.0 JSON; the engine writes the JSON of every object and event."""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO

from pipeline.warehouse import Connection

OBJECT_TYPES = (
    *("return", "return_line", "receipt", "credit_memo", "replacement_order", "supplier_claim"),
    "crm_case",
)
_BATCH = 10_000
_EVENT_ATTRIBUTES = {"resource": "string", "department": "string", "amount": "float", "currency": "string"}
_OBJECTS = """
    select
        json_object(
            'id', object_type || ':' || object_id,
            'type', object_type,
            'attributes', [],
            'relationships', case
                when object_type = 'return' or case_id is null then []
                else [json_object('objectId', 'return:' || case_id, 'qualifier', 'belongs to')]
            end
        )
    from (select * from event_log.objects order by object_type, object_id)
"""
_EVENTS = """
    with links as (
        select
            event_id,
            list(
                json_object('objectId', object_type || ':' || object_id, 'qualifier', qualifier)
                order by object_type, object_id, qualifier
            ) as relationships
        from event_log.object_links
        group by event_id
    ),

    ordered as (
        select events.*, links.relationships
        from {events} as events
        left join links on links.event_id = events.event_id
        order by events.event_at, events.ts_precision desc, events.activity_rank, events.event_id
    )

    select
        json_object(
            'id', event_id,
            'type', activity,
            'time', strftime(event_at, '%Y-%m-%dT%H:%M:%S.%fZ'),
            'attributes', list_filter(
                [
                    case when resource is not null then json_object('name', 'resource', 'value', resource) end,
                    case when department is not null then json_object('name', 'department', 'value', department) end,
                    case when amount is not null then json_object('name', 'amount', 'value', amount::double) end,
                    case when currency is not null then json_object('name', 'currency', 'value', currency) end
                ],
                lambda attribute: attribute is not null
            ),
            'relationships', coalesce(relationships, [])
        )
    from ordered
"""


def write_ocel(con: Connection, path: Path, events: str = "event_log.events") -> None:
    """Write every object and event, each event with the objects that it touches and how.

    Object ids carry their type (``receipt:R-1``), for two types may use one number. `events` is the relation to take
    events from.
    """
    attributes = [{"name": name, "type": kind} for name, kind in _EVENT_ATTRIBUTES.items()]
    activities = con.execute("select distinct activity from event_log.events order by activity").fetchall()
    types = {
        "objectTypes": [{"name": name, "attributes": []} for name in OBJECT_TYPES],
        "eventTypes": [{"name": name, "attributes": attributes} for (name,) in activities],
    }
    with path.open("w", encoding="utf-8", newline="\n") as handle:
        handle.write(json.dumps(types, ensure_ascii=False).removesuffix("}"))
        _write_array(con, handle, "objects", _OBJECTS)
        _write_array(con, handle, "events", _EVENTS.format(events=events))
        handle.write("}\n")


def _write_array(con: Connection, handle: IO[str], name: str, query: str) -> None:
    """Stream the rows of `query`, each one JSON text, as an array."""
    handle.write(f',\n"{name}": [')
    rows = con.execute(query)
    separator = "\n"
    while batch := rows.fetchmany(_BATCH):
        for (text,) in batch:
            handle.write(f"{separator}{text}")
            separator = ",\n"
    handle.write("]")
