"""One build of every literal world."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.build import BuildRequest, build
from pipeline.progress import PlainProgress
from pipeline.publish import open_published
from pipeline.warehouse import Connection
from tests.worlds import reference, test_exceptions, test_kpis, test_log
from tests.worlds.rows import Extracts

AS_OF = datetime(2025, 6, 30, 12, tzinfo=UTC).replace(tzinfo=None)


@pytest.fixture(scope="session")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """The published warehouse of all worlds, as of 30 June 2025 12:00 UTC."""
    folder: Path = tmp_path_factory.mktemp("worlds")
    extracts = Extracts()
    for world in (reference, test_log, test_exceptions, test_kpis):
        world.fill(extracts)
    extracts.write(folder / "extracts")
    build(BuildRequest(folder / "extracts", folder / "workspace", AS_OF), PlainProgress())
    with open_published(folder / "workspace") as published:
        yield published.connection
