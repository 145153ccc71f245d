"""A cohort as text: canonical JSON, an address, and errors that say what to do."""

from __future__ import annotations

import base64
import json
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from mining.cohort import (
    Activities,
    And,
    Attribute,
    Cohort,
    Duration,
    EventCount,
    Follower,
    FrequentVariants,
    Not,
    Period,
    Rule,
    TrimToPeriod,
    Variants,
    choose,
)
from mining.log import EventLog
from pipeline.errors import UsageError
from tests.mining.worlds import log_of


def of_step(**step: Any) -> Cohort:
    """A cohort of one step, from JSON."""
    return Cohort.from_json(json.dumps({"steps": [step]}))


def test_json_is_canonical() -> None:
    text = """{"steps": [{"values": ["202", null, "101", "202"], "keep": true, "column": "site", "kind": "attribute"},
        {"kind": "duration", "measure": "cycle_time", "min": 10}, {"kind": "trim_to_period", "end": "2025-04-01"}]}"""
    cohort = Cohort.from_json(text)
    assert cohort == Cohort(
        (
            Attribute("site", ("101", None, "202")),
            Duration("cycle_time", min=10.0),
            TrimToPeriod(end=date(2025, 4, 1)),
        )
    )
    assert cohort.to_json() == (
        '{"steps":[{"column":"site","kind":"attribute","values":[null,"101","202"]},'
        '{"kind":"duration","measure":"cycle_time","min":10.0},{"end":"2025-04-01","kind":"trim_to_period"}]}'
    )


def test_equal_cohorts_have_equal_digests_and_others_have_not() -> None:
    one, same = Cohort((Duration("waiting", min=1),)), Cohort((Duration("waiting", "days", 1.0, None),))
    assert (one, one.digest, hash(one)) == (same, same.digest, hash(same))
    assert one.digest != Cohort((Duration("waiting", max=1),)).digest
    assert Cohort().digest == Cohort.from_json("{}").digest
    assert len(one.digest) == 64


@pytest.mark.parametrize(
    ("step", "message"),
    [
        ({}, "key `kind`"),
        ({"kind": "periods"}, "Step 1.kind is 'periods'; expected one of period, attribute"),
        ({"kind": "rework", "hass": True}, "unknown key 'hass'; a rule of kind rework has has"),
        ({"kind": "rework", "has": 1}, "Step 1.has is 1; expected true or false"),
        ({"kind": "attribute", "column": "site"}, "lacks the key 'values'"),
        ({"kind": "attribute", "column": "site", "values": "101"}, "expected a list"),
        ({"kind": "attribute", "column": "site", "values": [101]}, r"Step 1.values\[1\] is 101; expected a text"),
        ({"kind": "attribute", "column": "site", "values": []}, "no values for the attribute 'site'"),
        ({"kind": "attribute", "column": "site", "values": ["\ud800"]}, "expected a text"),
        ({"kind": "period", "mode": "trim", "start": "2025-03-01"}, "expected one of contained, intersecting"),
        ({"kind": "period", "mode": ["started"], "start": "2025-03-01"}, "expected one of contained"),
        ({"kind": "period", "mode": "started"}, "neither `start` nor `end`"),
        ({"kind": "period", "mode": "started", "start": "2025-03-32"}, "expected a date such as 2025-03-01"),
        ({"kind": "period", "mode": "started", "start": "2025-W10-1"}, "expected a date such as"),
        ({"kind": "period", "mode": "started", "start": "2025-03-02", "end": "2025-03-02"}, "is empty"),
        ({"kind": "duration", "measure": "waiting"}, "neither `min` nor `max`"),
        ({"kind": "duration", "measure": "waiting", "min": 3, "max": 2}, "swap the two"),
        ({"kind": "duration", "measure": "waiting", "min": -1}, "bounded by -1"),
        ({"kind": "duration", "measure": "waiting", "min": float("nan")}, "bounded by nan"),
        ({"kind": "duration", "measure": "waiting", "min": 1e400}, "bounded by inf"),
        ({"kind": "duration", "measure": "waiting", "min": "2"}, "expected a number"),
        ({"kind": "duration", "measure": "waiting", "min": True}, "expected a number"),
        ({"kind": "events", "min": 1.5}, "expected a whole number"),
        ({"kind": "frequent_variants", "share": 80}, "Write 80 % as 0.8"),
        ({"kind": "endpoints"}, "no activities in `first` or `last`"),
        ({"kind": "or", "rules": []}, "no rules in `or`"),
        ({"kind": "not", "rule": {"kind": "trim_to_period"}}, "trims stand in the list of steps only"),
        (
            {"kind": "not", "rule": {"kind": "or", "rules": [{"kind": "state", "states": ["lost"]}]}},
            "Step 1.rule.rules",
        ),
    ],
)
def test_what_is_no_rule_is_refused_with_its_place(step: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        of_step(**step)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"step": []}', '{"steps": {}}', "[" * 50_000, '{"steps": 1' + "0" * 5_000 + "}"]
)
def test_what_is_no_cohort_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        Cohort.from_json(text)


def test_nesting_and_length_have_limits() -> None:
    rule: dict[str, Any] = {"kind": "rework"}
    for _ in range(60):
        rule = {"kind": "not", "rule": rule}
    with pytest.raises(UsageError, match="rules deep"):
        of_step(**rule)
    with pytest.raises(UsageError, match="at most"):
        Cohort.from_json(" " * 300_000)


