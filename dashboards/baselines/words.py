"""What the page says of baselines."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dashboards.compare.words import window
from dashboards.list_html import Column, code, plain, unbroken
from pipeline import formats
from pipeline.instants import parse_instant
from proof.baseline.store import Stored

LIMITED = "Baselines are about all entities, and your role sees only some of them."
NONE_YET = (
    "No baseline is frozen yet. Freeze the period before a change, so that nobody can move the figures it is held "
    "against: they are kept with what they were made of, and every later restatement is told with its cause."
)
COLUMNS = (
    Column("Baseline"),
    Column("Requested"),
    Column("Returns", is_number=True),
    Column("As of"),
    Column("State"),
    Column("Compare"),
)


def lead(found: Sequence[Stored]) -> str:
    """Say how many baselines there are and whether all are as they were frozen."""
    if not found:
        return NONE_YET
    broken = [one.name for one in found if one.changed]
    many = f"{formats.count(len(found))} baselines are" if len(found) > 1 else "One baseline is"
    if broken:
        return f"{many} frozen; {formats.listed(broken)} was changed since and cannot be trusted."
    return f"{many} frozen, and whole: every file is what was sealed."


def line(stored: Stored) -> list[str]:
    """Return a baseline as a line of the list: cells of markup."""
    state = f"changed: {'; '.join(stored.changed)}" if stored.changed else f"whole, seal {stored.seal[:12]}"
    frozen = stored.baseline
    if frozen is None:
        return [
            code(stored.name),
            plain(formats.NOTHING),
            plain(formats.NOTHING),
            plain(formats.NOTHING),
            plain(state),
            "",
        ]
    requested = frozen.value("returns_requested")
    as_of = frozen.build.as_of_at
    return [
        code(stored.name, "" if not frozen.side.cohort.steps else f"cohort {frozen.side.cohort.digest[:8]}"),
        unbroken(window(frozen.side)),
        plain(formats.count(requested.n) if requested else formats.NOTHING),
        unbroken(formats.minute(parse_instant(as_of, "as_of_at")) if as_of else formats.NOTHING),
        plain(state),
        f'<a href="compare?against={escape(stored.name)}" target="_self">Compare with it</a>',
    ]
