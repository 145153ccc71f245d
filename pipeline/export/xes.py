"""Write the event log as XES (IEEE Std 1849-2016); the engine writes the XML of every event."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.export.xml_text import attribute_sql
from pipeline.warehouse import Connection

_BATCH = 10_000
_EXTENSIONS = {
    "Concept": "concept",
    "Time": "time",
    "Lifecycle": "lifecycle",
    "Organizational": "org",
    "Cost": "cost",
    "Identity": "identity",
}
_OF_CASES = ("entity_id", "site", "channel", "reason", "category", "supplier", "segment", "value_band")
_TEXTS = {
    "concept:name": "activity",
    "identity:id": "event_id",
    "org:resource": "resource",
    "org:group": "department",
    "cost:currency": "currency",
    "entity_id": "entity_id",
    "source_system": "source_system",
    "source_table": "source_table",
    "source_key": "source_key",
    "line_no": "line_no",
    "receipt_id": "receipt_id",
    "ts_precision": "ts_precision",
}
_INSTANT = "strftime(event_at, '%Y-%m-%dT%H:%M:%S.%fZ')"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1849-2016" xes.features="">\n'


def write_xes(con: Connection, path: Path, events: str = "event_log.events") -> None:
    """Write every case as a trace with its events in case order; instants are UTC, empty attributes left out.

    `events` is the relation to take them from. Memory does not grow with the log: the engine sorts, on disk when it
    must, and the text streams.
    """
    with path.open("w", encoding="utf-8", newline="\n") as handle:
        handle.write(_HEAD)
        handle.writelines(_declarations())
        rows = con.execute(_query(events))
        while batch := rows.fetchmany(_BATCH):
            handle.writelines(text for (text,) in batch)
        handle.write("</log>\n")


def _query(events: str) -> str:
    """One text per event; the first event of a case opens its trace, the last one closes it."""
    texts = [attribute_sql("string", key, column) for key, column in _TEXTS.items()]
    event = " || ".join(
        [
            "'<event>'",
            *texts,
            """'<string key="lifecycle:transition" value="complete"/>'""",
            attribute_sql("date", "time:timestamp", _INSTANT),
            attribute_sql("boolean", "is_automation", "is_automation::varchar"),
            attribute_sql("float", "cost:total", "amount::double::varchar"),
            "'</event>'",
        ]
    )
    keys = {"concept:name": "case_id"} | {column: f"case_{column}" for column in _OF_CASES}
    trace = " || ".join(attribute_sql("string", key, column) for key, column in keys.items())
    of_cases = ", ".join(f"cases.{column} as case_{column}" for column in _OF_CASES)
    return f"""
        select
            case when case_position = 1 then '<trace>' || {trace} || chr(10) else '' end
            || {event} || chr(10)
            || case when next_case_id = case_id then '' else '</trace>' || chr(10) end
        from (
            select events.*, {of_cases}, lead(events.case_id) over in_order as next_case_id
            from {events} as events
            inner join event_log.cases as cases on cases.case_id = events.case_id
            window in_order as (order by events.case_id, events.case_position)
            order by events.case_id, events.case_position
        )
    """  # noqa: S608


def _declarations() -> Iterator[str]:
    """Extensions, what every trace and event has, and what tells events apart."""
    for name, prefix in _EXTENSIONS.items():
        yield f'<extension name="{name}" prefix="{prefix}" uri="http://www.xes-standard.org/{prefix}.xesext"/>\n'
    name = '<string key="concept:name" value="unknown"/>'
    instant = '<date key="time:timestamp" value="1970-01-01T00:00:00.000000Z"/>'
    yield f'<global scope="trace">{name}</global>\n<global scope="event">{name}{instant}</global>\n'
    yield '<classifier name="Activity" keys="concept:name"/>\n'
