"""What lies below a folder, to compare before and after."""

from __future__ import annotations

import hashlib
from pathlib import Path


def tree_of(folder: Path) -> dict[str, str]:
    """Every file and folder below `folder` with a hash of its content; the lock file's content is nobody's business."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        if path.is_file() and path.name != ".lock"
        else "-"
        for path in sorted(folder.rglob("*"))
    }
