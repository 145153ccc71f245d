"""Which files of the landing folder the published build has not read, and whether a build can go on from it at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.build_inputs import code_and_tools, files_of_build, made_with
from pipeline.fingerprint import FileHash
from pipeline.warehouse import Connection

_FOUNDATION = ("reference/", "seeds/", "wms/sites")


@dataclass(frozen=True)
class FileChanges:
    """Names of files: `new` were not there, `changed` have another content, `vanished` are not there any more."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    vanished: tuple[str, ...]

    @property
    def to_read(self) -> tuple[str, ...]:
        """The files to read."""
        return (*self.new, *self.changed)

    @property
    def gone(self) -> tuple[str, ...]:
        """The files whose rows as the published build has them do not hold any more."""
        return (*self.changed, *self.vanished)

    def in_words(self) -> str:
        """Return how many files are new, changed and gone."""
        parts = ((self.new, "new"), (self.changed, "changed"), (self.vanished, "gone"))
        return ", ".join(f"{len(names)} {word}" for names, word in parts)


def file_changes(con: Connection, files: Iterable[FileHash]) -> FileChanges:
    """Hold the files of the landing folder against those that the build on `con` has read."""
    before = {file.name: file.sha256 for file in files_of_build(con)}
    now = {file.name: file.sha256 for file in files}
    return FileChanges(
        new=tuple(sorted(now.keys() - before.keys())),
        changed=tuple(sorted(name for name in now.keys() & before.keys() if now[name] != before[name])),
        vanished=tuple(sorted(before.keys() - now.keys())),
    )


def why_not_on(con: Connection, changes: FileChanges) -> str | None:
    """Return in words why a build cannot go on from the one on `con`, None when it can.

    The models, the vocabulary and the tools must be the same, and so must the tables that everything rests upon.
    """
    before = made_with(con)
    now = code_and_tools()
    other = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
    other = [name for name in other if name != "git commit"]
    if other:
        return f"the published build was made by another version ({', '.join(other[:4])})"
    moved = [name for name in (*changes.to_read, *changes.vanished) if name.startswith(_FOUNDATION)]
    if moved:
        return f"{moved[0]} changed, which every return rests upon"
    return None
