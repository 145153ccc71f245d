"""A roll-out table that cannot be used: the file is named, never where it lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import UsageError
from proof.rollout_file import read_rollout


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "rollout.csv cannot be read (No such file or directory)"),
        ("unit,on\n", "rollout.csv has the columns unit, on; expected"),
        ("unit_kind,unit,on,change\n", "rollout.csv names no unit"),
        ("unit_kind,unit,on,change\nsite,101,May,Portal\n", "rollout.csv, line 2: found 'May'"),
        ("unit_kind,unit,on,change\n" + "site,101,2025-05-01,Portal\n" * 2, "names the site '101' twice"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_by_its_name(tmp_path: Path, text: str | None, words: str) -> None:
    file = tmp_path / "rollout.csv"
    if text is not None:
        file.write_text(text)
    with pytest.raises(UsageError) as refused:
        read_rollout(file)
    assert words in str(refused.value)
    assert str(tmp_path) not in str(refused.value)
