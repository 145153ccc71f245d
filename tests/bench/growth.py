"""The picture of growth: seconds of a build over its events, beside lines of growth in proportion."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from tests.bench.builds import Measured

PICTURE = Path(__file__).parents[2] / "docs" / "images" / "build-growth.svg"


def draw(measured: Sequence[Measured]) -> None:
    """Write the picture: both axes in powers of ten, one point a size, n log n through the largest dashed."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    mpl.rcParams.update({"svg.hashsalt": "retrace", "font.size": 11})
    figure, axes = pyplot.subplots(figsize=(7.2, 4.2))
    sizes = [one.events for one in measured]
    axes.plot(sizes, [one.median for one in measured], "o-", color="#1f5fa8", label="build")
    axes.plot(sizes, _n_log_n(measured), "--", color="#777777", label="n log n, from the largest back")
    axes.plot(
        sizes, [one.reading_seconds for one in measured], "s-", color="#b26a00", label="reading the extracts once"
    )
    axes.set(xscale="log", yscale="log", xlabel="events", ylabel="seconds")
    axes.grid(visible=True, color="#e5e5e5")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    figure.tight_layout()
    figure.savefig(PICTURE, format="svg", metadata={"Date": None})
    pyplot.close(figure)


def _n_log_n(measured: Sequence[Measured]) -> list[float]:
    largest = max(measured, key=lambda one: one.events)
    scale = largest.median / (largest.events * math.log(largest.events))
    return [scale * one.events * math.log(one.events) for one in measured]
