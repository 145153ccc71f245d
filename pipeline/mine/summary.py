"""The summary of a mining run, as JSON."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from mining.any_log.columns import Columns
from mining.any_log.log_file import LogFile
from mining.totals import ActivityUse, Totals
from pipeline.instants import print_instant
from pipeline.publish import Published
from pipeline.settings import product_version


def file_facts(path: Path, columns: Columns, complete_only: bool, found: LogFile) -> dict[str, object]:
    """Return what was read of a file: its content's hash, the columns, what was left out and why."""
    with path.open("rb") as handle:
        content = hashlib.file_digest(handle, "sha256").hexdigest()
    return {
        "log": path.name,
        "sha256": content,
        "columns": asdict(columns),
        "complete_only": complete_only,
        "events_read": found.events_read,
        "events_left_out": [asdict(left_out) for left_out in found.left_out],
        "case_attributes": list(found.case_attributes),
    }


def build_facts(published: Published) -> dict[str, object]:
    """Return which published build was read."""
    manifest = published.manifest
    return {
        "workspace": published.workspace.root.name,
        "build": manifest.build,
        "as_of_at": manifest.as_of_at,
        "extracts_sha256": manifest.extracts_sha256,
    }


def log_facts(totals: Totals, used: Sequence[ActivityUse]) -> dict[str, object]:
    """Return what a log amounts to: its size, its period, and its activities' counts, largest first."""
    period = (totals.first_event_at, totals.last_event_at)
    first, last = (None if instant is None else print_instant(instant) for instant in period)
    return {
        "cases": totals.cases,
        "events": totals.events,
        "activities": totals.activities,
        "variants": totals.variants,
        "resources": totals.resources,
        "first_event_at": first,
        "last_event_at": last,
        "case_duration_seconds": {
            "mean": totals.mean_seconds,
            "median": totals.median_seconds,
            "p90": totals.p90_seconds,
        },
        "start_activities": _counts({use.activity: use.start_cases for use in used}),
        "end_activities": _counts({use.activity: use.end_cases for use in used}),
        "rework_cases": _counts({use.activity: use.rework_cases for use in used}),
        "self_loops": _counts({use.activity: use.self_loops for use in used}),
    }


def versions() -> dict[str, str]:
    """Return the versions of what made the figures."""
    return {"retrace": product_version(), "duckdb": version("duckdb"), "pm4py": version("pm4py")}


def _counts(counts: Mapping[str, int]) -> dict[str, int]:
    """The counts above zero, largest first, equal ones by name."""
    ordered: Sequence[tuple[str, int]] = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return {name: count for name, count in ordered if count}
