"""The share of the compared returns that have something, on both sides, for hundreds of things at once."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from mining.causes.intervals import corrected
from pipeline.macros import Connection, render
from proof.followed import COMPARED
from proof.ground import Marked, read_ground
from proof.resample import Estimate
from proof.tested import Tested

HANDFUL = 5


@dataclass(frozen=True)
class ShareChange(Tested):
    """How the share of the compared returns that have something changed: after minus before (0.12 is twelve points).

    `name` is of one thing, `next_name` of a second where it is a way from one to another, else empty. `having` and
    `of` are returns before and after. `change` is None when a side has returns of fewer than two clusters; its
    interval and p-value are exact ones where `is_exact`. `q_value` is the false-discovery rate over all of its `kind`.
    """

    kind: str
    name: str
    next_name: str
    having: tuple[int, int]
    of: tuple[int, int]
    change: Estimate | None
    is_exact: bool

    @property
    def shares(self) -> tuple[float, float]:
        """The share on each side, 0 of nothing."""
        before, after = (having / of if of else 0.0 for having, of in zip(self.having, self.of, strict=True))
        return before, after


@dataclass(frozen=True)
class Shares:
    """The changes of all things that five returns or more have, and by kind how many things fewer have.

    `of` are the compared returns before and after.
    """

    of: tuple[int, int]
    changes: tuple[ShareChange, ...]
    rare: dict[str, int]


def share_changes(con: Connection, marks: str) -> Shares:
    """Compare the shares of returns that have each of `marks`, a query of case_id, kind, name and next_name.

    It has one row for each return and thing that the return has. Things come in order of kind and name.
    """
    ground = read_ground(con)
    query = render("proof_shares", marks=marks, compared=COMPARED)
    rows = con.execute(query, {"handful": HANDFUL}).fetchnumpy()
    names = np.stack([np.ma.filled(rows[column], "").astype(str) for column in ("kind", "name", "next_name")])
    is_rare = np.ma.getmaskarray(rows["name"])
    things, place = np.unique(names[:, ~is_rare], axis=1, return_inverse=True)
    columns = (rows[column][~is_rare].astype(np.int64) for column in ("cluster_no", "week_no", "before", "after"))
    found = ground.compare(Marked(np.ravel(place).astype(np.int64), *columns), things.shape[1])
    changes = [
        ShareChange(str(kind), str(name), str(next_name), having, ground.of, change, is_exact)
        for (kind, name, next_name), (having, change, is_exact) in zip(things.T, found, strict=True)
    ]
    rare = dict(zip(names[0][is_rare].tolist(), rows["before"][is_rare].tolist(), strict=True))
    return Shares(ground.of, tuple(_corrected(changes)), rare)


def _corrected(changes: list[ShareChange]) -> list[ShareChange]:
    q_values: dict[int, float] = {}
    for kind in {one.kind for one in changes}:
        tested = {at: one.change.p_value for at, one in enumerate(changes) if one.kind == kind and one.change}
        q_values |= zip(tested, corrected(list(tested.values()), any_dependence=False), strict=True)
    return [replace(one, q_value=q_values.get(at)) for at, one in enumerate(changes)]
