"""Write the event log as XES (IEEE Std 1849-2016), one case in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from pipeline.export.xml_text import attribute_value
from pipeline.instants import print_instant
from pipeline.warehouse import Connection

_BATCH = 10_000
_EXTENSIONS = {"Concept": "concept", "Time": "time", "Organizational": "org", "Cost": "cost"}
_TEXT_KEYS = ("org:resource", "org:group", "entity_id", "source_system", "source_table", "source_key", "ts_precision")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1849-2016" xes.features="">\n'
_QUERY = """
    select
        case_id, activity, event_at, event_id, is_automation, amount, currency, line_no, receipt_id, resource,
        department, entity_id, source_system, source_table, source_key, ts_precision
    from event_log.events
    order by case_id, case_position
"""


def write_xes(con: Connection, path: Path) -> None:
    """Write every case as a trace with its events in case order; instants are UTC."""
    with path.open("w", encoding="utf-8", newline="\n") as handle:
        handle.write(_HEAD)
        handle.writelines(_declarations())
        for case_id, events in groupby(_events(con), key=itemgetter(0)):
            handle.write(f"<trace>\n{_attribute('string', 'concept:name', case_id)}")
            handle.writelines(_event(event) for event in events)
            handle.write("</trace>\n")
        handle.write("</log>\n")


def _events(con: Connection) -> Iterator[tuple[Any, ...]]:
    rows = con.execute(_QUERY)
    while batch := rows.fetchmany(_BATCH):
        yield from batch


def _declarations() -> Iterator[str]:
    """Extensions, what every trace and event has, and what tells events apart."""
    for name, prefix in _EXTENSIONS.items():
        yield f'<extension name="{name}" prefix="{prefix}" uri="http://www.xes-standard.org/{prefix}.xesext"/>\n'
    yield f'<global scope="trace">\n{_attribute("string", "concept:name", "unknown")}</global>\n'
    instant = '<date key="time:timestamp" value="1970-01-01T00:00:00.000000Z"/>\n'
    yield f'<global scope="event">\n{_attribute("string", "concept:name", "unknown")}{instant}</global>\n'
    yield '<classifier name="Activity" keys="concept:name"/>\n'


def _event(row: tuple[Any, ...]) -> str:
    """One event; attributes that it has no value for are left out."""
    _, activity, event_at, event_id, is_automation, amount, currency, line_no, receipt_id, *texts = row
    parts = [
        "<event>\n",
        _attribute("string", "concept:name", activity),
        f'<date key="time:timestamp" value="{print_instant(event_at)}"/>\n',
        _attribute("string", "identity:id", event_id),
        f'<boolean key="is_automation" value="{str(bool(is_automation)).lower()}"/>\n',
    ]
    parts += [_attribute("string", key, text) for key, text in zip(_TEXT_KEYS, texts, strict=True) if text is not None]
    optional = {"cost:currency": currency, "line_no": line_no, "receipt_id": receipt_id}
    parts += [_attribute("string", key, text) for key, text in optional.items() if text is not None]
    if amount is not None:
        parts.append(f'<float key="cost:total" value="{float(amount)!r}"/>\n')
    parts.append("</event>\n")
    return "".join(parts)


def _attribute(kind: str, key: str, text: str) -> str:
    return f'<{kind} key="{key}" value={attribute_value(text)}/>\n'
