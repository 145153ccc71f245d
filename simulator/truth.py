"""The planted truth of a simulation: what is slow and why, every exception, every near miss, every defect."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from simulator.findings import Finding
from simulator.mess import Defects
from simulator.planted_effect import PlantedEffect

FILE = "truth.json"
MADE_BY = "retrace simulate"

Origin = Literal["injected", "natural"]


@dataclass(frozen=True)
class PlantedException:
    """An exception that is in the extracts: injected on purpose, or brought about by the process itself."""

    exception_type: str
    object_id: str
    origin: Origin


@dataclass(frozen=True)
class Decoy:
    """An object that nearly is an exception of a type, and must not be flagged as one."""

    exception_type: str
    object_id: str


@dataclass(frozen=True)
class PlantedBottleneck:
    """Where work waits longest: the department, its site, the activity it waits for, and how it was planted."""

    department: str
    site_id: str
    activity: str
    how: str
    mean_wait_hours: float


@dataclass(frozen=True)
class PlantedRootCause:
    """What goods make inspections long and inspected again."""

    supplier_id: str
    category: str
    reason: str
    effect: str


@dataclass(frozen=True)
class Truth:
    """Everything planted. ``as_of`` is UTC; ``waits`` are mean waits in business hours by ``<team> <place>``."""

    scenario: str
    description: str
    seed: int
    returns: int
    as_of: str
    bottleneck: PlantedBottleneck | None
    root_cause: PlantedRootCause | None
    effect: PlantedEffect | None
    exceptions: tuple[PlantedException, ...]
    decoys: tuple[Decoy, ...]
    defects: Mapping[str, Defects]
    deleted_returns: tuple[str, ...]
    waits: Mapping[str, float]
    files: tuple[str, ...]

    def to_json(self) -> str:
        """Return the truth as JSON text."""
        return json.dumps({"made_by": MADE_BY, **asdict(self)}, indent=1, ensure_ascii=False) + "\n"


def planted_exceptions(found: Sequence[Finding], injected: Sequence[Finding]) -> tuple[PlantedException, ...]:
    """Return the exceptions that the books hold, each with its origin."""
    planted = set(injected)
    return tuple(
        PlantedException(kind, object_id, "injected" if (kind, object_id) in planted else "natural")
        for kind, object_id in found
    )


def written_files(out: Path) -> set[str] | None:
    """Return the files that an earlier simulation wrote into ``out``; None when it holds no planted truth."""
    try:
        loaded: Any = json.loads((out / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(loaded, dict) or loaded.get("made_by") != MADE_BY:
        return None
    return {FILE, *map(str, loaded.get("files", []))}
