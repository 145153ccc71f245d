"""The process map of both sides: which steps and ways became more or less common, and where the wait changed.

Every return is followed for the same time on both sides, and the log's technical stages are left out. What is not
beyond chance, given how many steps and edges were looked at, is noise, and the picture shows it so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from mining.causes.intervals import corrected
from mining.simplify import Edge, Graph
from pipeline.macros import render
from proof.laid import WORK, Laid
from proof.ratio_change import fewest_clusters, linear_change
from proof.resample import Estimate
from proof.shares import ShareChange, share_changes
from proof.sums import Sums, sums_of
from proof.tested import Tested
from proof.verdicts import FEWEST_CLUSTERS, FEWEST_ITEMS


@dataclass(frozen=True)
class WaitChange(Tested):
    """The mean wait on an edge in business days: `passages` are how often it was taken before and after.

    `change` is after minus before, None with fewer than 20 passages or 5 independent units on a side, and then nothing
    is said; `q_value` is the false-discovery rate over the waits of all edges.
    """

    passages: tuple[int, int]
    before: float | None
    after: float | None
    change: Estimate | None


@dataclass(frozen=True)
class EdgeChange:
    """An edge of the map: the share of the returns that take it, and how long they wait on it (None without stamps)."""

    share: ShareChange
    wait: WaitChange | None

    @property
    def key(self) -> Edge:
        """Its ends."""
        return self.share.name, self.share.next_name


@dataclass(frozen=True)
class ChangedMap:
    """The steps and edges that five returns or more have, of both sides together, those of most returns first.

    `of` are the compared returns before and after, `rare` how many steps and edges fewer returns have.
    """

    of: tuple[int, int]
    steps: tuple[ShareChange, ...]
    edges: tuple[EdgeChange, ...]
    starts: tuple[ShareChange, ...]
    ends: tuple[ShareChange, ...]
    rare: int

    def graph(self) -> Graph:
        """Return one graph weighted by the returns of both sides, to choose from it what is shown."""
        return Graph(
            {step.name: sum(step.having) for step in self.steps},
            {edge.key: sum(edge.share.having) for edge in self.edges},
            {step.name: sum(step.having) for step in self.starts},
            {step.name: sum(step.having) for step in self.ends},
        )


def part(laid: Laid) -> ChangedMap:
    """Compare the maps of both sides: the share of the returns that have each step and edge, and the waits."""
    shares = share_changes(laid.connection, render("proof_map_marks", work=WORK))
    waits = _waits(laid)
    by_kind = {
        kind: sorted((one for one in shares.changes if one.kind == kind), key=lambda one: -sum(one.having))
        for kind in ("step", "edge", "start", "end")
    }
    edges = tuple(EdgeChange(one, waits.get((one.name, one.next_name))) for one in by_kind["edge"])
    starts, ends = tuple(by_kind["start"]), tuple(by_kind["end"])
    rare = sum(number for kind, number in shares.rare.items() if kind in ("step", "edge"))
    return ChangedMap(shares.of, tuple(by_kind["step"]), edges, starts, ends, rare)


def _waits(laid: Laid) -> Mapping[Edge, WaitChange]:
    columns = laid.connection.execute(render("proof_map_waits", work=WORK)).fetchnumpy()
    keys = list(zip(columns["activity"], columns["next_activity"], strict=True))
    starts = [place for place, key in enumerate(keys) if place == 0 or key != keys[place - 1]]
    waits = {
        (str(keys[start][0]), str(keys[start][1])): _wait(
            sums_of({name: column[start:end] for name, column in columns.items()}, "days", "n"), laid
        )
        for start, end in zip(starts, [*starts, len(keys)][1:], strict=True)
    }
    tested = {key: wait.change.p_value for key, wait in waits.items() if wait.change}
    q_values = dict(zip(tested, corrected(list(tested.values()), any_dependence=False), strict=True))
    return {key: replace(wait, q_value=q_values.get(key)) for key, wait in waits.items()}


def _wait(sums: Sums, laid: Laid) -> WaitChange:
    whole = sums.whole()
    before, after = (float(days / n) if n else None for days, n in whole)
    passages = int(whole[0, 1]), int(whole[1, 1])
    is_judged = min(passages) >= FEWEST_ITEMS and fewest_clusters(sums) >= FEWEST_CLUSTERS
    return WaitChange(passages, before, after, linear_change(sums, laid.draws) if is_judged else None)
