"""What the sheets of the pack are made of: answers of the warehouse, as the pages are told them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboards.answers import Measure
from dashboards.attention.exceptions import AgeClass, Flagged, Group, Totals
from dashboards.published import Build
from dashboards.recovery.amounts import ClaimWindow, Recovered, SupplierFunnel
from dashboards.scope import Returns, Scope
from dashboards.scorecard.tiles import Tile
from dashboards.time.segments import Way
from dashboards.trust.evidence import Evidence, Versions
from dashboards.trust.stamp_concerns import Concern
from mining.bottlenecks import Bottleneck
from mining.cohort import Names
from mining.drawing.picture import Picture
from pipeline.kpis import KpiRow


@dataclass(frozen=True)
class Subject:
    """What a pack is about, and the command that makes it again."""

    build: Build
    scope: Scope
    names: Names
    currency: str
    command: str

    @property
    def entities(self) -> Mapping[str, str]:
        """The names of the entities by their ids."""
        return self.names.values["entity_id"]


@dataclass(frozen=True)
class Doing:
    """How returns are doing: all KPI tiles, the sentence that matters, and the returns with an item in the period.

    `baseline` names the one that changes are told since, None for none.
    """

    tiles: Sequence[Tile]
    sentence: str
    cohort: Returns
    baseline: str | None


@dataclass(frozen=True)
class Spent:
    """Where the time of the returns that began in the period goes; `way` is None when none of them is closed."""

    way: Way | None
    ranking: Sequence[Bottleneck]
    cohort: Returns


@dataclass(frozen=True)
class Run:
    """How the same returns run: the map at first sight, None of nothing, and the sentence that says what it shows."""

    picture: Picture | None
    sentence: str


@dataclass(frozen=True)
class Waiting:
    """The open exceptions detected in the period: in all, by age and type, the oldest and the dearest of them."""

    totals: Totals
    resolved: int
    ages: Sequence[AgeClass]
    groups: Sequence[Group]
    oldest: Sequence[Flagged]
    dearest: Sequence[Flagged]
    cohort: Returns


@dataclass(frozen=True)
class Recovery:
    """What is recovered of the lines first decided in the period, and what is left; `measured` are KPI rows by name."""

    measured: Mapping[str, KpiRow]
    recovered: Sequence[Recovered]
    suppliers: Sequence[SupplierFunnel]
    windows: Sequence[ClaimWindow]
    cohort: Returns


@dataclass(frozen=True)
class Proof:
    """What speaks for and against the numbers, worst first, and what they mean."""

    evidence: Evidence
    concerns: Sequence[Concern]
    versions: Versions
    measures: Sequence[Measure]


@dataclass(frozen=True)
class Pack:
    """Everything that the pack says."""

    subject: Subject
    doing: Doing
    spent: Spent
    run: Run
    waiting: Waiting
    recovery: Recovery
    proof: Proof
