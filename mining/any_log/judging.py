"""Which events of a foreign log can be used, and what becomes known of the others."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from mining.any_log.columns import Columns
from mining.any_log.stamps import EXPECTED
from pipeline.errors import UsageError

_EXAMPLES = 5
_OUTSIDE = "stands in no trace"
_UNREADABLE = "has a timestamp that cannot be read"
_REASONS = {
    "has no case": "case_id is null",
    "has no activity": "activity is null",
    "has no timestamp": "event_at is null and stamp is null",
    _UNREADABLE: "event_at is null",
}
_INCOMPLETE = {"is not complete": "lower(lifecycle) <> 'complete'"}


@dataclass(frozen=True)
class LeftOut:
    """Events of a file that are not in the log: why, how many, and the first timestamps that could not be read."""

    reason: str
    events: int
    examples: tuple[str, ...] = ()


def judge(
    con: duckdb.DuckDBPyConnection, path: Path, columns: Columns, complete_only: bool, outside: int = 0
) -> tuple[int, tuple[LeftOut, ...]]:
    """Make `file.kept`, the usable rows of `file.events`; return how many events there were and which are left out.

    `outside` events never became rows, for they stand in no trace. Raises UsageError when there are events and none of
    them can be used: then the wrong columns were named.
    """
    reasons = _REASONS | (_INCOMPLETE if complete_only else {})
    whens = " ".join(f"when {condition} then '{reason}'" for reason, condition in reasons.items())
    con.execute(f"create view file.judged as select *, case {whens} end as reason from file.events")  # noqa: S608
    con.execute("create view file.kept as select * exclude (reason) from file.judged where reason is null")
    rows = con.execute("select reason, count(*) from file.judged group by reason order by reason").fetchall()
    left_out = [LeftOut(reason, events, _examples(con, reason)) for reason, events in rows if reason is not None]
    left_out += [LeftOut(_OUTSIDE, outside)] if outside else []
    if left_out and all(reason is not None for reason, _ in rows):
        raise _useless(path, columns, left_out)
    return sum(events for _, events in rows) + outside, tuple(left_out)


def _examples(con: duckdb.DuckDBPyConnection, reason: str) -> tuple[str, ...]:
    if reason != _UNREADABLE:
        return ()
    rows = con.execute(
        "select stamp from file.judged where reason = ? order by row_number limit ?", [reason, _EXAMPLES]
    ).fetchall()
    return tuple(dict.fromkeys(stamp for (stamp,) in rows))


def _useless(path: Path, columns: Columns, left_out: list[LeftOut]) -> UsageError:
    why = "; ".join(
        f"{out.events:,} {out.reason}" + (f" (such as {', '.join(map(repr, out.examples))})" if out.examples else "")
        for out in left_out
    )
    return UsageError(
        f"No event of {path} can be used: {why}. The case was read from {columns.case!r}, the activity from "
        f"{columns.activity!r}, the timestamp from {columns.timestamp!r} (expected is {EXPECTED}). Name others with "
        "--case, --activity and --timestamp, or mend the file."
    )
