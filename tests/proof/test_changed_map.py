"""The map of both sides: shares and waits by hand, the planted change alone has colour, the rest is noise."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from dashboards.charts.process_map import process_map_figure
from mining.drawing.colours import tokens
from mining.lanes import Step, lay_out_lanes
from mining.simplify import simplify
from pipeline.publish import open_published
from proof.changed_map import ChangedMap, part
from proof.changed_map_view import change_picture, edge_words
from proof.laid import lay
from proof.question import Question, Side
from tests.proof.literal_returns import One, Stamp, warehouse

QUESTION = Question(Side(date(2025, 1, 1), date(2025, 3, 1)), Side(date(2025, 4, 1), date(2025, 6, 1)))
AS_OF = datetime(2025, 12, 1)
REQUESTED, APPROVED, CLOSED = "RMA Created", "Return Approved", "Return Closed"
LANES = lay_out_lanes(
    [
        Step(name, "request", rank, "erp")
        for rank, name in enumerate((REQUESTED, "Approval Requested", APPROVED, CLOSED))
    ]
)


def world(seed: int = 4, returns: int = 400) -> list[One]:
    """After, most approvals need no request any more, and what is approved waits a day less to be closed."""
    random = np.random.default_rng(seed)
    made = []
    for _ in range(returns):
        start = datetime(2025, 1, 1) + timedelta(days=float(random.uniform(0, 150)))
        is_after = start >= datetime(2025, 4, 1)
        asked = [Stamp(0.2, "Approval Requested")] if random.random() < (0.2 if is_after else 0.8) else []
        wait = float(random.gamma(9.0, 0.3)) - (1.0 if is_after else 0.0)
        approved = 1.0 + float(random.gamma(9.0, 0.05))
        closed = approved + max(0.1, wait)
        stamps = (
            Stamp(0.0, REQUESTED),
            *asked,
            Stamp(approved, APPROVED),
            Stamp(approved + 0.05, "Customer Notified"),
            Stamp(closed, CLOSED),
        )
        made.append(One(start, round(closed, 6), customer=f"C{random.integers(30)}", stamps=stamps))
    return made


@pytest.fixture(scope="module")
def found() -> ChangedMap:
    return part(lay(warehouse(world(), AS_OF), QUESTION))


def test_shares_and_waits_are_those_of_the_returns(found):
    sides = [
        [one for one in world() if side.start <= one.start.date() < side.end]
        for side in (QUESTION.before, QUESTION.after)
    ]
    steps = {step.name: step for step in found.steps}
    assert "Customer Notified" not in steps  # a message is no work
    [edge] = [edge for edge in found.edges if edge.key == (APPROVED, CLOSED)]
    horizon = found_horizon()
    before = [one for one in sides[0] if one.start.date() + timedelta(days=horizon) <= date(2025, 4, 1)]
    asked = [sum(len(one.stamps) == 5 for one in side) for side in (before, sides[1])]
    assert steps["Approval Requested"].having == tuple(asked)
    assert steps["Approval Requested"].of == (len(before), len(sides[1]))
    waits = [
        [one.stamps[-1].days - one.stamps[-3].days for one in side if one.stamps[-1].days < horizon]
        for side in (before, sides[1])
    ]
    assert edge.wait.passages == tuple(map(len, waits))
    assert (edge.wait.before, edge.wait.after) == tuple(pytest.approx(np.mean(part)) for part in waits)


def found_horizon() -> int:
    return lay(warehouse(world(), AS_OF), QUESTION).followed.horizon_days


def test_the_planted_changes_are_beyond_chance_and_nothing_else(found):
    called = {edge.key for edge in found.edges if edge.share.is_beyond_chance}
    assert called == {(REQUESTED, "Approval Requested"), ("Approval Requested", APPROVED), (REQUESTED, APPROVED)}
    assert [step.name for step in found.steps if step.is_beyond_chance] == ["Approval Requested"]
    [waited] = [edge for edge in found.edges if edge.wait.is_beyond_chance]
    assert waited.key == (APPROVED, CLOSED)
    low, high = waited.wait.change.interval
    assert low < -1.0 < high < 0
    assert not [one for one in (*found.starts, *found.ends) if one.is_beyond_chance]


@pytest.mark.parametrize("shown", ["share of returns", "mean wait"])
def test_only_what_is_beyond_chance_has_a_colour_and_a_number(found, shown):
    picture = change_picture(found, simplify(found.graph(), 4, 5), LANES, shown)
    theme = tokens("light")
    by_key = {arc.key: arc for arc in picture.arcs}
    quiet = [(APPROVED, CLOSED)] if shown == "share of returns" else [(REQUESTED, APPROVED)]
    loud = [(REQUESTED, APPROVED)] if shown == "share of returns" else [(APPROVED, CLOSED)]
    for key in quiet:
        assert (by_key[key].level, by_key[key].label) == (None, "")
        assert picture.colour(by_key[key], theme) == theme.faint
        assert picture.widths()[key] > 2  # noise has no colour; it has its width
    for key in loud:
        assert by_key[key].label
        assert picture.colour(by_key[key], theme) in (theme.diverging[0], theme.diverging[-1])
    figure = process_map_figure(picture, theme)
    assert "grey is within chance" in str(figure.data[-1].marker.colorbar.title.text)


def test_an_edge_says_both_sides_and_whether_it_is_chance(found):
    [edge] = [edge for edge in found.edges if edge.key == (APPROVED, CLOSED)]
    words = [line.replace("\N{NO-BREAK SPACE}", " ") for line in edge_words(edge)]
    assert words[0].startswith("Before ")
    assert words[1].startswith("After ")
    assert words[2].endswith("within chance")
    assert words[3].startswith("Mean wait from 2.")
    assert words[3].endswith("beyond chance")


def test_few_passages_are_not_compared():
    few = part(lay(warehouse(world(returns=30), AS_OF), QUESTION))
    assert {edge.wait.change for edge in few.edges} == {None}
    assert edge_words(few.edges[0])[-1].startswith("Too few passages")


def test_a_map_of_a_built_warehouse_counts_its_compared_returns(built_workspace: Path):
    question = Question(Side(date(2025, 1, 6), date(2025, 3, 1)), Side(date(2025, 3, 1), date(2025, 4, 10)))
    with open_published(built_workspace) as published:
        laid = lay(published.connection, question)
        found = part(laid)
    assert found.of == (laid.followed.returns("before"), laid.followed.returns("after"))
    assert max(step.having for step in found.steps) == found.of
    assert all(sum(edge.share.having) <= sum(edge.wait.passages) for edge in found.edges)
