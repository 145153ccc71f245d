"""Expectations as data: which relation, which column, which border, how severe. Nothing here imports the engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from expectations.result import Severity

Argument = str | int | float | bool | datetime | tuple[str, ...] | tuple[bool, ...] | None
Bound = int | float | datetime


@dataclass(frozen=True)
class Expectation:
    """One border: a Great Expectations type with its arguments, on one relation.

    ``relation`` is ``schema.table`` or the name of a derived relation of the suite. ``columns`` are those the
    expectation reads, ``says`` is the border in words.
    """

    relation: str
    kind: str
    severity: Severity
    says: str
    columns: tuple[str, ...] = ()
    arguments: Mapping[str, Argument] = field(default_factory=dict)

    @property
    def column_name(self) -> str | None:
        """The columns it is about, as the results name them; None for a whole table."""
        return ", ".join(self.columns) or None


@dataclass(frozen=True)
class Suite:
    """The expectations of one room of the warehouse.

    ``derived`` maps a relation's name to the query that stands for it; every other relation is the table itself.
    ``again`` maps one to the query of all that can be otherwise when the rows in the catalogue ``{part}`` are new.
    """

    name: str
    title: str
    expectations: tuple[Expectation, ...]
    derived: Mapping[str, str] = field(default_factory=dict)
    again: Mapping[str, str] = field(default_factory=dict)

    @property
    def relations(self) -> tuple[str, ...]:
        """The relations of the suite, each once, in the order of their first expectation."""
        return tuple(dict.fromkeys(expectation.relation for expectation in self.expectations))

    def of_relation(self, relation: str) -> tuple[Expectation, ...]:
        """Return the expectations on one relation, in order."""
        return tuple(expectation for expectation in self.expectations if expectation.relation == relation)


@dataclass(frozen=True)
class On:
    """Writes the expectations of one relation."""

    relation: str

    def has_columns(self, columns: Iterable[str], severity: Severity = "error") -> Expectation:
        """Every one of `columns` is there; others may be."""
        names = tuple(columns)
        arguments: dict[str, Argument] = {"column_set": names, "exact_match": False}
        says = f"has its {len(names)} columns"
        return Expectation(self.relation, "expect_table_columns_to_match_set", severity, says, (), arguments)

    def has_rows(self, severity: Severity = "warning") -> Expectation:
        """At least one row."""
        kind = "expect_table_row_count_to_be_between"
        return Expectation(self.relation, kind, severity, "has rows", (), {"min_value": 1})

    def not_null(self, column: str, severity: Severity = "error") -> Expectation:
        """No null."""
        kind, says = "expect_column_values_to_not_be_null", f"{column} is never null"
        return Expectation(self.relation, kind, severity, says, (column,), {"column": column})

    def unique(self, column: str, severity: Severity = "error") -> Expectation:
        """No value twice."""
        kind, says = "expect_column_values_to_be_unique", f"{column} is unique"
        return Expectation(self.relation, kind, severity, says, (column,), {"column": column})

    def one_of(self, column: str, values: Iterable[str], severity: Severity = "warning") -> Expectation:
        """Every value that is there is one of `values`."""
        codes = tuple(values)
        says = f"{column} is one of {', '.join(codes[:12])}" + (f" and {len(codes) - 12} more" * (len(codes) > 12))
        arguments: dict[str, Argument] = {"column": column, "value_set": codes}
        return Expectation(self.relation, "expect_column_values_to_be_in_set", severity, says, (column,), arguments)

    def mostly_not(self, column: str, value: str, share: float, severity: Severity = "warning") -> Expectation:
        """At least `share` of the rows have another value than `value`."""
        kind, says = "expect_column_values_to_not_be_in_set", f"{column} is not {value} in {share:.0%} of the rows"
        arguments: dict[str, Argument] = {"column": column, "value_set": (value,), "mostly": share}
        return Expectation(self.relation, kind, severity, says, (column,), arguments)

    def length(self, column: str, characters: int, severity: Severity = "warning") -> Expectation:
        """Every value that is there has so many characters."""
        kind, says = "expect_column_value_lengths_to_equal", f"{column} has {characters} characters"
        return Expectation(self.relation, kind, severity, says, (column,), {"column": column, "value": characters})

    def between(
        self, column: str, low: Bound | None = None, high: Bound | None = None, severity: Severity = "error"
    ) -> Expectation:
        """Every value that is there lies in `low` .. `high`, both inside; None is no bound."""
        arguments: dict[str, Argument] = {"column": column, "min_value": low, "max_value": high}
        says = f"{column} is {_range(low, high)}"
        return Expectation(self.relation, "expect_column_values_to_be_between", severity, says, (column,), arguments)

    def positive(self, column: str, severity: Severity = "error") -> Expectation:
        """Every value that is there is greater than 0."""
        arguments: dict[str, Argument] = {"column": column, "min_value": 0, "strict_min": True}
        says = f"{column} is greater than 0"
        return Expectation(self.relation, "expect_column_values_to_be_between", severity, says, (column,), arguments)

    def greatest(self, column: str, low: Bound | None = None, *, high: Bound, says: str) -> Expectation:
        """Warn where the greatest value does not lie in `low` .. `high`, or there is none; `says` words the border."""
        arguments: dict[str, Argument] = {"column": column, "min_value": low, "max_value": high}
        return Expectation(self.relation, "expect_column_max_to_be_between", "warning", says, (column,), arguments)

    def in_order(self, first: str, then: str, severity: Severity = "error") -> Expectation:
        """Where a row has both, `then` is not less than `first`."""
        arguments: dict[str, Argument] = {
            "column_A": then,
            "column_B": first,
            "or_equal": True,
            "ignore_row_if": "either_value_is_missing",
        }
        kind = "expect_column_pair_values_a_to_be_greater_than_b"
        says = f"{then} is not less than {first}"
        return Expectation(self.relation, kind, severity, says, (first, then), arguments)


def _range(low: Bound | None, high: Bound | None) -> str:
    if low is None:
        return f"at most {high}"
    return f"at least {low}" if high is None else f"between {low} and {high}"
