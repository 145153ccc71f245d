"""Write the process map as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mining.catalogue import lanes_of_any_log, lanes_of_returns
from mining.drawing.colours import tokens
from mining.drawing.picture import Picture
from mining.drawing.png import png_of
from mining.drawing.svg import map_svg
from mining.first_sight import first_sight
from mining.lanes import LaneMap
from mining.log import EventLog
from mining.map_view import DAY, Reading, hidden_edges, picture_of
from mining.process_map import coverage, process_map, without_messages
from pipeline import formats
from pipeline.publish import Published

MARKS = "Line width: cases that go this way. Dashed lines run back. The bar in a step is its share of the cases."
NO_MESSAGES = "Messages to customers and between systems are left out; waits run across them."


@dataclass(frozen=True)
class FirstSight:
    """A map as it is shown before anyone has chosen, and the sentence that says what it shows and hides."""

    picture: Picture
    sentence: str


def returns_at_first_sight(log: EventLog) -> FirstSight:
    """Return the map of the work on returns, messages left out, with waits in business time."""
    days = [seconds for (seconds,) in log.rows("standard_days")]
    reading = Reading("median wait", "business", days[0] if len(days) == 1 else None)
    return _at_first_sight(without_messages(log), lanes_of_returns(log), reading, "returns")


def returns_map(log: EventLog, said: str) -> str:
    """Return the map of the work on returns at first sight, as SVG; `said` is a line about what the log is."""
    return _svg(returns_at_first_sight(log), (said, NO_MESSAGES))


def any_map(log: EventLog, said: str) -> str:
    """Return the map of any log at first sight, as SVG."""
    reading = Reading("median wait", "elapsed", DAY)
    return _svg(_at_first_sight(log, lanes_of_any_log(log), reading, "cases"), (said,))


def write_map(published: Published, form: str, path: Path) -> None:
    """Write the map of a build's returns at first sight as `form`, svg or png."""
    manifest = published.manifest
    said = (
        f"All {formats.count(manifest.cases)} returns of build {manifest.build}, as of {manifest.as_of_at or 'never'}."
    )
    svg = returns_map(EventLog(published.connection), said)
    if form == "png":
        path.write_bytes(png_of(svg))
    else:
        path.write_text(svg, encoding="utf-8")


def _at_first_sight(log: EventLog, lanes: LaneMap, reading: Reading, things: str) -> FirstSight:
    found = process_map(log)
    selection = first_sight(log, found)
    shown = coverage(log, found, selection)
    picture = picture_of(found, selection, lanes, reading, shown.cases[1])
    return FirstSight(picture, f"Showing {shown.sentence(things)}; {hidden_edges(shown)}.")


def _svg(seen: FirstSight, notes: Sequence[str]) -> str:
    return map_svg(seen.picture, (seen.sentence, *notes, MARKS), tokens("light"))
