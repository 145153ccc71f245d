"""How much of a change is the process, and how much is that other returns came."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from proof.effects import Effect, Rows, spread_of, sums_of_measure
from proof.followed import ATTRIBUTES, COMPARED
from proof.kitagawa import split
from proof.laid import Laid
from proof.raking import weigh
from proof.ratio_change import fewest_clusters
from proof.resample import Draws, Estimate, Spread, drawn_error, estimate
from proof.sums import Sums, read_sums

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
LEAST_COMMON = 0.8
MOST_DRAWS = 200
_AT_ONCE = 50


@dataclass(frozen=True)
class LevelPart:
    """What a level of an attribute adds to the change of a measure, and its shares (0..1) and values on both sides."""

    level: str
    shares: tuple[float, float]
    values: tuple[float | None, float | None]
    process: float
    mix: float


@dataclass(frozen=True)
class AttributeSplit:
    """The change of a measure by one attribute: process and mix add up to it; levels that add most come first."""

    attribute: str
    process: Estimate | None
    mix: Estimate | None
    levels: tuple[LevelPart, ...]


@dataclass(frozen=True)
class Mix:
    """A measure with the make-up of before on both sides.

    `process` is its change like for like, over all attributes at once, `mix` the rest of the plain change; `common`
    (0..1) is the share of before that has its like in after. `flips` when the plain change goes the other way than
    the change like for like, and the latter is beyond chance.
    """

    measure: str
    process: Estimate | None
    mix: Estimate | None
    common: float
    flips: bool
    attributes: tuple[AttributeSplit, ...]


def mixes(laid: Laid, effects: tuple[Effect, ...]) -> dict[str, Mix]:
    """Return the mix behind every mean, share and rate that changed on both sides, by the measure's name."""
    by_week, by_cell = read_sums(laid.connection, "week_no"), read_sums(laid.connection, "cell_no")
    names, codes = levels(laid)
    found = {}
    for effect in effects:
        if effect.change is None or effect.measure.is_per_return or effect.measure.statistic not in ("mean", "ratio"):
            continue
        found[effect.measure.name] = _mix(laid, effect, (by_week, by_cell), names, codes)
    return found


def levels(laid: Laid) -> tuple[list[list[str]], Whole]:
    """Return the names of the levels of each attribute, and the place of each cell's level: cells x attributes."""
    columns = ", ".join(ATTRIBUTES)
    cells = laid.connection.execute(
        f"select distinct cell_no, {columns} from {COMPARED} order by cell_no"  # noqa: S608
    ).fetchall()
    names, codes = [], []
    for place in range(1, len(ATTRIBUTES) + 1):
        texts = np.array([row[place] or "missing" for row in cells])
        levels, code = np.unique(texts, return_inverse=True)
        names.append([str(level) for level in levels])
        codes.append(code)
    return names, np.stack(codes, axis=1).astype(np.int64)


@dataclass(frozen=True)
class AlikeChange:
    """A change like for like (`process`) and the rest of the plain change (`mix`), see `Mix`."""

    process: Estimate | None
    mix: Estimate | None
    common: float


def alike_change(cells: Sums, codes: Whole, plain: float, draws: Draws, spread: Spread) -> AlikeChange:
    """Make a `plain` change like for like; `cells` are sums folded by cell, `codes` the levels of those cells."""
    whole = cells.by_fold(len(codes))[None]
    weights = weigh(whole[..., 1], codes)
    value = float(weights.change(whole[..., 0], whole[..., 1])[0])
    drawn = _drawn(cells, Draws(draws.weights[:MOST_DRAWS]), len(codes), codes)
    clusters = fewest_clusters(cells)
    return AlikeChange(
        _estimated(value, drawn[:, 0], clusters, spread),
        _estimated(plain - value, drawn[:, 1] - drawn[:, 0], clusters, spread),
        float(np.nan_to_num(weights.common[0])),
    )


