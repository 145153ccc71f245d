"""Where the cycle time changed: the change from request to close, cut into the changes of its segments, exactly.

Segments add up because they do so for every return: business micros are whole numbers, summed as such by entity, site
and length of the standard day. Only then are they divided, as fractions, and become floats last of all. A segment whose
milestone a return lacks is 0 there, its time is in the next one. Money tied up is what a return is worth, to the cent,
times its business days, and is cut in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from mining.causes.intervals import corrected
from proof.laid import Laid
from proof.ratio_change import over, ratio_change
from proof.resample import Draws, Estimate
from proof.segment_sums import (
    EVERYTHING,
    WHOLE,
    Counted,
    Exact,
    ExactSum,
    Rows,
    Unit,
    lay_places,
    read_exact,
    read_rows,
)
from proof.segments_alike import changes_alike
from proof.sums import SIDES, Sums, sums_of
from proof.tested import Tested


@dataclass(frozen=True)
class SegmentChange(Tested):
    """A segment of the way from request to close, per closed return: `before`, `after` and after minus before.

    `reached` is the share of the returns of each side (0..1) that have its milestone. `share` is its part of the whole
    change, None where that is nothing: shares add up to 1, and those of segments that went the other way are negative.
    `change` is None where its error cannot be had; `q_value` is the false-discovery rate over the segments.
    """

    position: int
    segment: str
    title: str
    before: float
    after: float
    reached: tuple[float, float]
    share: float | None
    change: Estimate | None
    alike: Estimate | None = None

    @property
    def judged(self) -> Estimate | None:
        """The change that is told from chance: like for like where there is one."""
        return self.alike or self.change


@dataclass(frozen=True)
class Split:
    """The whole change and its segments, which add up to it: business days, or money times business days, per return.

    `returns` are the closed returns of each side behind it; `unit_kind` is ``all``, ``entity`` or ``site``.
    """

    unit_kind: str
    unit: str
    returns: tuple[int, int]
    before: float
    after: float
    change: Estimate | None
    segments: tuple[SegmentChange, ...]


@dataclass(frozen=True)
class Places:
    """Where the time changed, in business days and in money, for all returns; the days by entity and by site as well.

    A split is None, and a unit left out, when one side has no closed return (for money: none with a known value).
    `without_value` are the closed returns whose value is not known; they count in no money.
    """

    days: Split | None
    money: Split | None
    without_value: int
    units: tuple[Split, ...]


def part(laid: Laid) -> Places:
    """Cut the change of the mean cycle time of a comparison into segments.

    The returns are those of ``cycle_time_days.mean``: closed within the follow-up that both sides have. Rates of false
    discoveries are over the segments of a split, those of units over all entities or all sites.
    """
    con = laid.connection
    lay_places(con)
    titles = con.execute("select position, segment, title from staging.milestones order by position").fetchall()
    cut = _Cut(read_exact(con), read_rows(con), titles, laid.draws)
    whole = [cut.at(EVERYTHING, WHOLE, side) for side in SIDES]
    units = sorted({unit for unit, _ in cut.rows} - {EVERYTHING})
    by_kind = [[cut.split(unit, "days") for unit in units if unit[0] == kind] for kind in ("entity", "site")]
    alike = changes_alike(laid, cut.weekly())
    days, money = _corrected([cut.split(EVERYTHING, "days", alike)]), _corrected([cut.split(EVERYTHING, "money_days")])
    return Places(
        days[0] if days else None,
        money[0] if money else None,
        sum(one.returns - one.valued for one in whole),
        tuple(split for splits in by_kind for split in _corrected(splits)),
    )


@dataclass(frozen=True)
class _Cut:
    """All that the splits are made of."""

    exact: Exact
    rows: Rows
    titles: Sequence[tuple[int, str, str]]
    draws: Draws

    def at(self, unit: Unit, position: int, side: str) -> ExactSum:
        return self.exact.get((unit, position, side), ExactSum())

    def weekly(self) -> dict[int, Sums]:
        """Return the business days of all returns in each segment, over the closed returns."""
        positions = [position for unit, position in self.rows if unit == EVERYTHING]
        whole = {one: self._sums(EVERYTHING, "days", one) for one in positions}
        return {one: over(sums, whole[WHOLE]) for one, sums in whole.items() if WHOLE in whole}

    def split(self, unit: Unit, counted: Counted, alike: Mapping[int, Estimate] | None = None) -> Split | None:
        before, after = (self.at(unit, WHOLE, side).number(counted) for side in SIDES)
        if not (before and after):
            return None
        means = self._means(unit, counted, WHOLE)
        plain = (self._segment(unit, counted, means[1] - means[0], title) for title in self.titles)
        segments = tuple(replace(one, alike=(alike or {}).get(one.position)) for one in plain)
        change = self._change(unit, counted, WHOLE, means[1] - means[0])
        return Split(*unit, (before, after), float(means[0]), float(means[1]), change, segments)

    def _segment(self, unit: Unit, counted: Counted, total: Fraction, named: tuple[int, str, str]) -> SegmentChange:
        position, segment, title = named
        before, after = self._means(unit, counted, position)
        reached = [self.at(unit, position, side).returns / self.at(unit, WHOLE, side).returns for side in SIDES]
        share = float((after - before) / total) if total else None
        change = self._change(unit, counted, position, after - before)
        return SegmentChange(
            position, segment, title, float(before), float(after), (reached[0], reached[1]), share, change
        )

    def _means(self, unit: Unit, counted: Counted, position: int) -> tuple[Fraction, Fraction]:
        before, after = (
            self.at(unit, position, side).of(counted) / self.at(unit, WHOLE, side).number(counted) for side in SIDES
        )
        return before, after

    def _change(self, unit: Unit, counted: Counted, position: int, change: Fraction) -> Estimate | None:
        if (unit, position) not in self.rows:
            return None
        sums = over(self._sums(unit, counted, position), self._sums(unit, counted, WHOLE))
        return ratio_change(sums, self.draws, float(change))

    def _sums(self, unit: Unit, counted: Counted, position: int) -> Sums:
        return sums_of(self.rows[unit, position], counted, "n" if counted == "days" else "valued")


def _corrected(splits: Sequence[Split | None]) -> list[Split]:
    """Return the splits that there are, with the false-discovery rates over all their segments."""
    found = [split for split in splits if split]
    tested = [one.judged.p_value for split in found for one in split.segments if one.judged]
    q_values = iter(corrected(tested, any_dependence=False))
    return [
        replace(
            split,
            segments=tuple(replace(one, q_value=next(q_values)) if one.judged else one for one in split.segments),
        )
        for split in found
    ]
