"""Sums of the segments of closed returns: exact ones for the values, by cluster and week for what is in doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pipeline.macros import Connection, render
from proof.followed import ITEMS

PLACES = "proof_places"
WHOLE = 0
EVERYTHING = ("all", "")

Unit = tuple[str, str]
Counted = Literal["days", "money_days"]
Rows = Mapping[tuple[Unit, int], Mapping[str, NDArray[np.generic]]]


@dataclass(frozen=True)
class ExactSum:
    """How many returns have a segment, how many of them a value, their business days there, and money times days."""

    returns: int = 0
    valued: int = 0
    days: Fraction = Fraction(0)
    money_days: Fraction = Fraction(0)

    def of(self, counted: Counted) -> Fraction:
        """Return one of the two sums."""
        return self.days if counted == "days" else self.money_days

    def number(self, counted: Counted) -> int:
        """Return how many returns are in it."""
        return self.returns if counted == "days" else self.valued


Exact = Mapping[tuple[Unit, int, str], ExactSum]


def lay_places(con: Connection) -> None:
    """Lay the segments of the closed returns of a comparison; position `WHOLE` is from request to close."""
    con.execute(f"create or replace temp table {PLACES} as {render('proof_places', items=ITEMS)}")


def read_exact(con: Connection) -> Exact:
    """Return the sums of each unit, position and side: whole micros and cents first, then fractions."""
    totals: dict[tuple[Unit, int, str], ExactSum] = {}
    rows = con.execute(render("proof_places_exactly", places=PLACES)).fetchall()
    for entity, site, side, day_seconds, position, returns, valued, micros, cent_micros in rows:
        day = Fraction(day_seconds) * 1_000_000
        for unit in (EVERYTHING, ("entity", entity), ("site", site)):
            old = totals.get((unit, position, side), ExactSum())
            totals[unit, position, side] = ExactSum(
                old.returns + returns,
                old.valued + valued,
                old.days + micros / day,
                old.money_days + cent_micros / (100 * day),
            )
    return totals


def read_rows(con: Connection) -> Rows:
    """Return the columns of the sums by side, cluster and week of each unit and position."""
    columns = con.execute(render("proof_places_sums", places=PLACES)).fetchnumpy()
    keys = list(zip(columns["unit_kind"], columns["unit"], columns["position"], strict=True))
    starts = [place for place, key in enumerate(keys) if place == 0 or key != keys[place - 1]]
    return {
        ((str(keys[start][0]), str(keys[start][1])), int(keys[start][2])): {
            name: column[start:end] for name, column in columns.items()
        }
        for start, end in zip(starts, [*starts, len(keys)][1:], strict=True)
    }
