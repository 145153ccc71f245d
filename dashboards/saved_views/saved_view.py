"""A saved view, and how a file holds one."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pipeline.errors import UsageError

LONGEST_NAME = 80
LONGEST_QUERY = 8_000
_FORMAT = 1
_PAGE = re.compile(r"[a-z]+(-[a-z]+)*")
_QUERY = re.compile(r"[!-~]*")
_OWNER = re.compile(r"([0-9a-f]{64})?")
_KINDS: Mapping[str, tuple[type, ...]] = {
    "format": (int,),
    "name": (str,),
    "page": (str,),
    "query": (str,),
    "saved_at": (str,),
    "build": (int,),
    "as_of_at": (str, type(None)),
    "owner": (str,),
    "is_shared": (bool,),
}


@dataclass(frozen=True)
class SavedView:
    """The address of a page under a name, and when it was saved, on which build.

    `page` is the page's path, `query` what follows the question mark; `saved_at` and `as_of` are naive UTC, `as_of` is
    None for a log without events. `owner` is an opaque digest, empty without a sign-in. Raises UsageError for a name or
    an address that no view may have.
    """

    name: str
    page: str
    query: str
    saved_at: datetime
    build: int
    as_of: datetime | None
    owner: str = ""
    is_shared: bool = False

    def __post_init__(self) -> None:
        """Refuse what could not be shown, or would lead elsewhere than to a page."""
        if self.name != checked_name(self.name):
            raise UsageError("The name has blanks around it or in a row; expected it without.")
        if not _PAGE.fullmatch(self.page):
            raise UsageError("The page is no path of a page; expected small letters and hyphens, such as process-map.")
        if len(self.query) > LONGEST_QUERY:
            raise UsageError(
                f"The address has {len(self.query):,} characters; expected {LONGEST_QUERY:,} at most. "
                "Undo some of the filters."
            )
        if not _QUERY.fullmatch(self.query):
            raise UsageError("The address holds what an address cannot; expected it percent-encoded.")
        if not _OWNER.fullmatch(self.owner):
            raise UsageError("The owner is no digest; expected 64 hexadecimal digits, or nothing.")

    @property
    def address(self) -> str:
        """The address that opens the view."""
        return f"/{self.page}?{self.query}".rstrip("?")

    def may_be_seen_by(self, reader: str) -> bool:
        """Whether this reader gets it in the list; the empty one, without a sign-in, gets all."""
        return self.is_shared or self.may_be_changed_by(reader)

    def may_be_changed_by(self, reader: str) -> bool:
        """Whether this reader may rename, share and delete it."""
        return reader in ("", self.owner)

    def to_json(self) -> str:
        """Return the text of its file."""
        return json.dumps(
            {
                "format": _FORMAT,
                "name": self.name,
                "page": self.page,
                "query": self.query,
                "saved_at": self.saved_at.replace(tzinfo=UTC).isoformat(),
                "build": self.build,
                "as_of_at": self.as_of.replace(tzinfo=UTC).isoformat() if self.as_of else None,
                "owner": self.owner,
                "is_shared": self.is_shared,
            },
            indent=2,
        )

    @classmethod
    def from_json(cls, text: str) -> SavedView:
        """Read what `to_json` wrote. Raises UsageError for any other text."""
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise UsageError("It is no JSON.") from error
        _check(found)
        return cls(
            name=found["name"],
            page=found["page"],
            query=found["query"],
            saved_at=_instant(found["saved_at"]),
            build=found["build"],
            as_of=_instant(found["as_of_at"]) if found["as_of_at"] is not None else None,
            owner=found["owner"],
            is_shared=found["is_shared"],
        )


def checked_name(text: str) -> str:
    """Return a name with single blanks only. Raises UsageError for one that is empty, too long or not to be read."""
    name = unicodedata.normalize("NFC", " ".join(text.split()))
    if not name:
        raise UsageError("The view has no name; expected some words. Name it.")
    if len(name) > LONGEST_NAME:
        raise UsageError(f"The name has {len(name)} characters; expected {LONGEST_NAME} at most. Shorten it.")
    if not name.isprintable():
        raise UsageError(
            "The name holds a character that cannot be seen; expected letters, digits and signs. Retype it."
        )
    return name


def _check(found: Any) -> None:
    """Refuse what has not exactly the values of a view, each of its kind."""
    if not isinstance(found, dict) or found.keys() != _KINDS.keys():
        raise UsageError(f"It has not the values of a saved view; expected {', '.join(_KINDS)}.")
    for key, kinds in _KINDS.items():
        if type(found[key]) not in kinds:
            expected = " or ".join("null" if kind is type(None) else kind.__name__ for kind in kinds)
            raise UsageError(f"{key} is a {type(found[key]).__name__}; expected {expected}.")
    if found["format"] != _FORMAT:
        raise UsageError(f"It is of format {found['format']}; expected {_FORMAT}, which this version reads.")


def _instant(text: str) -> datetime:
    """Return an instant as naive UTC."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.utcoffset() != timedelta():
        raise UsageError(f"{text[:40]!r} is no time; expected one in UTC such as 2026-03-01T09:30:00+00:00.")
    return found.replace(tzinfo=None)
