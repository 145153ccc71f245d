"""What is recovered and what is left on the table: how far supplier claims come, and windows that end."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.charts.ranking import Ranked
from dashboards.list_html import Column, plain
from dashboards.recovery import words
from dashboards.recovery.amounts import ClaimWindow
from dashboards.recovery.page import QUESTION
from pipeline import formats
from report import markup
from report.markup import Bar
from report.parts import Recovery

NONE_LEFT = "None: every eligible line is claimed."


def recovery_sheet(recovery: Recovery, dated: str, currency: str) -> str:
    """Return the sheet of recovery; `dated` says which returns it is about."""
    parts = [markup.lead(words.headline(recovery.measured, recovery.windows, currency)), markup.note(dated)]
    if recovery.suppliers:
        funnel = funnel_table(words.stages(recovery.suppliers, currency))
        ending = windows_table(recovery.windows, currency) if recovery.windows else markup.note(NONE_LEFT)
        left = markup.heading("How far do supplier claims come?") + funnel
        right = markup.heading("Which claim windows are ending?") + ending
        parts += [markup.block([markup.beside(left, right)]), markup.note(words.STAGES)]
    parts.append(markup.note(words.left_out(recovery.recovered, recovery.suppliers)))
    return markup.sheet("recovery", QUESTION, parts)


def funnel_table(stages: Sequence[Ranked]) -> str:
    """Return how many lines came how far; bars are shares of the eligible ones."""
    most = stages[0].value or 1.0
    lines = [[plain(one.name), markup.drawn(Bar(0.0, one.value / most)), plain(one.words)] for one in stages]
    columns = [Column("Stage"), Column("Lines"), Column("Lines, share and cost", True)]
    return markup.table("Supplier claims by stage", columns, lines)


def windows_table(windows: Sequence[ClaimWindow], currency: str) -> str:
    """Return the lines without a claim by when their window ends."""
    lines = [
        [
            plain(one.ends if one.ends.startswith("is") else f"ends {one.ends}"),
            plain(formats.count(one.lines)),
            plain(formats.money(one.cost, currency)),
        ]
        for one in windows
    ]
    columns = [Column("The window"), Column("Lines without a claim", True), Column("Cost", True)]
    return markup.table("Claim windows", columns, lines)
