"""What can be picked on a map: its cases are those that its rule keeps, its waits those of plain counting."""

from __future__ import annotations

from datetime import datetime, timedelta
from statistics import median

from hypothesis import given, settings
from hypothesis import strategies as st

from mining.cohort import Cohort, choose
from mining.log import EventLog
from mining.map_elements import Element, cases_of, cases_with, elements_of, value_waiting, waits_before
from mining.process_map import process_map, valued
from tests.mining.worlds import log_of

START = datetime(2026, 1, 5, 8)


def spelled(paths: list[str]) -> EventLog:
    """Cases that take paths spelled in letters, the n-th step n days long; the n-th case is worth n, every 5th open."""
    return log_of(
        {
            f"{number}": [
                (name, f"{START + timedelta(days=at * (at + 1) // 2):%Y-%m-%d %H:%M}", {"business_micros": at * 10**6})
                for at, name in enumerate(path)
            ]
            for number, path in enumerate(paths, 1)
        },
        cases={
            f"{number}": {"worth": float(number), "is_open": number % 5 == 0} for number in range(1, len(paths) + 1)
        },
    )


def test_money_waits_on_edges_and_before_steps() -> None:
    log = spelled(["AB", "ABB", "CB"])
    edges = {
        (edge.activity, edge.next_activity): edge.value_days for edge in valued(log, process_map(log), "worth").edges
    }
    assert edges == {("A", "B"): 1.0 + 2.0, ("B", "B"): 2.0 * 2, ("C", "B"): 3.0}
    waits = waits_before(log, "B", "worth")
    assert (waits.waits, waits.value_days) == (4, 10.0)
    assert (waits.median_seconds, waits.total_seconds) == (86400.0, 5 * 86400.0)
    assert waits.median_business_seconds == median([1, 1, 1, 1])


def test_a_step_that_nothing_precedes_waits_for_nothing() -> None:
    waits = waits_before(spelled(["AB"]), "A", "worth")
    assert (waits.waits, waits.median_seconds, waits.value_days) == (0, None, None)


def test_what_is_not_on_the_map_has_no_cases() -> None:
    found = process_map(spelled(["AB"]))
    missing = Element("edge", ("B", "A"))
    assert cases_of(found, missing) == cases_of(found, Element("step", ("Z",))) == 0
    assert cases_with(spelled(["AB"]), missing) == 0
    assert value_waiting(spelled(["AB"]), missing, "worth") is None
    assert list(elements_of(found)) == ["Step: A", "Step: B", "Edge: A → B", "Start: A", "End: B"]


@settings(deadline=None, max_examples=12)
@given(st.lists(st.text("ABC", min_size=1, max_size=5), min_size=1, max_size=10))
def test_every_element_has_the_cases_that_its_rule_keeps(paths: list[str]) -> None:
    log = spelled(paths)
    found = process_map(log)
    for element in elements_of(found).values():
        kept = choose(log, Cohort((element.rule(),)))
        [(cases,)] = kept.connection.execute(f"select count(*) from {kept.cases} as kept").fetchall()
        assert cases == cases_of(found, element) == cases_with(log, element)
    for edge in valued(log, found, "worth").edges:
        element = Element("edge", (edge.activity, edge.next_activity))
        assert value_waiting(log, element, "worth") == edge.value_days
