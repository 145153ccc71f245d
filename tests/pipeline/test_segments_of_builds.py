"""The segments of a build."""

from __future__ import annotations

from pathlib import Path

from mining.log import EventLog
from mining.segments import segments
from pipeline.publish import open_published


def test_the_segments_of_a_build_add_up(built_workspace: Path) -> None:
    with open_published(built_workspace) as published:
        found = segments(EventLog(published.connection))
    assert found.returns > 20
    assert sum(one.elapsed_micros for one in found.segments) == found.elapsed_micros
    assert sum(one.business_micros for one in found.segments) == found.business_micros
    assert {one.returns + one.absent for one in found.segments} == {found.returns}
