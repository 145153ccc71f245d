"""What a long run keeps on disk: simulated worlds, and what was said of every world, so that it can go on later."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.bench.known_effects.measured import Outcome, Said
from tests.bench.known_effects.worlds import Tables

_ESTIMATES = ("ours", "plain", "naive", "rollout")


def kept_tables(folder: Path, name: str, make: Callable[[], Tables]) -> Tables:
    """Return the tables of a world, made once and kept in a file of this run's own folder."""
    path = folder / f"{name}.pickle"
    if path.exists():
        found: Tables = pickle.loads(path.read_bytes())
        return found
    folder.mkdir(parents=True, exist_ok=True)
    made, aside = make(), path.with_suffix(".part")
    aside.write_bytes(pickle.dumps(made))
    aside.rename(path)
    return made


def keep_outcome(path: Path, outcome: Outcome) -> None:
    """Add what was said of a world to the file of its scenario, one line each."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(outcome)) + "\n")


def read_outcomes(path: Path, seeds: Iterable[int]) -> dict[int, Outcome]:
    """Return what was said of the worlds of these seeds, by seed."""
    wanted, lines = set(seeds), path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    found = (_outcome(json.loads(line)) for line in lines)
    return {one.seed: one for one in found if one.seed in wanted}


def _outcome(record: dict[str, Any]) -> Outcome:
    estimates = {kind: _said(record.pop(kind)) for kind in _ESTIMATES}
    return Outcome(record["seed"], **estimates, called=tuple(record["called"]), segments=tuple(record["segments"]))


def _said(records: dict[str, dict[str, Any]]) -> dict[str, Said]:
    return {name: Said(**{**one, "interval": tuple(one["interval"])}) for name, one in records.items()}
