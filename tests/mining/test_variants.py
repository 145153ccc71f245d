"""The paths of cases, raw and normalised, and how they differ from the standard."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby

import pandas as pd
import pm4py
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mining.log import EventLog
from mining.variants import (
    Normalisation,
    Worth,
    difference_in_words,
    marks,
    normalised_variants,
    raw_variants,
    technical_activities,
    variant_counts,
)
from tests.mining.worlds import Step, log_of

START = datetime(2026, 1, 5, 8)
TRACES = st.lists(st.text("ABCD", min_size=1, max_size=7), min_size=1, max_size=12)


def at(*moments: tuple[str, int]) -> list[Step]:
    """Activities with the second at which they happen."""
    return [(name, f"{START + timedelta(seconds=second):%Y-%m-%d %H:%M:%S}") for name, second in moments]


def spelled(paths: Sequence[str], cases: Mapping[str, Mapping[str, object]] | None = None) -> EventLog:
    """Cases that take paths spelled in letters, a minute from one event to the next."""
    traces = {f"{number}": at(*((name, 60 * at) for at, name in enumerate(path))) for number, path in enumerate(paths)}
    return log_of(traces, cases=cases)


def test_variants_stand_by_frequency_with_their_shares_of_cases_and_value() -> None:
    values = {"0": {"credit_value": 10.0}, "1": {"credit_value": 20.0}, "2": {"credit_value": 60.0}}
    log = spelled(["AB", "ABC", "AB", "AC"], cases=values)
    found = raw_variants(log, Worth("credit_value"))
    assert [(one.activities, one.cases, one.share, one.cumulative_share) for one in found.variants] == [
        (("A", "B"), 2, 0.5, 0.5),
        (("A", "B", "C"), 1, 0.25, 0.75),
        (("A", "C"), 1, 0.25, 1.0),
    ]
    assert [one.value for one in found.variants] == [70.0, 20.0, None]
    assert [one.cumulative_value_share for one in found.variants] == pytest.approx([7 / 9, 1.0, 1.0])
    assert found.variants[1].variant_id == hashlib.md5(b"A > B > C", usedforsecurity=False).hexdigest()
    assert (found.variants[1].median_seconds, found.count) == (120.0, 3)


def test_the_standard_path_is_that_of_most_finished_cases() -> None:
    cases = {"0": {"is_open": True}, "1": {"is_open": True}}
    found = raw_variants(spelled(["AB", "AB", "ABC"], cases=cases), most=1)
    assert found.standard == ("A", "B", "C")
    assert [(one.activities, one.finished, one.difference) for one in found.variants] == [(("A", "B"), 0, "- C")]
    assert raw_variants(spelled(["AB"], cases={"0": {"is_open": True}})).standard is None
    closed = spelled(["AB", "AB", "AC"], cases={"2": {"is_closed": True}})
    assert raw_variants(closed, Worth(finished="is_closed")).standard == ("A", "C")
    assert normalised_variants(closed, Normalisation(), Worth(finished="is_closed")).standard == ("A", "C")
    assert raw_variants(spelled(["AB"]), standard=("A",)).variants[0].difference == "+ B"
    assert raw_variants(log_of({})).variants == ()


def test_recovery_is_that_of_the_lines_of_the_cases() -> None:
    log = spelled(["AB", "AB", "AC"])
    log.connection.execute("create table items (case_id varchar, kpi varchar, numerator double, denominator double)")
    log.connection.execute("alter table items add column left_out_reason varchar")
    log.connection.execute(
        "insert into items values ('0', 'recovery_rate', 5, 10, null), ('1', 'recovery_rate', 1, 20, null), "
        "('1', 'recovery_rate', 9, 9, 'no cost'), ('2', 'another', 1, 1, null)"
    )
    found = raw_variants(log, Worth(recovery="items"))
    assert [one.recovery_rate for one in found.variants] == [0.2, None]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("ABCD", ""),
        ("AXBXCD", "+ X x2"),
        ("ABD", "- C"),
        ("AXBD", "+ X, - C"),
        ("ACBD", "moved C"),
        ("", "- A, - B, - C, - D"),
    ],
)
def test_a_difference_is_said_in_words(path: str, words: str) -> None:
    assert difference_in_words(tuple(path), tuple("ABCD")) == words


@pytest.mark.parametrize(
    ("path", "said"), [("ABCD", "...."), ("AXBXCD", ".+.+.."), ("ABD", "..."), ("ACBD", ".m.."), ("ACBCCD", ".+..+.")]
)
def test_each_step_is_marked_by_how_it_stands_to_the_standard(path: str, said: str) -> None:
    signs = {"standard": ".", "added": "+", "moved": "m"}
    assert "".join(signs[mark] for mark in marks(tuple(path), tuple("ABCD"))) == said


@given(st.text("ABCD", max_size=8), st.text("ABCD", max_size=8))
def test_marks_and_words_tell_the_same(path: str, standard: str) -> None:
    found = marks(tuple(path), tuple(standard))
    words = difference_in_words(tuple(path), tuple(standard))
    assert ("added" in found, "moved" in found) == ("+ " in words, "moved " in words)


@given(st.text("ABCD", max_size=8), st.text("ABCD", max_size=8))
def test_equal_paths_alone_do_not_differ(path: str, standard: str) -> None:
    assert (difference_in_words(tuple(path), tuple(standard)) == "") == (path == standard)


def test_repeats_are_collapsed_and_technical_activities_dropped() -> None:
    found = normalised_variants(spelled(["ABBC", "ABTBC", "ATBCT", "T"]), Normalisation(("T",)))
    assert [(one.activities, one.cases) for one in found.variants] == [(("A", "B", "C"), 3), ((), 1)]


def test_concurrent_events_stand_in_one_order() -> None:
    log = log_of({"1": at(("C", 0), ("B", 5), ("A", 20)), "2": at(("B", 0), ("C", 9), ("A", 30))})
    assert normalised_variants(log, Normalisation()).count == 2
    assert normalised_variants(log, Normalisation(tolerance_seconds=4.999)).count == 2
    [one] = normalised_variants(log, Normalisation(tolerance_seconds=9)).variants
    assert (one.activities, one.cases) == (("B", "C", "A"), 2)
    [all_at_once] = normalised_variants(log, Normalisation(tolerance_seconds=21)).variants
    assert all_at_once.activities == ("A", "B", "C")


def test_a_column_ranks_concurrent_events() -> None:
    step = START.strftime("%Y-%m-%d %H:%M")
    log = log_of({"1": [("A", step, {"activity_rank": 2}), ("B", step, {"activity_rank": 1})]})
    [one] = normalised_variants(log, Normalisation(tolerance_seconds=0, rank="activity_rank")).variants
    assert one.activities == ("B", "A")


def test_technical_activities_are_those_of_technical_stages() -> None:
    log = log_of({})
    for statement in (
        "create schema staging",
        "create table staging.stages (stage varchar, flow varchar)",
        "insert into staging.stages values ('work', 'main'), ('mail', 'technical')",
        "create table staging.activities (activity varchar, stage varchar)",
        "insert into staging.activities values ('A', 'work'), ('T', 'mail'), ('T', 'mail')",
    ):
        log.connection.execute(statement)
    assert technical_activities(log) == ("T",)


@settings(deadline=None, max_examples=15)
@given(TRACES, st.sets(st.sampled_from("CD")))
def test_variants_are_those_of_plain_counting(paths: list[str], technical: set[str]) -> None:
    log = spelled(paths)
    raw = {one.activities: one.cases for one in raw_variants(log).variants}
    assert raw == variant_counts(log, 1000) == Counter(map(tuple, paths))
    collapsed = Counter(tuple(name for name, _ in groupby(x for x in path if x not in technical)) for path in paths)
    found = normalised_variants(log, Normalisation(tuple(technical)))
    assert {one.activities: one.cases for one in found.variants} == collapsed
    assert found.variants[-1].cumulative_share == pytest.approx(1.0)


def test_only_the_most_frequent_paths_are_counted_when_asked() -> None:
    assert variant_counts(spelled(["AB", "C", "AB", "D"]), 2) == {("A", "B"): 2, ("C",): 1}


@settings(deadline=None, max_examples=15)
@given(TRACES)
def test_variants_are_those_of_pm4py(paths: list[str]) -> None:
    frame = pd.DataFrame(
        [
            {
                "case:concept:name": f"{number}",
                "concept:name": name,
                "time:timestamp": pd.Timestamp(START + timedelta(minutes=minute), tz="UTC"),
            }
            for number, path in enumerate(paths)
            for minute, name in enumerate(path)
        ]
    )
    assert variant_counts(spelled(paths), 1000) == pm4py.get_variants(frame)
