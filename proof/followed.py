"""Follow the returns of both sides from their request, for the same time, and say which of them stand apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil

from mining.cohort import choose
from mining.log import EventLog
from pipeline.macros import Connection, render
from proof.question import CLUSTER_COLUMNS, Question

ATTRIBUTES = ("reason", "category", "site", "channel", "value_band")
MOST_LEVELS = 7
MOST_CLUSTERS = 1_000
FOLLOWED, COMPARED, ITEMS, ROLLOUT = "proof_followed", "proof_compared", "proof_items", "proof_rollout"


@dataclass(frozen=True)
class Standing:
    """How many returns of a side stand as `reason` says: ``compared``, or why they are apart."""

    side: str
    reason: str
    returns: int
    still_open: int


@dataclass(frozen=True)
class Followed:
    """Both sides, followed for the same number of elapsed days from the request.

    A side is ripe once it can be followed for `ripe_days`, in which 95 % of the returns of before that ended did so
    (None where none ended); `available_days` is the follow-up that every return of after has, `horizon_days` the one
    that is used for both: never more than 99 % of the returns of before took. `ripe_on` is the local day on which the
    follow-up is long enough.
    """

    horizon_days: int
    ripe_days: int | None
    available_days: int
    ripe_on: date | None
    claims_ripe_days: int | None
    standings: tuple[Standing, ...]

    @property
    def is_ripe(self) -> bool:
        """Whether every return of both sides can be followed for long enough."""
        return self.ripe_days is not None and self.available_days >= self.ripe_days

    @property
    def is_claims_ripe(self) -> bool:
        """Whether suppliers have had the time to answer claims of after."""
        return self.claims_ripe_days is not None and self.available_days >= self.claims_ripe_days

    def returns(self, side: str) -> int:
        """Return how many returns of a side are compared."""
        return sum(one.returns for one in self.standings if one.side == side and one.reason == "compared")


def follow(con: Connection, question: Question) -> Followed:
    """Lay the tables of a comparison beside the warehouse that `con` reads, and say what is in them.

    Afterwards the temporary table `COMPARED` has the returns of both sides, `ITEMS` the KPI items of those that are
    compared. Raises UsageError for a cohort that asks for what the log does not have.
    """
    log = EventLog(con)
    before, after = (choose(log, side.cohort).cases for side in (question.before, question.after))
    _keep_rollout(con, question)
    cluster = CLUSTER_COLUMNS[question.cluster]
    windows = {
        "before_start": question.before.start,
        "before_end": question.before.end,
        "after_start": question.after.start,
        "after_end": question.after.end,
    }
    relations = {"before": before, "after": after, "rollouts": ROLLOUT}
    followed = render("proof_followed", **relations, cluster=cluster, most_clusters=MOST_CLUSTERS)
    _keep(con, FOLLOWED, followed, windows)
    followed_for = _follow_up(con, question)
    bound: dict[str, object] = {
        "before_start": question.before.start,
        "after_start": question.after.start,
        "horizon_days": followed_for.horizon_days,
        "cut_over": question.cut_over,
        "has_rollout": bool(question.rollout),
    }
    compared = render("proof_compared", followed=FOLLOWED, attributes=ATTRIBUTES, most_levels=MOST_LEVELS)
    _keep(con, COMPARED, compared, bound)
    _keep(con, ITEMS, render("proof_items", compared=COMPARED), {"horizon_days": followed_for.horizon_days})
    counted = f"""
        select side, standing, count(*), count(*) filter (where fate = 'open')
        from {COMPARED}
        group by side, standing
        order by side desc, standing
    """  # noqa: S608 -- a table of this module
    [(claims,)] = con.execute(render("proof_claims_pace", compared=COMPARED)).fetchall()
    return replace(
        followed_for,
        claims_ripe_days=None if claims is None else ceil(claims),
        standings=tuple(Standing(*row) for row in con.execute(counted).fetchall()),
    )


def _follow_up(con: Connection, question: Question) -> Followed:
    [(ripe, settled, *_)] = con.execute(render("proof_pace", followed=FOLLOWED)).fetchall()
    [(as_of,)] = con.execute("select as_of_at from returns.as_of").fetchall()
    available = max(0, (as_of.date() - question.after.end).days) if as_of else 0
    if ripe is None:
        return Followed(available, None, available, None, None, ())
    ripe_days, settled_days = ceil(ripe), ceil(settled)
    ripe_on = question.after.end + timedelta(days=ripe_days)
    return Followed(min(available, settled_days), ripe_days, available, ripe_on, None, ())


def _keep_rollout(con: Connection, question: Question) -> None:
    con.execute(f"create or replace temp table {ROLLOUT} (unit_kind varchar, unit varchar, rolled_out_on date)")
    for step in question.rollout:
        con.execute(f"insert into {ROLLOUT} values (?, ?, ?)", [step.unit_kind, step.unit, step.on])  # noqa: S608


def _keep(con: Connection, name: str, query: str, bound: Mapping[str, object]) -> None:
    con.execute(f"create or replace temp table {name} as {query}", bound)
