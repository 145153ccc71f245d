"""One build of every literal world."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline import warehouse
from pipeline.warehouse import Connection
from tests.built_once import build_marts, built_once
from tests.worlds import reference, test_exceptions, test_kpis, test_log
from tests.worlds.rows import Extracts

AS_OF = datetime(2025, 6, 30, 12, tzinfo=UTC).replace(tzinfo=None)


@pytest.fixture(scope="session")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """The warehouse of all worlds, as of 30 June 2025 12:00 UTC."""

    def make(folder: Path) -> None:
        extracts = Extracts()
        for world in (reference, test_log, test_exceptions, test_kpis):
            world.fill(extracts)
        extracts.write(folder / "extracts")
        build_marts(folder / "extracts", folder, AS_OF)

    with warehouse.reading(built_once(tmp_path_factory, "worlds", make) / "warehouse.duckdb") as con:
        yield con
