"""Two freezes of one name at the same moment leave one sealed baseline, and the other says that it came too late."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from pipeline.errors import UsageError
from pipeline.publish import open_published
from proof.baseline import store
from proof.baseline.freezing import freeze
from proof.baseline.store import open_baseline
from tests.proof.frozen import QUARTER


def test_of_two_freezes_at_once_one_is_kept(workspace_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    both, sync_tree = Barrier(2, timeout=120), store.sync_tree

    def synced(folder: Path) -> None:
        both.wait()
        sync_tree(folder)

    monkeypatch.setattr(store, "sync_tree", synced)

    def frozen(_: int) -> str:
        with open_published(workspace_copy) as published:
            try:
                return freeze(published, "same", QUARTER).seal
            except UsageError:
                return ""

    with ThreadPoolExecutor(2) as pool:
        seals = [seal for seal in pool.map(frozen, range(2)) if seal]
    with open_published(workspace_copy) as published:
        kept = open_baseline(published.workspace, "same")
        assert (kept.changed, [kept.seal]) == ((), seals)
        assert not list(published.workspace.baselines.glob(".same*"))