def test_an_address_is_short_and_safe() -> None:
    cohort = Cohort((Attribute("site", ("101", "202")), Not(Activities(none_of=("Return Closed",)))))
    assert set(cohort.to_url()) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")
    assert Cohort.from_url(cohort.to_url()) == cohort
    assert Cohort.from_url(Cohort().to_url()) == Cohort()


def test_a_cohort_too_long_for_an_address_says_so() -> None:
    ids = tuple(f"{(number * 2_654_435_761) % 2**32:08x}{number**5:x}" for number in range(2_000))
    with pytest.raises(UsageError, match="Name fewer values"):
        Cohort((Variants(ids),)).to_url()


def packed(data: bytes) -> str:
    """Bytes as an address would carry them."""
    return base64.urlsafe_b64encode(zlib.compress(data)).decode().rstrip("=")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "!!!!",
        "é",
        "YWJj",
        Cohort((EventCount(min=3),)).to_url()[:-6],
        Cohort().to_url() + "AAAA",
        packed(b"\xff\xfe"),
        packed(b"no json"),
        packed(b" " * 10_000_000),
        "A" * 10_000,
    ],
)
def test_rubbish_in_an_address_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        Cohort.from_url(text)


ATTACKS = [
    "'; drop table event_log.cases; --",
    '" or 1=1 --',
    "$v1",
    "{{ 7 * 7 }}",
    "%s",
    "x' or 'x'='x",
    "\\'",
    "\x00",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_values_are_values_and_never_sql(attack: str) -> None:
    log = log_of(
        {"1": [("A", "2025-03-01 00:00")], "2": [(attack, "2025-03-01 00:00"), ("B", "2025-03-01 00:00")]},
        cases={"1": {"site": "101"}, "2": {"site": attack}},
    )

    def ids(rule: Rule) -> list[str]:
        cases = choose(log, Cohort.from_url(Cohort((rule,)).to_url())).cases
        return [one for (one,) in log.connection.execute(f"select case_id from {cases}").fetchall()]

    assert ids(Attribute("site", (attack,))) == ["2"]
    assert ids(And((Activities(all_of=(attack,)), Follower((attack,), ("B",), "directly")))) == ["2"]
    assert ids(Variants((attack,))) == []
    assert sorted(ids(FrequentVariants(1))) == ["1", "2"]


def test_an_activity_unknown_to_the_log_is_refused() -> None:
    log = log_of({"1": [("A", "2025-03-01 00:00")]})
    with pytest.raises(UsageError, match="no activity 'a'; expected one that occurs"):
        choose(log, Cohort((Not(Activities(none_of=("A", "a"))),)))


def test_an_activity_of_the_seed_is_known_though_it_never_occurs() -> None:
    log = log_of({"1": [("A", "2025-03-01 00:00")]})
    log.connection.execute("create schema staging; create table staging.activities as select 'B' as activity")
    cases = choose(log, Cohort((Activities(none_of=("B",)),))).cases
    assert log.connection.execute(f"select case_id from {cases}").fetchall() == [("1",)]


def test_the_same_steps_are_computed_once() -> None:
    log = log_of({"1": [("A", "2025-03-01 00:00")]})
    first = choose(log, Cohort((EventCount(min=1), TrimToPeriod(date(2025, 1, 1)))))
    tables = log.connection.execute("select table_name from duckdb_tables() where temporary order by 1").fetchall()
    for (name,) in tables:
        log.connection.execute(f"delete from {name}")
    again = choose(
        log, Cohort.from_json('{"steps":[{"kind":"events","min":1},{"kind":"trim_to_period","start":"2025-01-01"}]}')
    )
    assert again == first
    assert log.connection.execute(f"select case_id from {again.cases}").fetchall() == []
    assert (
        log.connection.execute("select table_name from duckdb_tables() where temporary order by 1").fetchall() == tables
    )


def test_a_cohort_of_a_cohort_is_its_own() -> None:
    log = log_of({"1": [("A", "2025-03-01 00:00")], "2": [("A", "2025-03-01 00:00"), ("B", "2025-03-02 00:00")]})
    rule = Cohort((FrequentVariants(0.5),))
    of_long = choose(choose(log, Cohort((EventCount(min=2),))), rule)
    [(of_all,)] = log.connection.execute(f"select count(*) from {choose(log, rule).cases}").fetchall()
    assert log.connection.execute(f"select case_id from {of_long.cases}").fetchall() == [("2",)]
    assert of_all == 1


def test_a_published_log_is_only_read(tmp_path: Path) -> None:
    path = tmp_path / "log.duckdb"
    with duckdb.connect(path) as con:
        log_of({"1": [("A", "2025-03-01 00:00")], "2": [("A", "2025-05-01 00:00")]}, con=con)
    with duckdb.connect(path, read_only=True) as con:
        steps = (Period("started", start=date(2025, 4, 1)), TrimToPeriod(end=date(2025, 6, 1)))
        chosen = choose(EventLog(con), Cohort(steps))
        assert con.execute(f"select case_id from {chosen.cases}").fetchall() == [("2",)]
