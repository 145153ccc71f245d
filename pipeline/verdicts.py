"""Hold every return of a build against the rules of the process, once, for all who ask afterwards."""

from __future__ import annotations

from mining.log import EventLog
from pipeline.warehouse import Connection


def store_verdicts(con: Connection) -> None:
    """Store the verdict of each rule on each return as ``event_log.rule_verdicts``; see `mining.rules.kept`."""
    from mining.rules import keep_verdicts, read_rules

    keep_verdicts(EventLog(con), read_rules())


def rules_of_verdicts(con: Connection) -> frozenset[str]:
    """Return the columns of ``event_log.rule_verdicts``, each named by all that its verdicts depend on."""
    from mining.rules import kept_columns

    return kept_columns(EventLog(con))
