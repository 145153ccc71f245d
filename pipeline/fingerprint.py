"""Name the content that a build read, so that two builds of the same extracts can be told to be that."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def content_sha256(files: Iterable[tuple[str, Path]]) -> str:
    """Return the SHA-256 over every file's relative name, size and content, in order of the names.

    `files` pairs the relative name (with ``/``) and the place of each file; where the folder lies does not matter.
    """
    total = hashlib.sha256()
    for name, path in sorted(files):
        with path.open("rb") as handle:
            content = hashlib.file_digest(handle, "sha256").hexdigest()
        total.update(f"{name}\0{path.stat().st_size}\0{content}\n".encode())
    return total.hexdigest()
