"""How a log calls its cases and the values in its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Names:
    """How a log calls things: a case, its cases, and by column the name of each value (sites, entities, variants...).

    A value with a name is written ``Denver (202)``, or by the name alone where it only spells the value otherwise;
    `variant_id` and `exception_type` are columns too; so are `rule_id`, `kpi` and `kpi_part`, said by title alone.
    """

    noun: str = "return"
    nouns: str = "returns"
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, column: str, value: str | None) -> str:
        """Return a value of a column by its name."""
        if value is None:
            return "no value"
        name = self.values.get(column, {}).get(value)
        if name and _letters(name) == _letters(value):
            return name
        return f"{name} ({value})" if name else value

    def title(self, column: str, value: str) -> str:
        """Return the title of what the program calls by an id, in quotation marks; the id where it has no title."""
        name = self.values.get(column, {}).get(value)
        return f"“{name}”" if name else value


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


DEFAULT_NAMES = Names()
