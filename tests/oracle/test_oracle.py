"""A build of adversarial extracts answers what plain loops over the same extracts answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import pytest

from pipeline import warehouse
from tests.built_once import build_marts, built_once

from .answers import Answers, answer
from .comparison import PARTS
from .worlds import write_world

# Seed and whether the build is told an as-of instant.
WORLDS = {"as of the last event": (78, False), "as of an earlier instant": (79, True)}


@dataclass(frozen=True)
class Built:
    answers: Answers
    con: duckdb.DuckDBPyConnection


@pytest.fixture(scope="session", params=WORLDS)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    seed, is_given = WORLDS[request.param]
    extracts = tmp_path_factory.mktemp("extracts")
    earlier = write_world(seed, extracts, returns=60)
    as_of = earlier if is_given else None
    asked = as_of.replace(tzinfo=None) if as_of else None
    folder = built_once(tmp_path_factory, f"oracle-{seed}", lambda empty: build_marts(extracts, empty, asked))
    with warehouse.reading(folder / "warehouse.duckdb") as con:
        yield Built(answer(extracts, as_of), con)


@pytest.mark.parametrize("part", PARTS)
def test_build_answers_as_the_oracle_does(built: Built, part: str) -> None:
    assert PARTS[part](built.answers, built.con) == []


def test_world_is_adversarial(built: Built) -> None:
    events = [event for log in built.answers.log.values() for event in log]
    assert {event.ts_precision for event in events} == {"day", "second"}
    assert len({finding.exception_type for finding in built.answers.findings}) == 18
    assert len(built.answers.quarantine) >= 20
