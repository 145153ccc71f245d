"""A landing folder that grew by a per cent: what a build costs that goes on from the published one."""

from __future__ import annotations

import math
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from tests.bench.builds import Measured, build_once, copies_of, manifest_of, together, workspace_of
from tests.bench.multiply import grow

PARTS = 100


def going_on(root: Path, millions: float, base_events: int, runs: int) -> Measured:
    """Add a hundredth of new returns to the extracts of a size that is built, the last event a day later, and go on.

    Each run goes on from a copy of the same workspace.
    """
    extracts, built = root / f"extracts-{millions:g}", workspace_of(root, millions)
    copies = copies_of(millions, base_events)
    last_at = datetime.fromisoformat(str(manifest_of(built).as_of_at)).replace(tzinfo=None)
    grow(root / "simulated", extracts, range(copies, copies + math.ceil(copies / PARTS)), last_at + timedelta(days=1))
    return together([_gone_on(extracts, built, root / "workspace-going-on") for _ in range(runs)])


def _gone_on(extracts: Path, built: Path, workspace: Path) -> Measured:
    shutil.copytree(built, workspace)
    try:
        return build_once(extracts, workspace, anew=False)
    finally:
        shutil.rmtree(workspace)


def told(grown: Measured, anew: Measured) -> str:
    """Return what docs/benchmarks.md says about it."""
    share, busy_share = grown.median / anew.median, grown.busy / anew.busy
    return (
        f"{grown.events - anew.events:,} events of new returns more, the last of them a day later, on\n"
        f"{anew.events:,}: {grown.median:.0f} s, {grown.busy:.0f} of the processors and "
        f"{grown.peak_bytes / 2**30:.1f} GiB, which is {share:.0%} of the seconds and {busy_share:.0%} of the work\n"
        "of everything anew."
    )
