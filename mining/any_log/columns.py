"""Which attributes of a foreign log say what an event is, and what its cases' own attributes are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

CASE_PREFIX = "case:"
LIFECYCLE = "lifecycle:transition"
DEPARTMENTS = ("org:group", "department")
SYSTEMS = ("source_system", "org:system", "system")


@dataclass(frozen=True)
class Columns:
    """The names of an event's case, activity, instant and resource; those of XES unless told otherwise.

    In XES a case named ``case:<key>`` is the trace's attribute `key`; every other name is an attribute of the event.
    A log need not have resources, unless their name is given.
    """

    case: str = "case:concept:name"
    activity: str = "concept:name"
    timestamp: str = "time:timestamp"
    resource: str = "org:resource"

    def required(self) -> tuple[str, ...]:
        """Names that a file must have."""
        asked = () if self.resource == Columns.resource else (self.resource,)
        return (self.case, self.activity, self.timestamp, *asked)

    def used(self) -> tuple[str, ...]:
        """Every name that says something about an event, each once."""
        named = (self.case, self.activity, self.timestamp, self.resource)
        return tuple(dict.fromkeys((*named, LIFECYCLE, *DEPARTMENTS, *SYSTEMS)))


def attribute_names(keys: Sequence[str]) -> tuple[str, ...]:
    """Return a column name for each key, in order: the key with ``case:`` before it.

    The engine does not tell upper from lower case in names, so that of keys that differ in nothing else the later
    ones get a number.
    """
    names: list[str] = []
    taken: set[str] = set()
    for key in keys:
        full = key if key.startswith(CASE_PREFIX) else CASE_PREFIX + key
        name, number = full, 1
        while name.lower() in taken:
            number += 1
            name = f"{full} ({number})"
        taken.add(name.lower())
        names.append(name)
    return tuple(names)
