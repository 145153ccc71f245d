"""The folder of saved views in a workspace: one small file for each, named by chance, never by what a reader typed.

Whoever changes something holds the folder's lock, so that two servers lose nothing of one another; whoever reads needs
none, because a file is written beside its place and put there in one step.
"""

from __future__ import annotations

import fcntl
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from stat import S_ISREG
from uuid import uuid4

from dashboards.saved_views.saved_view import SavedView, checked_name
from pipeline.durable import replace_text, sync_folder
from pipeline.errors import UsageError

MOST_VIEWS = 100
LARGEST_FILE = 16_384
_LOCK = ".lock"
_FILE = re.compile(r"[0-9a-f]{32}\.json")
_UNFINISHED = re.compile(r"[0-9a-f]{32}\.json\.new")


@dataclass(frozen=True)
class Listing:
    """The views that a reader may see by their keys, in the order of their names, and files that are no views.

    `skipped` says by file name what is wrong with a file.
    """

    views: dict[str, SavedView]
    skipped: dict[str, str]


class ViewStore:
    """The saved views in a folder, which is made when the first one is saved.

    A `reader` is the digest of whoever looks; the empty one, where there is no sign-in, may see and change all.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def listing(self, reader: str) -> Listing:
        """Return what a reader may see. Raises UsageError when the folder cannot be read."""
        try:
            everything = self._everything()
        except OSError as error:
            raise _no_access("read", error) from error
        seen = {key: view for key, view in everything.views.items() if view.may_be_seen_by(reader)}
        return replace(everything, views=seen)

    def save(self, view: SavedView) -> str:
        """Keep one more view and return its key.

        Raises UsageError when its owner has one of that name, or too many, or the folder cannot be written.
        """
        with self._changing():
            self._check_room(view)
            key = uuid4().hex
            self._write(key, view)
        return key

    def change(self, key: str, reader: str, name: str, is_shared: bool) -> SavedView:
        """Give a view another name, share it or not, and return what it is now. Raises UsageError as `save`."""
        with self._changing():
            changed = replace(self._own(key, reader), name=checked_name(name), is_shared=is_shared)
            self._check_name(changed, key)
            self._write(key, changed)
        return changed

    def delete(self, key: str, reader: str) -> SavedView:
        """Take a view away and return what it was. Raises UsageError when it is gone already, or not the reader's."""
        with self._changing():
            found = self._own(key, reader)
            self._path(key).unlink()
            sync_folder(self._folder)
        return found

    def _everything(self) -> Listing:
        views: dict[str, SavedView] = {}
        skipped: dict[str, str] = {}
        for path in sorted(self._folder.iterdir()) if self._folder.is_dir() else ():
            if path.name == _LOCK or _UNFINISHED.fullmatch(path.name):
                continue
            try:
                views[path.stem] = _read(path)
            except FileNotFoundError:  # deleted between the two lines
                continue
            except OSError as error:
                skipped[path.name] = f"It cannot be read ({error.strerror})."
            except UsageError as error:
                skipped[path.name] = str(error)
        return Listing(dict(sorted(views.items(), key=lambda item: (item[1].name.casefold(), item[0]))), skipped)

    def _own(self, key: str, reader: str) -> SavedView:
        """The view with this key, if the reader may change it."""
        found = self._everything().views.get(key)
        if found is None or not found.may_be_changed_by(reader):
            raise UsageError("The view is not there any more, or is not yours. Open the list again.")
        return found

    def _check_room(self, view: SavedView) -> None:
        own = [one for one in self._everything().views.values() if one.owner == view.owner]
        if len(own) >= MOST_VIEWS:
            raise UsageError(f"You have {len(own)} saved views; expected {MOST_VIEWS} at most. Delete one first.")
        self._check_name(view)

    def _check_name(self, view: SavedView, key: str = "") -> None:
        for other, one in self._everything().views.items():
            if other != key and one.owner == view.owner and one.name.casefold() == view.name.casefold():
                raise UsageError(
                    f"You have a view named “{one.name}” already. Choose another name, or delete that one."
                )

    def _write(self, key: str, view: SavedView) -> None:
        replace_text(self._path(key), view.to_json() + "\n")

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.json"

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Hold the lock of the folder; the system frees it when the process dies."""
        try:
            self._folder.mkdir(exist_ok=True)
            with (self._folder / _LOCK).open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield
        except OSError as error:
            raise _no_access("written", error) from error


def _read(path: Path) -> SavedView:
    """Read one file. Raises FileNotFoundError when it is gone, UsageError when it holds no view."""
    if not _FILE.fullmatch(path.name):
        raise UsageError("Its name is not that of a saved view.")
    if not S_ISREG(path.lstat().st_mode):
        raise UsageError("It is no plain file.")
    with path.open("rb") as handle:
        held = handle.read(LARGEST_FILE + 1)
    if len(held) > LARGEST_FILE:
        raise UsageError(f"It is larger than the {LARGEST_FILE:,} bytes of a saved view.")
    try:
        return SavedView.from_json(held.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UsageError("It is no text in UTF-8.") from error


def _no_access(done: str, error: OSError) -> UsageError:
    return UsageError(
        f"The saved views of the workspace cannot be {done} ({error.strerror}). Whoever runs Retrace can let the "
        "server into the folder views/ of the workspace; everything else goes on."
    )
