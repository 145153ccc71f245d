"""Paths as HTML: a row for each with its numbers and its steps as chevrons; every word in it is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from dashboards.drills import Drill, Place, ways_html
from dashboards.paths import words
from dashboards.paths.words import Valued
from mining import cohort
from mining.variants import Mark, Path, Variant, marks
from pipeline import formats

_SIGNS: dict[Mark, tuple[str, str]] = {
    "standard": ("", ""),
    "added": ("+ ", "not in the standard path"),
    "moved": ("↔ ", "at another place in the standard path"),
}


def paths_html(rows: Sequence[Valued], standard: Path | None, currency: str, here: Place, normalised: bool) -> str:
    """Return the paths as a numbered list, each with the ways to its returns; bars are to the scale of the first."""
    widest = max((row.variant.share for row in rows), default=0.0)
    items = (
        _path(number, row, standard, currency, widest, ways_html(drill(number, row.variant, normalised), here))
        for number, row in enumerate(rows, start=1)
    )
    return f'<ol class="rt-paths">{"".join(items)}</ol>'


def drill(number: int, variant: Variant, normalised: bool) -> Drill:
    """Return what selects the returns of a path."""
    return Drill(f"path {number}", cohort.Variants((variant.variant_id,), normalised), variant.cases)


def _path(number: int, row: Valued, standard: Path | None, currency: str, widest: float, ways: str) -> str:
    numbers = _share(number, row.variant, widest) + _facts(row, currency)
    difference = escape(words.difference(row.variant, standard))
    return (
        f'<li class="rt-path"><div class="rt-path-numbers">{numbers}</div>'
        f"<div>{chevrons_html(row.variant.activities, standard)}"
        f'<p class="rt-path-words">{difference}</p>{ways}</div></li>'
    )


def _share(number: int, variant: Variant, widest: float) -> str:
    width = 100 * variant.share / widest if widest else 0.0
    returns = "return" if variant.cases == 1 else "returns"
    cases = f"{formats.count(variant.cases)} {returns}{words.closed(variant)}"
    return (
        f'<p class="rt-path-share"><span class="rt-path-place">{number}</span> '
        f"<b>{escape(formats.share(variant.share))}</b> {escape(cases)}</p>"
        f'<p class="rt-path-bar" aria-hidden="true"><span style="width: {width:.1f}%"></span></p>'
    )


def _facts(row: Valued, currency: str) -> str:
    facts = words.facts(row, currency)
    return (
        '<dl class="rt-path-facts">'
        + "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in facts)
        + "</dl>"
    )


def chevrons_html(path: Path, standard: Path | None) -> str:
    """Return the steps of a path as a list of chevrons, equal ones in a row as one, each with how it is marked."""
    if not path:
        return '<p class="rt-path-words">Messages alone, no step of work.</p>'
    of_steps: Sequence[Mark] = ["standard"] * len(path) if standard is None else marks(path, standard)
    runs = groupby(zip(path, of_steps, strict=True))
    return f'<ol class="rt-steps">{"".join(_chevron(*step, len(list(run))) for step, run in runs)}</ol>'


def _chevron(activity: str, mark: Mark, times: int) -> str:
    sign, meaning = _SIGNS[mark]
    title = f' title="{meaning}"' if meaning else ""
    again = f" x{times}" if times > 1 else ""
    return f'<li class="rt-step rt-step-{mark}"{title}>{sign}{escape(activity)}{again}</li>'
