"""What needs attention: how old the open exceptions are, of which types, and which come first."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.attention.exceptions import AgeClass, Choice, Flagged, Group
from dashboards.attention.page import QUESTION
from dashboards.attention.words import caption, lead, nothing_left, type_name
from dashboards.list_html import Column, code, measured, plain
from mining.map_view import DAY
from pipeline import formats
from report import markup
from report.markup import Bar
from report.parts import Subject, Waiting

MOST_TYPES = 6
MOST_RETURNS = 5


def attention_sheet(subject: Subject, waiting: Waiting, dated: str) -> str:
    """Return the sheet of exceptions; `dated` says which returns it is about."""
    choice, currency = Choice(), subject.currency
    if not waiting.totals.exceptions:
        return markup.sheet("attention", QUESTION, [markup.lead(nothing_left(choice, waiting.resolved))])
    first = lead(waiting.totals, waiting.oldest[0], waiting.dearest[0], waiting.groups[0], choice, currency)
    ages = markup.heading("How old are they?") + ages_table(waiting.ages, currency)
    types = markup.heading("What are they?") + types_table(waiting.groups, currency)
    first_ones = [
        markup.heading(name) + returns_table(name, found[:MOST_RETURNS], currency)
        for name, found in (("The oldest", waiting.oldest), ("The dearest", waiting.dearest))
    ]
    return markup.sheet(
        "attention",
        QUESTION,
        [
            markup.lead(first),
            markup.note(dated),
            markup.beside(ages, types),
            markup.beside(*first_ones),
            markup.note(caption(waiting.totals, subject.scope, subject.build.as_of, currency)),
        ],
    )


def ages_table(ages: Sequence[AgeClass], currency: str) -> str:
    """Return the open exceptions by age, youngest first."""
    most = max((one.still_open for one in ages), default=0) or 1
    lines = [
        [
            plain(one.name),
            markup.drawn(Bar(0.0, one.still_open / most)),
            plain(formats.count(one.still_open)),
            plain(formats.money(one.value, currency) if one.value else formats.NOTHING),
        ]
        for one in ages
    ]
    columns = [Column("Age"), Column("Share"), Column("Open", True), Column("Value", True)]
    return markup.table("Open exceptions by age", columns, lines)


def types_table(groups: Sequence[Group], currency: str) -> str:
    """Return the open exceptions by type, the most at stake first; the rest of many types is one line."""
    shown, rest = groups[:MOST_TYPES], groups[MOST_TYPES:]
    most = max((one.exceptions for one in shown), default=1)
    lines = [
        [
            plain(type_name(one.name or "")),
            measured(formats.count(one.exceptions), one.exceptions / most),
            plain(formats.duration(one.oldest_days * DAY, DAY)),
            plain(formats.money(one.value, currency) if one.valued else formats.NOTHING),
        ]
        for one in shown
    ]
    if rest:
        lines.append(_rest_of(rest, currency))
    columns = [Column("Type"), Column("Open", True), Column("Oldest", True), Column("Value", True)]
    return markup.table("Open exceptions by type", columns, lines)


def _rest_of(rest: Sequence[Group], currency: str) -> list[str]:
    value = formats.money(sum(one.value for one in rest), currency)
    return [
        plain(f"{len(rest)} more types" if len(rest) > 1 else "1 more type"),
        plain(formats.count(sum(one.exceptions for one in rest))),
        plain(formats.duration(max(one.oldest_days for one in rest) * DAY, DAY)),
        plain(value if any(one.valued for one in rest) else formats.NOTHING),
    ]


def returns_table(name: str, found: Sequence[Flagged], currency: str) -> str:
    """Return exceptions one by one, each with the number of its return."""
    lines = [
        [
            code(one.rma_number or one.case_id) if one.case_id else plain("none known"),
            plain(type_name(one.exception_type)),
            plain(formats.duration(one.age_days * DAY, DAY)),
            plain(formats.NOTHING if one.value is None else formats.amount(one.value)),
        ]
        for one in found
    ]
    value = f"Value ({currency})" if currency else "Value"
    columns = [Column("Return"), Column("Exception"), Column("Age", True), Column(value, True)]
    return markup.table(f"{name} open exceptions", columns, lines)
