"""A restatement split over its causes: they are put to work one after the other, and the measure is taken each time.

What a cause adds is the measure after it less the measure before it, so the parts add up to the whole for means,
ratios, counts, sums and percentiles alike. The order is that of `causes.PRECEDENCE`; another order would give other
parts where two causes meet in one measure, and the same whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from itertools import pairwise

from pipeline.macros import Connection, render
from proof.baseline.causes import CAUSED, MIXED, PRECEDENCE, STEPS, THEN, Behind, behind, causes_at_work
from proof.baseline.ground import ITEMS, MEASURES
from proof.baseline.record import FrozenValue, MeasureName

_EXACT = Context(prec=800)
_ADDED_UP = "definitions"
_NOTHING = Behind(0, 0, ())


@dataclass(frozen=True)
class Part:
    """What one cause did to a measure: its value before and after it, and the difference.

    `change` is exact, in decimals of the values as they are printed; None where one end has no value.
    """

    cause: str
    before: float | None
    after: float | None
    change: Decimal | None
    behind: Behind


@dataclass(frozen=True)
class Restatement:
    """A measure that is another today: as frozen, as the frozen period gives it today, and why.

    The changes of `parts` add up to `change` exactly; it is None when nothing was or is measured.
    """

    measure: MeasureName
    frozen: float | None
    today: float | None
    n_frozen: int
    n_today: int
    change: Decimal | None
    parts: tuple[Part, ...]


def restatements(con: Connection, frozen: Sequence[FrozenValue]) -> tuple[Restatement, ...]:
    """Return every measure that counts an item otherwise than when it was frozen; the causes must be laid."""
    causes = causes_at_work(con)
    values, found = _values_by_step(con, causes), behind(con)
    restated = [_restatement(one, causes, values, found) for one in frozen]
    return tuple(one for one in restated if one.parts or one.n_frozen != one.n_today)


def exact_change(before: float | None, after: float | None) -> Decimal | None:
    """Return after less before, exact in decimals of both as they are printed; None without one of them."""
    if before is None or after is None:
        return None
    return _EXACT.subtract(Decimal(repr(after)), Decimal(repr(before)))


def total(changes: Sequence[Decimal]) -> Decimal:
    """Return the exact sum of changes."""
    whole = Decimal(0)
    for change in changes:
        whole = _EXACT.add(whole, change)
    return whole


def _values_by_step(con: Connection, causes: Sequence[str]) -> Mapping[tuple[str, int], tuple[float | None, int]]:
    con.execute(f"create or replace temp table {STEPS} (step integer, place integer)")
    for step, place in enumerate([0, *(PRECEDENCE.index(cause) + 1 for cause in causes)]):
        con.execute(f"insert into {STEPS} values (?, ?)", [step, place])  # noqa: S608 -- a table of this program
    mixed = render("baseline_steps", items_then=THEN[ITEMS], items_now=ITEMS, causes_of_items=CAUSED, steps=STEPS)
    con.execute(f"create or replace temp table {MIXED} as {mixed}")
    totals = render("kpi_totals", items=MIXED, measures=MEASURES, group_column="step")
    rows = con.execute(f"select measure, group_key, value, n from ({totals})").fetchall()  # noqa: S608
    return {(measure, int(step)): (value, n) for measure, step, value, n in rows}


def _restatement(
    frozen: FrozenValue,
    causes: Sequence[str],
    values: Mapping[tuple[str, int], tuple[float | None, int]],
    found: Mapping[tuple[str, str, str], Behind],
) -> Restatement:
    name = frozen.measure
    nothing = (0.0 if name.statistic in ("count", "sum") else None, 0)
    taken = [values.get((name.measure, step), nothing) for step in range(len(causes) + 1)]
    chain = [frozen.value, *(value for value, _ in taken)]
    parts = tuple(
        Part(cause, before, after, exact_change(before, after), found.get((name.kpi, name.part, cause), _NOTHING))
        for cause, (before, after) in zip((_ADDED_UP, *causes), pairwise(_carried(chain)), strict=True)
        if before != after or (name.kpi, name.part, cause) in found
    )
    today = chain[-1]
    return Restatement(name, frozen.value, today, frozen.n, taken[-1][1], exact_change(frozen.value, today), parts)


def _carried(chain: Sequence[float | None]) -> list[float | None]:
    """Carry a value over steps at which nothing is left to measure, so that the parts still add up to the whole."""
    carried = list(chain)
    for place in range(1, len(chain) - 1):
        if carried[place] is None:
            carried[place] = carried[place - 1]
    return carried
