"""The second sheet: where time goes, from request to close, and what is waited for longer than usual."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.list_html import Column, measured, plain
from dashboards.time.bottlenecks import MONEY, MOST, place_of, ranked_by, what_counts, worst
from dashboards.time.clock import HOUR
from dashboards.time.page import QUESTION, whole_way
from dashboards.time.segments import Way, left_out, parts_of, whole_of
from mining.bottlenecks import Bottleneck
from pipeline import formats
from report import markup
from report.markup import Bar
from report.parts import Spent


def time_sheet(spent: Spent, dated: str, currency: str) -> str:
    """Return the sheet; `dated` says which returns it is about."""
    parts = [markup.lead(f"{whole_way(spent.way)} {worst(spent.ranking)}"), markup.note(dated)]
    if spent.way:
        parts.append(markup.block([markup.heading("From request to close"), waterfall(spent.way)]))
        parts.append(markup.note(left_out(spent.way)))
    return markup.sheet("time", QUESTION, [*parts, *_bottlenecks(spent.ranking, currency)])


def waterfall(way: Way) -> str:
    """Return the segments as a table whose bars begin where the last one ends, and the whole below them."""
    parts, whole = parts_of(way), whole_of(way)
    reach = whole.length or 1.0
    starts = [sum(part.length for part in parts[:place]) for place in range(len(parts))]
    lines = [
        [plain(part.name), markup.drawn(Bar(start / reach, (start + part.length) / reach)), plain(part.words)]
        for part, start in zip(parts, starts, strict=True)
    ]
    lines.append([f"<b>{plain(whole.name)}</b>", markup.drawn(Bar(0.0, 1.0, True)), f"<b>{plain(whole.words)}</b>"])
    columns = [Column("Segment"), Column(f"Mean per return, {way.unit.long}"), Column("Length and share", True)]
    return markup.table("Segments of the time from request to close", columns, lines)


def _bottlenecks(found: Sequence[Bottleneck], currency: str) -> list[str]:
    waiting = [one for one in found if one.excess_seconds > 0]
    if not waiting:
        return []
    told = [markup.heading("What is waited for longer than usual?"), ranking(waiting[:MOST], currency)]
    return [markup.block(told), markup.note(f"{dearest(waiting, currency)} {MONEY} {what_counts(found, waiting)}")]


def ranking(waiting: Sequence[Bottleneck], currency: str) -> str:
    """Return bottlenecks as a table, in hours and in money; bars are shares of the largest."""
    most = max(one.excess_seconds for one in waiting)
    dearest_of_all = max(one.value_days for one in waiting) or 1.0
    lines = [
        [
            plain(one.step, place_of(one)),
            measured(formats.measured(one.excess_seconds / HOUR, "h"), one.excess_seconds / most),
            plain(formats.share(one.excess_share)),
            plain(f"{formats.count(one.over_target)} of {formats.count(one.waits)}"),
            measured(formats.money_days(one.value_days, currency), one.value_days / dearest_of_all),
        ]
        for one in waiting
    ]
    columns = [
        Column("Waiting for"),
        Column("Beyond the usual", True),
        Column("Of all such hours", True),
        Column("Waits longer than usual", True),
        Column("Money that waits", True),
    ]
    return markup.table("Bottlenecks, the most hours first", columns, lines)


def dearest(waiting: Sequence[Bottleneck], currency: str) -> str:
    """Say which bottleneck keeps the most money waiting."""
    one = ranked_by(waiting, "money")[0]
    worth = formats.money_days(one.value_days, currency)
    return f"Most money waits for {one.step} ({place_of(one)}): {worth}."
