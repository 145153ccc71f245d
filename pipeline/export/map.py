"""Write the process map as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mining.catalogue import lanes_of_any_log, lanes_of_returns
from mining.drawing.colours import tokens
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


def returns_map(log: EventLog, said: str) -> str:
    """Return the map of the work on returns at first sight, as SVG; `said` is a line about what the log is."""
    days = [seconds for (seconds,) in log.rows("standard_days")]
    reading = Reading("median wait", "business", days[0] if len(days) == 1 else None)
    notes = (said, "Messages to customers and between systems are left out; waits run across them.")
    return _map(without_messages(log), lanes_of_returns(log), reading, "returns", notes)


def any_map(log: EventLog, said: str) -> str:
    """Return the map of any log at first sight, as SVG."""
    return _map(log, lanes_of_any_log(log), Reading("median wait", "elapsed", DAY), "cases", (said,))


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


def _map(log: EventLog, lanes: LaneMap, reading: Reading, things: str, notes: Sequence[str]) -> str:
    found = process_map(log)
    selection = first_sight(log, found)
    shown = coverage(log, found, selection)
    captions = (f"Showing {shown.sentence(things)}; {hidden_edges(shown)}.", *notes, MARKS)
    return map_svg(picture_of(found, selection, lanes, reading, shown.cases[1]), captions, tokens("light"))
