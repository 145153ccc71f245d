"""Reading XES (IEEE Std 1849-2016) as a stream, however large the file is."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NoReturn
from xml.parsers import expat

from pipeline.errors import UsageError

_CHUNK = 1 << 20
_ATTRIBUTES = frozenset({"string", "date", "int", "float", "boolean", "id"})
_LOG, _CHILD, _GRANDCHILD, _LEAF = 1, 2, 3, 4

Event = tuple[int, dict[str, str]]
Trace = tuple[int, dict[str, str]]


class _Names(dict[str, str]):
    """The local names of tags, with a namespace's prefix or without."""

    def __missing__(self, tag: str) -> str:
        name = self[tag] = tag.rpartition(":")[2]
        return name


class XesStream:
    """The events and traces of an XES file in the order of the file.

    `events` has (number of the trace, attributes) for every event, of which only those in `wanted` are kept; `traces`
    has (number, attributes) for every trace that ended. Both are emptied by whoever reads. Attributes nested in other
    attributes, lists, globals, classifiers and extensions are passed over. `events_read` counts the events of traces,
    `outside` those that stand in none.
    """

    def __init__(self, path: Path, wanted: frozenset[str]) -> None:
        self.events: list[Event] = []
        self.traces: list[Trace] = []
        self.outside = 0
        self.events_read = 0
        self._path = path
        self._wanted = wanted
        self._names = _Names()
        self._depth = 0
        self._number = 0
        self._trace: dict[str, str] | None = None
        self._event: dict[str, str] | None = None
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.EntityDeclHandler = self._refuse_entity

    def read(self) -> Iterator[None]:
        """Read the file, pausing after each piece of it so that what was found can be taken away.

        Raises UsageError naming the file and the line of what is not XES.
        """
        try:
            with _opened(self._path) as binary:
                for piece in iter(lambda: binary.read(_CHUNK), b""):
                    self._parser.Parse(piece, False)
                    yield
                self._parser.Parse(b"", True)
                yield
        except expat.ExpatError as error:
            raise UsageError(
                f"{self._path}: line {error.lineno}: {expat.errors.messages[error.code]}; expected XES, which is XML. "
                "Export the log again or mend the file."
            ) from error
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise UsageError(f"{self._path} cannot be unpacked ({error}); expected a gzip file.") from error

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        depth = self._depth
        if depth == _LEAF:
            if self._event is not None and self._names[tag] in _ATTRIBUTES:
                key = attributes.get("key", "")
                if key in self._wanted and "value" in attributes:
                    self._event[key] = attributes["value"]
        elif depth == _GRANDCHILD:
            if self._trace is not None:
                self._start_in_trace(self._names[tag], attributes)
        elif depth == _CHILD:
            self._start_in_log(self._names[tag])
        elif depth == _LOG and self._names[tag] != "log":
            self._refuse(f"the root element is <{tag}>; expected <log>, the root of XES.")

    def _start_in_trace(self, name: str, attributes: dict[str, str]) -> None:
        if name == "event":
            self._event = {}
        elif name in _ATTRIBUTES and self._trace is not None and "value" in attributes:
            self._trace[attributes.get("key", "")] = attributes["value"]

    def _start_in_log(self, name: str) -> None:
        if name == "trace":
            self._number += 1
            self._trace = {}
        elif name == "event":
            self.outside += 1

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if self._depth == _CHILD and self._event is not None:
            self.events.append((self._number, self._event))
            self.events_read += 1
            self._event = None
        elif self._depth == _LOG and self._trace is not None:
            self.traces.append((self._number, self._trace))
            self._trace = None

    def _refuse_entity(self, name: str, *_: object) -> None:
        self._refuse(f"declares the entity {name!r}; logs need none, and entities can swell without bounds.")

    def _refuse(self, what: str) -> NoReturn:
        raise UsageError(f"{self._path}: line {self._parser.CurrentLineNumber}: {what}")


def _opened(path: Path) -> IO[bytes]:
    return gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb")  # type: ignore[return-value]
