"""The replay in words: what it is a sample of, what of it can't be seen, how its marks move."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from mining.replay import Replay, Sample
from pipeline import formats

WINDOWS = {"30 days": 30, "90 days": 90, "a year": 365, "all time": None}
FIRST_WINDOW = "90 days"

HOW_IT_MOVES = (
    "After a step a return moves along the edge within half a day at most and then stands in the queue before its next "
    "step, until at most two hours before that step happens: what stands still is waiting. Where no edge of "
    "the map leads to its next step it stands under its last one and then jumps, hollow and dashed; an open return "
    "stays under the last step that it reached. Steps that the map hides are passed over. A return is over target when "
    "the segment it is in (as on the page Time) has taken more business time than its target; those of entities "
    "without a calendar never are."
)


def sample_in_words(sample: Sample, replay: Replay) -> str:
    """Say how many returns of how many are shown, how they were chosen, and what is hidden."""
    shown, days = len(sample.cases), _days(sample)
    if shown == sample.running:
        which = f"All {_returns(shown)} in progress {days}"
    else:
        rule = "chosen by a fixed rule: the lowest MD5 of their ids"
        which = f"A sample of {formats.count(shown)} of {_returns(sample.running)} in progress {days}, {rule}"
    hidden, jumps = replay.hidden_events, replay.jumps
    events = "1 event is" if hidden == 1 else f"{formats.count(hidden)} events are"
    step = "its step is" if hidden == 1 else "their step is"
    moves = "1 move jumps" if jumps == 1 else f"{formats.count(jumps)} moves jump"
    edge = "its edge is" if jumps == 1 else "their edge is"
    return f"{which}. {events} hidden because {step} not on the map; {moves}, dashed, because {edge} hidden."


def calendar_in_words(sample: Sample) -> str:
    """Say whose calendar the dates are of."""
    zone = sample.time_zone
    living = sum(case.time_zone == zone for case in sample.cases)
    if living == len(sample.cases):
        return f"Dates are local, by the calendar of {zone}."
    return (
        f"Dates are by the calendar of {zone}, where {formats.count(living)} of these returns are; "
        "the others happen at the same instants by theirs."
    )


def _days(sample: Sample) -> str:
    zone = ZoneInfo(sample.time_zone)
    first, last = (_local(at, zone) for at in (sample.start, sample.end))
    return f"from {formats.day(first.date())} to {formats.day(last.date())}"


def _local(at: datetime, zone: ZoneInfo) -> datetime:
    return at.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone)


def _returns(number: int) -> str:
    return "1 return" if number == 1 else f"{formats.count(number)} returns"
