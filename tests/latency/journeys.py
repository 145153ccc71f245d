"""What readers do: journeys through the pages, each of which leaves the pages as it found them but for the filters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tests.latency.acts import (
    back,
    button,
    close,
    followed,
    listed,
    moved,
    named,
    on_map,
    option,
    switch,
    to_page,
    typed_date,
)
from tests.latency.reader import Act, Kind

FIRST_DAY, DAYS = date(2025, 2, 1), 60
ATTRIBUTES = ("Site", "Channel", "Reason", "Product category")


@dataclass(frozen=True)
class Step:
    """One thing to do, in words, and whether it changes the filters, goes to a page or turns what is on one."""

    what: str
    kind: Kind
    act: Act


Journey = Callable[[Random], list[Step]]


def filter_of(rng: Random) -> list[Step]:
    """Add a rule by the drawer."""
    attribute = rng.choice(ATTRIBUTES)
    return [
        Step("open the filters", "control", button("Filters")),
        Step("ask for an attribute", "control", named("Add a filter", attribute)),
        Step("choose its value", "control", listed("One of", rng.randrange(100))),
        Step("keep these returns", "filter", button("Keep these returns")),
    ]


def scorecard(rng: Random) -> list[Step]:
    """Filter on the scorecard, open a KPI and look at what is behind it."""
    start = FIRST_DAY + timedelta(rng.randrange(DAYS))
    return [
        *filter_of(rng),
        Step("choose an entity", "filter", listed("Entities", rng.randrange(100))),
        Step("set the first day", "filter", typed_date("From", start)),
        Step("show everything", "filter", button("Show everything")),
        Step("set the first day", "filter", typed_date("From", start + timedelta(1))),
        Step("close the filters", "control", close()),
        Step("open a KPI", "control", followed("Open Rework rate", 0)),
        Step("break it down by site", "control", option("site")),
        Step("turn to its second page", "control", button("Page 2")),
        Step("close the KPI", "control", close()),
    ]


def exceptions(rng: Random) -> list[Step]:
    """Go through recovery to the exceptions and keep one kind."""
    return [
        Step("to recovery", "page", to_page("Recovery")),
        Step("to the exceptions", "page", to_page("Exceptions")),
        Step("the resolved ones too", "control", switch("Resolved ones too")),
        Step("the dearest first", "control", option("dearest")),
        Step("keep a kind of exception", "filter", followed("Keep: ", rng.randrange(3))),
        Step("open the filters", "control", button("Filters")),
        Step("undo it", "filter", button("Undo the filter")),
        Step("close the filters", "control", close()),
    ]


def process_map(rng: Random) -> list[Step]:
    """Turn the map, pick an edge and keep its returns."""
    return [
        Step("to the process map", "page", to_page("Process map")),
        Step("more edges", "control", moved("Edges at most", "ArrowRight", 2)),
        Step("elapsed time", "filter", option("elapsed")),
        Step("business time", "filter", option("business")),
        Step("pick an edge", "control", on_map(rng.randrange(6))),
        Step("keep its returns", "filter", button("Keep these")),
        Step("open the filters", "control", button("Filters")),
        Step("undo it", "filter", button("Undo the filter")),
        Step("close the filters", "control", close()),
    ]


def paths(rng: Random) -> list[Step]:
    """Leave out a path, look at the returns of another, and at one of them."""
    return [
        Step("to the paths", "page", to_page("Paths")),
        Step("raw paths", "control", option("raw")),
        Step("25 rows", "control", option("25")),
        Step("drop a path", "filter", followed("Drop: ", rng.randrange(4))),
        Step("see the returns of a path", "page", followed("See ", rng.randrange(4))),
        Step("the dearest first", "control", option("dearest")),
        Step("turn to the second page", "control", button("Page 2")),
        Step("open a return", "page", followed("Open the return", rng.randrange(5))),
        Step("back to the list", "page", back),
    ]


def handoffs(rng: Random) -> list[Step]:
    """Look at handoffs, then at time, with everything and with one entity."""
    return [
        Step("to the handoffs", "page", to_page("Handoffs")),
        Step("between systems", "control", option("system")),
        Step("open the filters", "control", button("Filters")),
        Step("choose an entity", "filter", listed("Entities", rng.randrange(100))),
        Step("show everything", "filter", button("Show everything")),
        Step("choose another entity", "filter", listed("Entities", rng.randrange(100))),
        Step("close the filters", "control", close()),
        Step("to time", "page", to_page("Time")),
        Step("rank by money", "control", option("money")),
    ]


def proof(rng: Random) -> list[Step]:
    """Look at what breaks the rules, at causes, and at whether it can be trusted."""
    return [
        Step("to the rules", "page", to_page("Rules")),
        Step("to the causes", "page", to_page("Causes")),
        Step("another outcome", "control", listed("Outcome", 1 + rng.randrange(3))),
        Step("to trust", "page", to_page("Trust")),
        Step("to the scorecard", "page", to_page("Scorecard")),
    ]


JOURNEYS: tuple[Journey, ...] = (scorecard, exceptions, process_map, paths, handoffs, proof)
