"""Changes of measurement: stamps that one side has and the other lacks, what they feed, and how much they can feign.

A portal that stamps requests earlier makes cycle times longer without any return being slower. So a stamp whose share
of the returns jumps is named, and what hangs on it is told again on the stamps that both sides have; where that cannot
be, it is said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from pipeline.macros import render
from proof.followed import COMPARED, ITEMS
from proof.laid import Laid
from proof.ratio_change import ratio_change
from proof.resample import Estimate
from proof.shares import ShareChange, share_changes
from proof.sums import Sums, sums_of

HARDLY, MOSTLY = 0.05, 0.5
MANY_POINTS = 0.1
BOTH_HAVE = 0.9

STARTS = {
    "Return Requested": ("cycle_time_days",),
    "RMA Created": ("cycle_time_days",),
    "Goods Received": ("credit_lag_days",),
    "Disposition Decided": ("decision_to_credit_days",),
}
ENDS = {"Return Closed": ("cycle_time_days",), "Credit Posted": ("credit_lag_days", "decision_to_credit_days")}
OTHER_START = {"Return Requested": "RMA Created", "RMA Created": "Return Requested"}

Word = Literal["appeared", "disappeared", "more often", "less often", "dates became times", "times became dates"]


@dataclass(frozen=True)
class Bound:
    """What the change of a stamp can do to the change of the mean of `kpi` (`title` for people), in business days.

    `measured` is the change as it is measured. `restated` is the same on the stamps that both sides have, None where
    there is no such way; `low` and `high` are then what the change may be at least and at most, None where that cannot
    be said either. `why` says which it is.
    """

    kpi: str
    title: str
    measured: Estimate | None
    restated: Estimate | None
    low: float | None
    high: float | None
    why: str


@dataclass(frozen=True)
class StampChange:
    """A stamp whose share jumped; `shares` (0..1) are before and after, of all returns or, of dates, of those stamped.

    `segment` is the title of the segment that ends with it, None if none does.
    """

    activity: str
    word: Word
    shares: tuple[float, float]
    q_value: float | None
    segment: str | None
    bounds: tuple[Bound, ...]


@dataclass(frozen=True)
class Stamps:
    """The changes of measurement among the stamps `looked_at`."""

    changes: tuple[StampChange, ...]
    looked_at: int


def part(laid: Laid) -> Stamps:
    """Compare the stamps that the returns of both sides have within the follow-up.

    A stamp is named when hardly a return of one side has it (under 5 %) and most of the other do (over 50 %); one that
    feeds a KPI or ends a segment also when its share changes by more than ten points, beyond chance.
    """
    con, table = laid.connection, "proof_stamp_marks"
    query = render(table, compared=COMPARED)
    con.execute(f"create or replace temp table {table} as {query}", {"horizon_days": laid.followed.horizon_days})
    found = share_changes(con, f"select * from {table}")  # noqa: S608 -- a table of this module
    titles = dict(con.execute("select activity, title from staging.milestones").fetchall())
    kpis = dict(con.execute("select kpi, title from staging.kpis").fetchall())
    stamps = {one.name: one for one in found.changes if one.kind == "stamp"}
    dates = [one for one in found.changes if one.kind == "date only"]
    changes = [
        *(_presence(laid, one, stamps, titles.get(name)) for name, one in stamps.items()),
        *(_precision(laid, one, stamps, titles.get(one.name)) for one in dates),
    ]
    named = [
        replace(change, bounds=tuple(replace(bound, title=kpis[bound.kpi]) for bound in change.bounds))
        for change in changes
        if change
    ]
    return Stamps(tuple(named), len(stamps))


def _presence(laid: Laid, one: ShareChange, stamps: dict[str, ShareChange], title: str | None) -> StampChange | None:
    before, after = one.shares
    feeds = STARTS.get(one.name, ()) + ENDS.get(one.name, ())
    if not _jumps(one, one.shares, bool(feeds or title)):
        return None
    is_whole = min(before, after) < HARDLY and max(before, after) > MOSTLY
    words: tuple[Word, Word] = ("appeared", "disappeared") if is_whole else ("more often", "less often")
    bounds = tuple(_without(laid, one.name, kpi, stamps) for kpi in feeds)
    return StampChange(one.name, words[before > after], one.shares, one.q_value, title, bounds)


def _precision(laid: Laid, one: ShareChange, stamps: dict[str, ShareChange], title: str | None) -> StampChange | None:
    pairs = zip(one.having, stamps[one.name].having, strict=True)
    before, after = (dated / stamped if stamped else 0.0 for dated, stamped in pairs)
    feeds = STARTS.get(one.name, ()) + ENDS.get(one.name, ())
    if not all(stamps[one.name].having) or not _jumps(one, (before, after), bool(feeds or title)):
        return None
    word: Word = "dates became times" if before > after else "times became dates"
    bounds = tuple(_within_a_day(laid, one.name, kpi) for kpi in feeds)
    return StampChange(one.name, word, (before, after), one.q_value, title, bounds)


def _jumps(one: ShareChange, shares: tuple[float, float], is_fed: bool) -> bool:
    if min(shares) < HARDLY and max(shares) > MOSTLY:
        return True
    return is_fed and one.is_beyond_chance and abs(shares[1] - shares[0]) > MANY_POINTS


def _without(laid: Laid, activity: str, kpi: str, stamps: dict[str, ShareChange]) -> Bound:
    measured = ratio_change(_read(laid, "proof_stamped_items", kpi=kpi, activity=activity), laid.draws)
    other = OTHER_START.get(activity)
    if other is None:
        why = "only returns that have the stamp are measured; what the others would show cannot be said"
        return Bound(kpi, kpi, measured, None, None, None, why)
    if other not in stamps or min(stamps[other].shares) < BOTH_HAVE:
        why = f"the other start, {other}, is not on nine in ten returns of both sides, so this cannot be bounded"
        return Bound(kpi, kpi, measured, None, None, None, why)
    restated = ratio_change(_read(laid, "proof_other_starts", activity=other), laid.draws)
    ends = [one.value for one in (measured, restated) if one]
    why = f"told again from {other}, which both sides have"
    return Bound(kpi, kpi, measured, restated, min(ends, default=None), max(ends, default=None), why)


def _within_a_day(laid: Laid, activity: str, kpi: str) -> Bound:
    """Bound the change: a date without a time is read as the close of its day, so the instant may be a day earlier."""
    sums = _read(laid, "proof_stamped_items", kpi=kpi, activity=activity)
    measured = ratio_change(sums, laid.draws)
    dated = _read(laid, "proof_stamped_items", "dated", kpi=kpi, activity=activity).whole()
    if measured is None or not all(dated[:, 1]):
        return Bound(kpi, kpi, measured, None, None, None, "too few returns are measured to bound it")
    before, after = (float(part) for part in dated[:, 0] / dated[:, 1])
    earlier = (after, before) if activity in ENDS else (before, after)
    why = "a date without a time is within one working day, and is read as its close"
    return Bound(kpi, kpi, measured, None, measured.value - earlier[0], measured.value + earlier[1], why)


def _read(laid: Laid, macro: str, numerator: str = "total", **bound: str) -> Sums:
    columns = laid.connection.execute(render(macro, items=ITEMS), bound).fetchnumpy()
    return sums_of(columns, numerator, "n")
