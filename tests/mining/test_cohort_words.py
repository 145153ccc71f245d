"""Cohorts in plain English, and the funnel of their steps."""

from __future__ import annotations

from datetime import date

import pytest

from mining.cohort import (
    Activities,
    And,
    Attribute,
    Cohort,
    Duration,
    Endpoints,
    EventCount,
    Exceptions,
    Follower,
    FrequentVariants,
    FunnelStep,
    Names,
    Not,
    Or,
    Period,
    Rework,
    State,
    TrimToEndpoints,
    TrimToPeriod,
    Variants,
    funnel,
    sentence,
)
from mining.cohort.form import Step
from tests.mining.worlds import log_of

NAMES = Names(values={"site": {"202": "Denver"}, "variant_id": {"ab12": "Standard path"}})
MARCH = {"start": date(2025, 3, 1), "end": date(2025, 4, 1)}


def test_the_whole_stack_is_one_sentence() -> None:
    cohort = Cohort(
        (
            Period("started", **MARCH),
            Attribute("site", ("202",)),
            Not(State(("declined",))),
            Duration("cycle_time", "business_days", min=10),
        )
    )
    assert sentence(cohort, NAMES) == (
        "Returns that began in March 2025, at site Denver (202), except those that are declined, "
        "that took 10 business days or more."
    )


def test_trims_part_the_sentence() -> None:
    steps = (
        TrimToEndpoints(("Goods Received",), ("Credit Posted",), last_occurrence="first"),
        Duration("cycle_time", max=1),
        Rework(has=False),
        TrimToPeriod(**MARCH),
    )
    assert sentence(Cohort(steps), Names("case", "cases")) == (
        "Cases cut to the section from the first Goods Received to the first Credit Posted; "
        "of these, those that took 1 day at most, without rework; cut to their events in March 2025."
    )
    assert sentence(Cohort()) == "All returns."


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Period("contained", date(2025, 1, 1), date(2026, 1, 1)), "that lie wholly in the time in 2025"),
        (
            Period("intersecting", date(2025, 3, 3), date(2025, 4, 10)),
            "that were under way from 3 March to 9 April 2025",
        ),
        (Period("completed", end=date(2025, 3, 3)), "that ended before 3 March 2025"),
        (Period("completed", start=date(2025, 3, 3)), "that ended from 3 March 2025 on"),
        (Period("started", date(2025, 3, 3), date(2025, 3, 4)), "that began on 3 March 2025"),
        (Period("started", date(2024, 12, 1), date(2025, 3, 1)), "that began from 1 December 2024 to 28 February 2025"),
        (Attribute("site", ("202", None, "101"), keep=False), "not at site 101, Denver (202) or no value"),
        (Attribute("Amount class", ("high",)), "with Amount class high"),
        (Duration("waiting", min=0.5, max=2), "that waited in all 0.5 to 2 days"),
        (Duration("longest_wait", "business_days", max=1), "whose longest wait was 1 business day at most"),
        (EventCount(min=4, max=4), "with exactly 4 events"),
        (Endpoints(("A",), ("B", "C")), "that begin with A and end with B or C"),
        (
            Activities(("A", "B"), ("C", "D"), ("E", "F")),
            "with A and B and with at least one of C and D and without E or F",
        ),
        (Follower(("A",), ("B",)), "in which A is eventually followed by B"),
        (
            Follower(("A",), ("B", "C"), "never_directly", max_seconds=172_800, resource="same"),
            "in which A is never directly followed by B or C within 2 days by the same resource",
        ),
        (
            Follower(("A",), ("B",), "eventually", min_seconds=5_400, resource="different"),
            "in which A is eventually followed by B after 90 minutes or more by a different resource",
        ),
        (Variants(("ab12",)), "of variant Standard path (ab12)"),
        (Variants(("cd34",)), "of one variant"),
        (Variants(("ab12", "cd34")), "of one of 2 variants"),
        (Variants(("1", "2", "3", "4")), "of one of 4 variants"),
        (FrequentVariants(0.805), "of the most frequent variants that cover 80.5 % of them"),
        (Exceptions(), "with an exception"),
        (Exceptions(has=False, types=("late", "lost")), "without exception late or lost"),
        (State(("open", "closed")), "that are closed or open"),
        (
            Or((Rework(), And((Exceptions(), State(("open",)))))),
            "(either with rework or (with an exception and that are open))",
        ),
        (TrimToEndpoints(("A",)), "cut to the section from the first A to the end"),
    ],
)
def test_each_step_has_its_words(step: Step, words: str) -> None:
    assert sentence(Cohort((step,)), NAMES) == f"Returns {words}."


def test_the_funnel_says_what_each_step_drops_and_how_much_of_it_is_open() -> None:
    log = log_of(
        {
            "1": [("A", "2025-03-01 00:00"), ("B", "2025-03-02 00:00")],
            "2": [("A", "2025-03-05 00:00")],
            "3": [("A", "2025-02-01 00:00")],
            "4": [("A", "2025-02-01 00:00"), ("B", "2025-02-02 00:00")],
        },
        cases={"2": {"is_open": True}, "3": {"is_open": True}},
    )
    cohort = Cohort(
        (
            Period("started", **MARCH),
            EventCount(min=1),
            Period("completed", **MARCH),
            TrimToEndpoints(("B",)),
            TrimToPeriod(start=date(2026, 1, 1)),
        )
    )
    steps = funnel(log, cohort)
    assert steps == (
        FunnelStep("that began in March 2025", 4, 2, 2, 1),
        FunnelStep("with 1 event or more", 2, 2, 1, 1),
        FunnelStep("that ended in March 2025", 2, 1, 1, 0),
        FunnelStep("cut to the section from the first B to the end", 1, 1, 0, 0),
        FunnelStep("cut to their events from 1 January 2026 on", 1, 0, 0, 0),
    )
    assert [step.drop_in_words() for step in steps] == [
        "drops 2 returns, 1 of them still open",
        "drops none",
        "drops 1 return, still open",
        "drops none",
        "drops 1 return",
    ]
    assert funnel(log, Cohort()) == ()


def test_large_drops_are_readable() -> None:
    step = FunnelStep("with rework", 453_878, 41_000, 20_000, 1_000)
    assert step.drop_in_words(Names("case", "cases")) == "drops 412,878 cases, 19,000 of them still open"
