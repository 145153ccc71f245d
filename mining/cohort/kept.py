"""What is computed once for a connection: temporary tables, named by the log and by what was asked of it."""

from __future__ import annotations

import hashlib

from mining.cohort.ground import Values
from mining.log import EventLog
from pipeline.macros import render


def name_of(log: EventLog, asked: str) -> str:
    """Return the name of the table for what was asked of a log."""
    told = "\n".join((log.events, log.cases, asked))
    return f"cohort_{hashlib.sha256(told.encode()).hexdigest()[:32]}"


def keep(log: EventLog, name: str, query: str, values: Values) -> None:
    """Keep the rows of a query under a name, unless they are kept already."""
    log.connection.execute(render("keep_relation", name=name, query=query), values.bound)
