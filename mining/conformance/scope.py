"""What is no part of the process, and which deviations from it are legal: data of the project."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast, get_args

from mining.conformance.deviations import Deviation, DeviationKind
from mining.net import Net
from pipeline.errors import UsageError
from pipeline.settings import SEEDS

TECHNICAL = "technical"


@dataclass(frozen=True)
class Scope:
    """How a log is read against a model.

    `outside` are activities that are dropped before the replay; `allowed` are legal deviations with the reason.
    """

    outside: frozenset[str] = frozenset()
    allowed: Mapping[Deviation, str] = field(default_factory=dict)

    def dropped(self, net: Net) -> tuple[str, ...]:
        """Return what is dropped before the replay: what is outside, and legal extras that the model does not have.

        Dropping the latter changes no verdict, since nothing but an extra could come of them.
        """
        extras = {deviation.activity for deviation in self.allowed if deviation.kind == "extra"}
        return tuple(sorted(self.outside | (extras - net.activities)))


def returns_scope() -> Scope:
    """Return the scope of the returns log: stages of the technical flow are no part of the process.

    Stages come from seeds/stages.csv and activities.csv, legal deviations from allowed_deviations.csv. Raises
    UsageError for a class of deviation that does not exist.
    """
    technical = {row["stage"] for row in _rows("stages") if row["flow"] == TECHNICAL}
    outside = frozenset(row["activity"] for row in _rows("activities") if row["stage"] in technical)
    allowed = {}
    for row in _rows("allowed_deviations"):
        if row["deviation"] not in get_args(DeviationKind):
            raise UsageError(
                f"seeds/allowed_deviations.csv allows {row['deviation']!r}; use {', '.join(get_args(DeviationKind))}."
            )
        allowed[Deviation(cast("DeviationKind", row["deviation"]), row["activity"])] = row["because"]
    return Scope(outside, allowed)


def _rows(seed: str) -> list[dict[str, str]]:
    with (SEEDS / f"{seed}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))
