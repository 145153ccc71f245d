"""An event log to ask questions of: two relations, whole or cut down to a cohort."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.macros import Connection, render


@dataclass(frozen=True)
class EventLog:
    """An event log: its connection and the relations that hold its events and its cases.

    `events` has one row per event: case_id, event_id, activity, event_at (UTC), ts_precision, resource, department,
    is_automation, source_system, business_micros (the event on its entity's business clock), case_position (from 1)
    and, of the next event of the case, next_activity, next_event_at, next_business_micros, next_resource,
    next_department, next_source_system. `cases` has one row per case: case_id, started_at, ended_at, events,
    variant_id, variant, is_open, and the attributes of the cases. Both are names or parenthesised queries.
    `path_events` are the events of one case for each variant_id, where they are not simply those rows of `events`.
    """

    connection: Connection
    events: str = "event_log.events"
    cases: str = "event_log.cases"
    path_events: str | None = None

    @property
    def paths(self) -> str:
        """The events of one case for each variant_id: what is true of whole paths is asked of these few."""
        return self.path_events or render("events_of_paths", events=self.events, cases=self.cases)

    def built(self, table: str) -> str | None:
        """Return the relation ``event_log.<table>``, which a build has made of this log; None where there is none.

        That is so for a cohort cut out by a query, for any other log, and for builds of before there was the table.
        """
        if (self.events, self.cases) != (EventLog.events, EventLog.cases):
            return None
        return f"event_log.{table}" if self.rows("log_tables", {"name": table}) else None

    def rows(self, question: str, parameters: Mapping[str, object] | None = None, **names: object) -> list[Any]:
        """Answer a question: the rows of the macro `question`, given this log's `events` and `cases`.

        `parameters` are bound to the query's ``$names``; `names` are relations and columns of the program, never
        what a user typed.
        """
        sql = render(question, events=self.events, cases=self.cases, **names)
        rows: list[Any] = self.connection.execute(sql, dict(parameters or {})).fetchall()
        return rows
