"""Name the content that a build read, so that two builds of the same extracts can be told to be that."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class FileHash:
    """A file by its relative name (with ``/``), its size in bytes and the SHA-256 of its content, in hex."""

    name: str
    size: int
    sha256: str


def file_hash(name: str, path: Path) -> FileHash:
    """Return what names the content of the file at `path`."""
    with path.open("rb") as handle:
        content = hashlib.file_digest(handle, "sha256").hexdigest()
    return FileHash(name, path.stat().st_size, content)


def file_hashes(files: Iterable[tuple[str, Path]]) -> tuple[FileHash, ...]:
    """Return the hash of each file, in order of the names; `files` pairs the relative name and the place of each."""
    return tuple(file_hash(name, path) for name, path in sorted(files))


def content_sha256(files: Iterable[FileHash]) -> str:
    """Return the SHA-256 over every file's relative name, size and content, in the order given.

    Where the files lie does not matter.
    """
    total = hashlib.sha256()
    for file in files:
        total.update(f"{file.name}\0{file.size}\0{file.sha256}\n".encode())
    return total.hexdigest()
