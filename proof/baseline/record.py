"""The record of a frozen baseline: what was measured, of which returns, and out of what. Frozen, and JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from mining.causes.intervals import Interval
from mining.cohort import Cohort
from pipeline.publish import Manifest
from proof.question import Side

FORMAT = 1


@dataclass(frozen=True)
class MeasureName:
    """A measure as it was defined when it was frozen: see the seeds kpi_measures and kpis."""

    position: int
    measure: str
    kpi: str
    part: str
    statistic: str
    title: str
    unit: str
    aggregate: str


@dataclass(frozen=True)
class FrozenValue:
    """A measure of a baseline as `retrace kpis` tells it, in its unit, None when nothing was measured.

    `left_out_reasons` say how many items were left out for what; `interval` is the 95 % interval from customers drawn
    with replacement, None for counts and sums; `distribution` names the least value, deciles, p95 and the greatest of a
    duration.
    """

    measure: MeasureName
    value: float | None
    n: int
    numerator: float | None
    denominator: float | None
    left_out: int
    left_out_reasons: tuple[tuple[str, int], ...]
    coverage: float | None
    interval: Interval | None
    distribution: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Input:
    """What the build was made with, see `pipeline.build_inputs`: an `extract`, `code` or `version`."""

    kind: str
    name: str
    size: int | None
    content: str


@dataclass(frozen=True)
class Reference:
    """A reference table (e.g. ``reference.holidays``) as it was: its columns, its rows as text, and their SHA-256."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    sha256: str


@dataclass(frozen=True)
class Kept:
    """A Parquet file beside the record, by name, with its rows and the SHA-256 of its bytes."""

    name: str
    rows: int
    sha256: str


@dataclass(frozen=True)
class Baseline:
    """All that was frozen. `side` are the returns requested in the period, `values` the KPIs anchored in it.

    `event_log_sha256` does not depend on the order of the events; `build` is what was frozen, `command` how.
    """

    name: str
    side: Side
    build: Manifest
    inputs: tuple[Input, ...]
    event_log_sha256: str
    key_sha256: str
    references: tuple[Reference, ...]
    values: tuple[FrozenValue, ...]
    kept: tuple[Kept, ...]
    command: str

    def value(self, measure: str) -> FrozenValue | None:
        """Return what was frozen of a measure, None when there is none of that name."""
        return next((one for one in self.values if one.measure.measure == measure), None)

    def to_json(self) -> str:
        """Return the record as JSON: sorted keys, whole floats, no clock of the machine in it."""
        told = asdict(self) | {"format": FORMAT}
        cohort = self.side.cohort
        told["side"] = {
            "start": str(self.side.start),
            "end": str(self.side.end),
            "cohort": json.loads(cohort.to_json()),
            "cohort_digest": cohort.digest,
        }
        return json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Baseline:
        """Read what `to_json` wrote. Raises ValueError, TypeError or KeyError for anything else."""
        told = json.loads(text)
        if told.pop("format") != FORMAT:
            raise ValueError(f"its format is not {FORMAT}")
        return cls(
            name=told["name"],
            side=_side(told["side"]),
            build=Manifest(**told["build"]),
            inputs=tuple(Input(**one) for one in told["inputs"]),
            event_log_sha256=told["event_log_sha256"],
            key_sha256=told["key_sha256"],
            references=tuple(_reference(one) for one in told["references"]),
            values=tuple(_value(one) for one in told["values"]),
            kept=tuple(Kept(**one) for one in told["kept"]),
            command=told["command"],
        )


def _side(told: Mapping[str, Any]) -> Side:
    cohort = Cohort.from_json(json.dumps(told["cohort"]))
    return Side(date.fromisoformat(told["start"]), date.fromisoformat(told["end"]), cohort)


def _reference(told: Mapping[str, Any]) -> Reference:
    rows = tuple(tuple(row) for row in told["rows"])
    return Reference(told["table"], tuple(told["columns"]), rows, told["sha256"])


def _value(told: Mapping[str, Any]) -> FrozenValue:
    interval = told["interval"]
    return FrozenValue(
        **{
            **told,
            "measure": MeasureName(**told["measure"]),
            "left_out_reasons": tuple((reason, n) for reason, n in told["left_out_reasons"]),
            "interval": None if interval is None else (interval[0], interval[1]),
            "distribution": tuple((name, value) for name, value in told["distribution"]),
        }
    )
