"""What has become of a baseline: the measures that are others on today's data, each with its causes."""

from __future__ import annotations

from dashboards import frame
from dashboards.list_html import Column, list_html, measure, plain, unbroken
from pipeline import formats
from proof.baseline.restated import Restatement
from proof.baseline.verifying import Verification
from proof.baseline.words import measure_title, restatement_words, shown, shown_change

COLUMNS = (
    Column("Measure"),
    Column("Frozen", is_number=True),
    Column("Today", is_number=True),
    Column("Change", is_number=True),
    Column("Causes, each with what it adds"),
)


def show_restatements(found: Verification) -> None:
    """Show which measures are restated and why, or that it was changed and is not to be trusted."""
    frame.section("Is it still the same on today's data?")
    if found.is_tampered:
        told = f"{found.stored.name} is not what was frozen: {'; '.join(found.stored.changed)}."
        frame.caption(f"{told} Restore its folder from a backup; nothing was recomputed.")
        return
    frame.caption(in_words(found))
    if found.restatements:
        frame.html(list_html("Restatements", COLUMNS, [_line(one, found) for one in found.restatements]))
        frame.caption("The changes by cause add up to the whole restatement, in the order in which they are named.")


def in_words(found: Verification) -> str:
    """Say how many measures are restated, and by what rows."""
    if not found.restatements:
        return f"Every measure is what was frozen, on build {found.build.build}."
    rows = [f"{formats.count(one.rows)} {one.kind} rows of {one.table}" for one in found.rows[:4]]
    restated = formats.count(len(found.restatements))
    return f"{restated} measures are restated on build {found.build.build}. {'; '.join(rows)}".strip()


def _line(one: Restatement, found: Verification) -> list[str]:
    unit = one.measure.unit
    causes = restatement_words(one, found).split(": ", 1)[-1]
    return [
        measure(measure_title(one), unit),
        unbroken(shown(one.frozen, unit), f"n {formats.count(one.n_frozen)}"),
        unbroken(shown(one.today, unit), f"n {formats.count(one.n_today)}"),
        unbroken(shown_change(one.change, unit)),
        plain(causes),
    ]
