"""The pack of a real build of simulated returns."""

from __future__ import annotations

from pathlib import Path

import pytest

from report.run import Wish, document


@pytest.fixture(scope="session")
def pack(built_workspace: Path) -> str:
    """The pack of all returns, as HTML."""
    return document(Wish(built_workspace))
