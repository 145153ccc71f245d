"""Hold a frozen baseline against today's published build: is it what was frozen, what is restated, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pipeline.errors import ChecksFailedError, UsageError
from pipeline.instants import parse_instant
from pipeline.macros import Connection, render
from pipeline.publish import Manifest, Published
from pipeline.warehouse import literal
from proof.baseline.causes import THEN, RowsChanged, Then, lay_causes, rows_changed
from proof.baseline.freezing import FILES, key_sha256
from proof.baseline.ground import MEASURES, build_inputs, lay_ground
from proof.baseline.record import Baseline, Input
from proof.baseline.restated import Restatement, restatements
from proof.baseline.store import Stored, open_baseline

_END_OF_TIME = datetime(9999, 12, 31)


@dataclass(frozen=True)
class InputChanged:
    """A file, part of the code or version that is another today; the contents are None where there is none."""

    kind: str
    name: str
    then: str | None
    now: str | None


@dataclass(frozen=True)
class Verification:
    """What has become of a baseline.

    `stored.changed` says what was tampered with; nothing is recomputed then. `build` is today's, `inputs` what it is
    made of otherwise, `rows` how many rows of the extracts changed, `restatements` the measures that are others now.
    """

    stored: Stored
    build: Manifest
    inputs: tuple[InputChanged, ...] = ()
    rows: tuple[RowsChanged, ...] = ()
    restatements: tuple[Restatement, ...] = ()

    @property
    def is_tampered(self) -> bool:
        """Whether a file of the baseline is not what was frozen."""
        return bool(self.stored.changed)

    def today(self, measure: str) -> float | None:
        """Return what today's data gives for a measure of the frozen period; None when nothing is measured."""
        restated = next((one for one in self.restatements if one.measure.measure == measure), None)
        if restated is not None:
            return restated.today
        frozen = self.stored.baseline.value(measure) if self.stored.baseline else None
        return None if frozen is None else frozen.value

    def intact(self) -> Baseline:
        """Return the baseline. Raises ChecksFailedError, saying what was changed, when it is not what was frozen."""
        if self.stored.baseline is None or self.stored.changed:
            raise ChecksFailedError(
                f"The baseline {self.stored.name} is not what was frozen: {'; '.join(self.stored.changed)}. "
                "Restore its folder from a backup; nothing was recomputed."
            )
        return self.stored.baseline


def verify(published: Published, name: str, seal: str | None = None) -> Verification:
    """Check the files of a baseline, against a noted `seal` too where it is given, and recompute it on today's build.

    Raises UsageError when there is no such baseline, or when rows cannot be told apart for want of the workspace's key.
    """
    stored = open_baseline(published.workspace, name)
    if seal is not None and seal.strip().lower() != stored.seal:
        told = f"its seal is {stored.seal or 'missing'}, the one that was noted is {seal.strip()}: it was replaced"
        stored = replace(stored, changed=(*stored.changed, told))
    if stored.baseline is None or stored.changed:
        return Verification(stored, published.manifest)
    return _recomputed(published, stored, stored.baseline)


def _recomputed(published: Published, stored: Stored, baseline: Baseline) -> Verification:
    con, key = published.connection, published.workspace.people_key()
    if key_sha256(key) != baseline.key_sha256:
        raise UsageError(
            f"The workspace's key (people.key) is not the one that {baseline.name} was frozen with, so that its rows "
            "cannot be held against today's. Bring the old key back, and verify again."
        )
    inputs = _inputs_changed(baseline.inputs, build_inputs(con))
    lay_ground(published, baseline.side, key)
    _lay_frozen(con, stored.folder, baseline)
    is_other_code = any(one.kind != "extract" for one in inputs)
    then, now = (_instant(build) for build in (baseline.build, published.manifest))
    lay_causes(con, Then(then, now, is_other_code, not baseline.side.cohort.steps))
    return Verification(stored, published.manifest, inputs, rows_changed(con), restatements(con, baseline.values))


def _lay_frozen(con: Connection, folder: Path, baseline: Baseline) -> None:
    for file, relation in FILES.items():
        path = literal(str(folder / file))
        con.execute(f"create or replace temp table {THEN[relation]} as from read_parquet({path})")
    con.execute(f"create or replace temp table {MEASURES} as from ({render('baseline_measures')}) limit 0")
    rows = [
        [one.position, one.measure, one.kpi, one.part or None, one.statistic, one.title, one.unit, one.aggregate]
        for one in (value.measure for value in baseline.values)
    ]
    for row in rows:
        con.execute(f"insert into {MEASURES} values (?, ?, ?, ?, ?, ?, ?, ?)", row)  # noqa: S608 -- a table of proof


def _instant(build: Manifest) -> datetime:
    return _END_OF_TIME if build.as_of_at is None else parse_instant(build.as_of_at, "as_of_at")


def _inputs_changed(then: tuple[Input, ...], now: tuple[Input, ...]) -> tuple[InputChanged, ...]:
    before, after = ({(one.kind, one.name): one.content for one in inputs} for inputs in (then, now))
    changed = [key for key in sorted(before.keys() | after.keys()) if before.get(key) != after.get(key)]
    return tuple(InputChanged(*key, before.get(key), after.get(key)) for key in changed)
