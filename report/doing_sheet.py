"""The first sheet: what the pack is about, the one sentence that matters, and the headline KPIs."""

from __future__ import annotations

from html import escape
from pathlib import Path

from dashboards.scope import Returns, entities_in_words, period_in_words, rules_in_words
from dashboards.scorecard import words
from dashboards.scorecard.tiles import HEADLINE
from mining.drawing.colours import Tokens
from pipeline import formats
from report import markup
from report.parts import Doing, Subject
from report.tile import tile_markup

TITLE = "Returns report"
QUESTION = "How are returns doing?"
_MARK = Path(__file__).parent.parent / "dashboards" / "mark.svg"


def doing_sheet(subject: Subject, doing: Doing, theme: Tokens) -> str:
    """Return the sheet; the title of the whole pack stands on it."""
    headline = [tile for kpi in HEADLINE for tile in doing.tiles if tile.measure.kpi == kpi]
    tiles = "".join(tile_markup(tile, theme) for tile in headline)
    return (
        f'<section class="rp-sheet rp-doing">{_title(subject, doing.cohort)}<h2>{escape(QUESTION)}</h2>'
        f"{markup.lead(doing.sentence)}"
        f'<div class="rp-tiles">{tiles}</div>{markup.note(legend(subject, doing.baseline))}</section>'
    )


def _title(subject: Subject, cohort: Returns) -> str:
    mark = _MARK.read_text(encoding="utf-8").replace("<svg ", '<svg aria-hidden="true" ', 1)
    about = f"{about_in_words(subject)} (each KPI by its own date): {cohort.in_words()}."
    return (
        f'<header class="rp-head">{mark}<div><h1>{TITLE}</h1>'
        f'<p class="rp-cohort">{escape(about)}</p><p class="rp-note">{escape(made_of(subject))}</p></div></header>'
    )


def about_in_words(subject: Subject) -> str:
    """Say what the pack is about, e.g. ``All entities, 1 Jan 2025 to 30 Jun 2025, through channel portal``."""
    seen = subject.scope
    parts = entities_in_words(seen, subject.entities), period_in_words(seen), rules_in_words(seen, subject.names)
    what = ", ".join(part for part in parts if part)
    return what[:1].upper() + what[1:]


def made_of(subject: Subject) -> str:
    """Say as of when the pack is, and which build it was made of."""
    build = subject.build
    as_of = formats.instant(build.as_of) if build.as_of else "no event yet"
    return f"As of {as_of}. Build {build.number}, Retrace {build.product_version}."


def legend(subject: Subject, baseline: str | None) -> str:
    """Say how to read the tiles, which period is the one before, and which baseline a change is since."""
    before = subject.scope.before()
    period = [f"The period before: {period_in_words(before)}."] if before else []
    frozen = [words.since_baseline(baseline)] if baseline else []
    return " ".join([words.LEGEND, *period, *frozen])
