"""Conditions: attribute = value, one or two at once."""

from __future__ import annotations

from dataclasses import dataclass

OTHER, UNKNOWN = "(other)", "(unknown)"


@dataclass(frozen=True, order=True)
class Condition:
    """What some cases share: (attribute, value) pairs, all of which hold."""

    parts: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        """Return the condition as ``attribute = value and ...``."""
        return " and ".join(f"{attribute} = {value}" for attribute, value in self.parts)

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes it is about."""
        return tuple(attribute for attribute, _ in self.parts)

    @property
    def says_something(self) -> bool:
        """Whether every value is one that is known, not a group of rare ones."""
        return all(value not in (OTHER, UNKNOWN) for _, value in self.parts)

    def contains(self, other: Condition) -> bool:
        """Whether whatever meets this condition meets `other` too, and more is asked than there."""
        return set(other.parts) < set(self.parts)
