"""Libraries are imported in the background, and never longer than the block needs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pipeline.libraries import imported_meanwhile


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Two modules that nothing has imported; the first takes a while."""
    names = (f"of_{tmp_path.name}_slow".replace("-", "_"), f"of_{tmp_path.name}_quick".replace("-", "_"))
    for name, text in zip(names, ("import time\ntime.sleep(0.3)\n", ""), strict=True):
        (tmp_path / f"{name}.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    return names


def test_all_are_there_when_the_block_ends(modules: tuple[str, str]) -> None:
    with imported_meanwhile(modules):
        assert modules[1] not in sys.modules
    assert set(modules) <= sys.modules.keys()


def test_no_other_is_begun_when_the_block_fails(modules: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="bad extract"), imported_meanwhile(modules):
        raise ValueError("bad extract")
    assert modules[1] not in sys.modules


def test_one_that_is_missing_is_left_to_who_needs_it(modules: tuple[str, str]) -> None:
    with imported_meanwhile(("no_such_library", modules[1])):
        pass
    assert modules[1] in sys.modules
