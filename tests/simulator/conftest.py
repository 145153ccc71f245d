"""Small simulations for the tests that only read what was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator import Truth, simulate


@pytest.fixture(scope="session")
def landing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("landing") / "extracts"


@pytest.fixture(scope="session")
def truth(landing: Path) -> Truth:
    return simulate(landing, returns=400, seed=11)


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Extracts without mess, where every row counts."""
    out = tmp_path_factory.mktemp("clean") / "extracts"
    simulate(out, returns=400, seed=11, scenario="clean")
    return out
