"""The process model of a log."""

from __future__ import annotations

from mining.discovery import discover_bpmn
from mining.log import EventLog
from mining.paths import weighted_paths
from pipeline.model import MINED_VARIANTS


def discovered_model(log: EventLog, name: str) -> str:
    """Return the process called `name`, discovered from the log's 2,000 most frequent paths, as BPMN 2.0 XML."""
    return discover_bpmn({path.activities: path.cases for path in weighted_paths(log, MINED_VARIANTS)}, name)
