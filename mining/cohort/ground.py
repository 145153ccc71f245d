"""What a step stands on: the relations that reach it, and what they know."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from mining.log import EventLog
from pipeline.errors import UsageError

TEXT_COLUMNS_OF_A_LOG = frozenset({"case_id", "variant", "variant_id", "time_zone"})


@dataclass(frozen=True)
class Ground:
    """The log that reaches a step, and the whole log (or what the last trim left) that its cases are taken from.

    `is_cut` after a trim; `has_end` when every section of it is known to have ended.
    """

    log: EventLog
    whole: EventLog
    is_cut: bool = False
    has_end: bool = False

    @cached_property
    def event_columns(self) -> tuple[str, ...]:
        """Return the columns of the events, in order."""
        return tuple(_columns(self.log, self.log.events))

    @cached_property
    def case_columns(self) -> dict[str, str]:
        """Return the columns of the cases, in order, each with the engine's type name."""
        return _columns(self.log, self.log.cases)

    @property
    def attributes(self) -> tuple[str, ...]:
        """Return the text columns of the cases that a rule may ask for."""
        return tuple(
            name
            for name, kind in self.case_columns.items()
            if kind in ("VARCHAR", "STRING") and name not in TEXT_COLUMNS_OF_A_LOG
        )

    @property
    def open_(self) -> str:
        """Return the condition under which a case has no end yet."""
        return "false" if self.has_end else "coalesce(cases.is_open, false)"

    @property
    def zone(self) -> str:
        """Return the expression of the time zone of a case."""
        return "cases.time_zone" if "time_zone" in self.case_columns else "'UTC'"

    @property
    def knows_milestones(self) -> bool:
        """Return whether cases are requested and closed, and still whole."""
        needed = {"is_closed", "requested_at", "closed_at", "requested_micros", "closed_micros"}
        return not self.is_cut and needed <= self.case_columns.keys()

    def need(self, column: str, why: str) -> None:
        """Raise UsageError when the cases lack a column that a rule needs."""
        if column not in self.case_columns:
            raise UsageError(f"The cases of this log have no column {column!r}; expected it {why}. Drop the rule.")

    def has_relation(self, schema: str, name: str) -> bool:
        """Return whether the log's connection has the relation."""
        query = "select 1 from information_schema.tables where table_schema = $schema and table_name = $name"
        return bool(self.log.connection.execute(query, {"schema": schema, "name": name}).fetchall())


@dataclass
class Values:
    """The values of a query: each is bound as a parameter, none is part of the text."""

    bound: dict[str, object] = field(default_factory=dict)

    def bind(self, value: object) -> str:
        """Bind a value and return the name that stands for it."""
        name = f"v{len(self.bound) + 1}"
        self.bound[name] = value
        return f"${name}"

    def bind_known(self, value: object | None) -> str | None:
        """Bind a value unless it is None."""
        return None if value is None else self.bind(value)

    def bind_all(self, values: tuple[str, ...]) -> list[str]:
        """Bind each of the values."""
        return [self.bind(value) for value in values]


def _columns(log: EventLog, relation: str) -> dict[str, str]:
    described = log.connection.execute(f"describe select * from {relation}").fetchall()  # noqa: S608 -- of the program
    return {name: kind for name, kind, *_ in described}
