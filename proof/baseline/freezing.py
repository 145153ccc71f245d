"""Freeze a baseline: measure a period of the published build, and keep it so that it can be held against later data."""

from __future__ import annotations

import hashlib
import shlex
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.fingerprint import file_hash
from pipeline.publish import Published
from pipeline.warehouse import Connection, copy_out
from proof.baseline.ground import (
    EVENTS,
    ITEMS,
    ROWS,
    build_inputs,
    event_log_sha256,
    lay_ground,
    lay_measures,
    references,
)
from proof.baseline.measured import frozen_values
from proof.baseline.record import Baseline, Kept
from proof.baseline.store import checked_name, new_folder, refuse_frozen, write_record
from proof.question import Side

FILES = {"items.parquet": ITEMS, "events.parquet": EVENTS, "rows.parquet": ROWS}
_PARQUET = "format parquet, compression zstd"


@dataclass(frozen=True)
class Frozen:
    """A baseline just frozen, and its seal: to be noted elsewhere, so that nobody can replace all of it unseen."""

    baseline: Baseline
    seal: str


def freeze(published: Published, name: str, side: Side, cohort_file: Path | None = None) -> Frozen:
    """Freeze the returns of a side under a name, out of the published build.

    Raises UsageError for a name that is taken or is none, a period without a return and without an item, and a build
    that does not say what it was made of.
    """
    con, workspace = published.connection, published.workspace
    refuse_frozen(workspace, checked_name(name))
    inputs, key = build_inputs(con), workspace.people_key()
    names = lay_measures(con)
    lay_ground(published, side, key)
    _refuse_empty(con, side)
    with new_folder(workspace, name) as folder:
        baseline = Baseline(
            name=name,
            side=side,
            build=published.manifest,
            inputs=inputs,
            event_log_sha256=event_log_sha256(con),
            key_sha256=key_sha256(key),
            references=references(con),
            values=frozen_values(con, names, seed_of(side)),
            kept=tuple(_keep(con, folder, file, relation) for file, relation in FILES.items()),
            command=_command(name, side, workspace.root, cohort_file),
        )
        return Frozen(baseline, write_record(folder, baseline))


def key_sha256(key: str) -> str:
    """Return what tells whether the rows of two builds have digests of the same key."""
    return hashlib.sha256(f"baseline {key}".encode()).hexdigest()


def seed_of(side: Side) -> str:
    """Return the seed of a side's draws, hex digits."""
    return hashlib.sha256(f"{side.start} {side.end} {side.cohort.to_json()}".encode()).hexdigest()


def _refuse_empty(con: Connection, side: Side) -> None:
    [(dated,)] = con.execute(f"select count(anchor_date) from {ITEMS}").fetchall()  # noqa: S608 -- its own table
    if not dated:
        [(first, last)] = con.execute("select min(anchor_date), max(anchor_date) from marts.kpi_items").fetchall()
        span = f"the build has items from {first} to {last}" if first else "the build has no item at all"
        raise UsageError(
            f"Nothing happened from {side.start} up to {side.end} in these returns, so there is nothing to freeze; "
            f"{span}. Choose another period or cohort."
        )


def _keep(con: Connection, folder: Path, file: str, relation: str) -> Kept:
    copy_out(con, f"select * from {relation} order by all", folder / file, _PARQUET)  # noqa: S608
    [(rows,)] = con.execute(f"select count(*) from {relation}").fetchall()  # noqa: S608
    return Kept(file, rows, file_hash(file, folder / file).sha256)


def _command(name: str, side: Side, root: Path, cohort_file: Path | None) -> str:
    words = ["retrace", "baseline", "freeze", name, "--workspace", root.name]
    words += ["--from", str(side.start), "--to", str(side.end)]
    words += ["--cohort", cohort_file.name] if cohort_file else []
    return shlex.join(words)