def _mix(laid: Laid, effect: Effect, rows: tuple[Rows, Rows], names: list[list[str]], codes: Whole) -> Mix:
    weekly, cells = (sums_of_measure(effect.measure, one) for one in rows)
    assert weekly is not None
    assert cells is not None
    assert effect.change is not None
    spread = spread_of(weekly, laid.draws)
    used, place = np.unique(cells.fold, return_inverse=True)
    compact = replace(cells, fold=place)
    found = alike_change(compact, codes[used], effect.change.value, laid.draws, spread)
    process = found.process
    is_sure = process is not None and process.p_value <= 0.05
    flips = bool(is_sure and process is not None and process.value * effect.change.value < 0)
    clusters, draws = fewest_clusters(compact), Draws(laid.draws.weights[:MOST_DRAWS])
    attributes = tuple(
        _by_attribute(compact, draws, attribute, names[at], codes[used][:, at], clusters, spread)
        for at, attribute in enumerate(ATTRIBUTES)
    )
    return Mix(effect.measure.name, process, found.mix, found.common, flips, attributes)


def _drawn(sums: Sums, draws: Draws, cells: int, codes: Whole) -> Floats:
    """Return the change like for like and the plain change of each draw."""
    flat = _by_cluster_and_fold(sums, draws.clusters, cells)
    found = []
    for start in range(0, len(draws.weights), _AT_ONCE):
        some = (draws.weights[start : start + _AT_ONCE] @ flat).reshape(-1, cells, 2, 2)
        alike = weigh(some[..., 1], codes).change(some[..., 0], some[..., 1])
        whole = some.sum(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            plain = whole[:, 1, 0] / whole[:, 1, 1] - whole[:, 0, 0] / whole[:, 0, 1]
        found.append(np.stack([alike, plain], axis=1))
    return np.concatenate(found)


def _by_cluster_and_fold(sums: Sums, clusters: int, folds: int) -> Floats:
    """Return clusters x (folds x sides x (numerator, denominator)), flat."""
    at = (sums.cluster * folds + sums.fold) * 2 + sums.side
    size = clusters * folds * 2
    parts = [np.bincount(at, part, size) for part in (sums.numerator, sums.denominator)]
    flat: Floats = np.stack(parts, axis=1).astype(float)
    return flat.reshape(clusters, -1)


def _by_attribute(
    sums: Sums, draws: Draws, attribute: str, names: list[str], codes: Whole, clusters: int, spread: Spread
) -> AttributeSplit:
    folded = Sums(sums.side, sums.cluster, codes[sums.fold], sums.numerator, sums.denominator, sums.counts)
    whole = folded.by_fold(len(names))
    process, mix = split(whole[None])
    some = (draws.weights @ _by_cluster_and_fold(folded, draws.clusters, len(names))).reshape(-1, len(names), 2, 2)
    drawn = [part.sum(axis=1) for part in split(some)]
    estimates = [
        _estimated(float(part.sum()), of_draws, clusters, spread)
        for part, of_draws in zip((process, mix), drawn, strict=True)
    ]
    shares = whole[..., 1] / np.maximum(whole[..., 1].sum(axis=0), 1e-300)
    levels = [
        LevelPart(
            name,
            (float(shares[at, 0]), float(shares[at, 1])),
            (_value(whole[at, 0]), _value(whole[at, 1])),
            float(process[0, at]),
            float(mix[0, at]),
        )
        for at, name in enumerate(names)
        if whole[at, :, 1].any()
    ]
    levels.sort(key=lambda level: (-abs(level.process + level.mix), level.level))
    return AttributeSplit(attribute, estimates[0], estimates[1], tuple(levels))


def _value(side: Floats) -> float | None:
    return float(side[0] / side[1]) if side[1] > 0 else None


def _estimated(value: float, drawn: Floats, clusters: int, spread: Spread) -> Estimate | None:
    error = drawn_error(drawn, clusters)
    return None if error is None or not np.isfinite(value) else estimate(value, error * spread.factor, spread.freedom)
