"""Write the object-centric event log as OCEL 2.0 JSON, streamed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from pipeline.instants import print_instant
from pipeline.warehouse import Connection

OBJECT_TYPES = (
    *("return", "return_line", "receipt", "credit_memo", "replacement_order", "supplier_claim"),
    "crm_case",
)
_BATCH = 10_000
_EVENT_ATTRIBUTES = {"resource": "string", "department": "string", "amount": "float", "currency": "string"}


def write_ocel(con: Connection, path: Path) -> None:
    """Write every object and event, each event with the objects that it touches and how.

    Object ids carry their type (``receipt:R-1``), for two types may use one number.
    """
    with path.open("w", encoding="utf-8", newline="\n") as handle:
        handle.write("{")
        _write_array(handle, "objectTypes", ({"name": name, "attributes": []} for name in OBJECT_TYPES))
        handle.write(",")
        _write_array(handle, "eventTypes", _event_types(con))
        handle.write(",")
        _write_array(handle, "objects", _objects(con))
        handle.write(",")
        _write_array(handle, "events", _events(con))
        handle.write("}\n")


def _write_array(handle: IO[str], name: str, items: Iterable[dict[str, object]]) -> None:
    handle.write(f'"{name}":[')
    for position, item in enumerate(items):
        handle.write(("," if position else "") + "\n" + json.dumps(item, ensure_ascii=False, allow_nan=False))
    handle.write("]")


def _rows(con: Connection, query: str) -> Iterator[tuple[Any, ...]]:
    rows = con.execute(query)
    while batch := rows.fetchmany(_BATCH):
        yield from batch


def _event_types(con: Connection) -> Iterator[dict[str, object]]:
    attributes = [{"name": name, "type": kind} for name, kind in _EVENT_ATTRIBUTES.items()]
    for (activity,) in _rows(con, "select distinct activity from event_log.events order by activity"):
        yield {"name": activity, "attributes": attributes}


def _objects(con: Connection) -> Iterator[dict[str, object]]:
    """Every object; those that belong to a return say so."""
    query = "select object_type, object_id, case_id from event_log.objects order by object_type, object_id"
    for object_type, object_id, case_id in _rows(con, query):
        item: dict[str, object] = {"id": f"{object_type}:{object_id}", "type": object_type, "attributes": []}
        if case_id is not None and object_type != "return":
            item["relationships"] = [{"objectId": f"return:{case_id}", "qualifier": "belongs to"}]
        yield item


def _events(con: Connection) -> Iterator[dict[str, object]]:
    """Every event in order of time, with its links; the engine gathers them."""
    query = """
        with links as (
            select
                event_id,
                list([object_type || ':' || object_id, qualifier] order by object_type, object_id, qualifier) as links
            from event_log.object_links
            group by event_id
        )
        select
            events.event_id, events.activity, events.event_at, links.links,
            events.resource, events.department, events.amount, events.currency
        from event_log.events as events
        left join links on links.event_id = events.event_id
        order by events.event_at, events.event_id
    """
    for event_id, activity, event_at, links, resource, department, amount, currency in _rows(con, query):
        values = (resource, department, None if amount is None else float(amount), currency)
        yield {
            "id": event_id,
            "type": activity,
            "time": print_instant(event_at),
            "attributes": [
                {"name": name, "value": value}
                for name, value in zip(_EVENT_ATTRIBUTES, values, strict=True)
                if value is not None
            ],
            "relationships": [{"objectId": target, "qualifier": qualifier} for target, qualifier in links or []],
        }
