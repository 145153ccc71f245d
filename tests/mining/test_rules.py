"""Every rule template on a small world, ended cases and open ones, with answers written by hand."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mining.log import EventLog
from mining.rules import Rule, RuleResult, read_rules, rule_results
from mining.rules.rule import Scope, Template, Unless
from pipeline.errors import UsageError
from tests.mining.worlds import Step, log_of


def rule(
    template: Template,
    *,
    target: str = "B",
    limit: float | None = None,
    scope: Scope = "case",
    unless: Unless | None = None,
) -> Rule:
    """A rule from A to B."""
    targets = tuple(target.split("|")) if target else ()
    return Rule("rule", "A rule", template, ("A",), targets, limit, scope, "Desk", "high", unless)


def steps(path: str) -> list[Step]:
    """One event a minute."""
    return [(activity, f"2025-01-06 10:{minute:02}") for minute, activity in enumerate(path)]


def asked(log: EventLog, of: Rule) -> RuleResult:
    """The result of one rule."""
    [result] = rule_results(log, [of])
    return result


def verdict(path: str, of: Rule, *, is_open: bool) -> str:
    """The one verdict that a log of one case gives."""
    result = asked(log_of({"a": steps(path)}, cases={"a": {"is_open": is_open}}), of)
    names = ("conforming", "vacuous", "violating", "allowed", "undecided", "pending")
    [name] = [name for name in names if getattr(result, name)]
    assert sum(getattr(result, name) for name in names) == 1
    assert result.violating_open == (result.violating if is_open else 0)
    return name


@pytest.mark.parametrize(
    ("template", "path", "ended", "open_"),
    [
        ("precedence", "BA", "conforming", "conforming"),
        ("precedence", "ABB", "violating", "violating"),
        ("precedence", "XA", "violating", "violating"),
        ("precedence", "X", "vacuous", "undecided"),
        ("precedence", "BX", "vacuous", "vacuous"),
        ("response", "AB", "conforming", "undecided"),
        ("response", "BA", "violating", "pending"),
        ("response", "ABA", "violating", "pending"),
        ("response", "B", "vacuous", "undecided"),
        ("succession", "AB", "conforming", "undecided"),
        ("succession", "A", "violating", "pending"),
        ("succession", "BAB", "violating", "violating"),
        ("succession", "X", "vacuous", "undecided"),
        ("responded_existence", "BA", "conforming", "conforming"),
        ("responded_existence", "A", "violating", "pending"),
        ("responded_existence", "B", "vacuous", "vacuous"),
        ("not_coexistence", "XA", "conforming", "undecided"),
        ("not_coexistence", "BXA", "violating", "violating"),
        ("not_coexistence", "X", "vacuous", "undecided"),
        ("not_succession", "BA", "conforming", "undecided"),
        ("not_succession", "BAB", "violating", "violating"),
        ("not_succession", "B", "vacuous", "undecided"),
    ],
)
def test_templates_of_order(template: Template, path: str, ended: str, open_: str) -> None:
    assert verdict(path, rule(template), is_open=False) == ended
    assert verdict(path, rule(template), is_open=True) == open_


@pytest.mark.parametrize(
    ("path", "ended", "open_"), [("A", "violating", "violating"), ("X", "conforming", "undecided")]
)
def test_absence(path: str, ended: str, open_: str) -> None:
    assert verdict(path, rule("absence", target=""), is_open=False) == ended
    assert verdict(path, rule("absence", target=""), is_open=True) == open_


@pytest.mark.parametrize(
    ("path", "ended", "open_"),
    [
        ("AA", "conforming", "undecided"),
        ("AAA", "violating", "violating"),
        ("X", "vacuous", "undecided"),
    ],
)
def test_at_most_twice(path: str, ended: str, open_: str) -> None:
    assert verdict(path, rule("at_most", target="", limit=2), is_open=False) == ended
    assert verdict(path, rule("at_most", target="", limit=2), is_open=True) == open_


def test_any_of_several_targets_will_do() -> None:
    assert verdict("AXC", rule("response", target="B|C"), is_open=False) == "conforming"


def document(activity: str, minute: int, key: str, **more: object) -> Step:
    """An event of a document, of line 1 unless told otherwise."""
    columns = {"source_table": "memos", "source_key": key, "line_no": "1", **more}
    return activity, f"2025-01-06 10:{minute:02}", columns


def test_documents_that_are_taken_back_do_not_count() -> None:
    once = rule("at_most", limit=1, scope="line")
    corrected = [document("A", 0, "m1"), document("B", 1, "m1"), document("A", 2, "m2")]
    twice = [document("A", 0, "m1"), document("A", 1, "m2"), document("B", 2, "m3")]
    two_lines = [document("A", 0, "m1"), document("A", 1, "m2", line_no="2")]
    found = asked(log_of({"corrected": corrected, "twice": twice, "lines": two_lines}), once)
    assert (found.conforming, found.violating) == (2, 1)
    assert asked(log_of({"a": twice}, cases={"a": {"is_open": True}}), once).pending == 1


def test_four_eyes_are_of_one_document_and_of_people() -> None:
    same = [document("A", 0, "m1", resource="eve"), document("B", 1, "m1", resource="eve")]
    others = [document("A", 0, "m1", resource="eve"), document("B", 1, "m2", resource="eve")]
    robot = [
        document("A", 0, "m1", resource="bot", is_automation=True),
        document("B", 1, "m1", resource="bot", is_automation=True),
    ]
    two = [document("A", 0, "m1", resource="eve"), document("B", 1, "m1", resource="adam")]
    log = log_of({"same": same, "others": others, "robot": robot, "two": two})
    found = asked(log, rule("four_eyes", scope="document"))
    assert (found.conforming, found.vacuous, found.violating) == (1, 2, 1)
    assert found.share == 0.5


def test_a_rule_of_receipts_holds_for_each_of_them() -> None:
    path: list[Step] = [
        ("B", "2025-01-06 10:00", {"receipt_id": "r1"}),
        ("A", "2025-01-06 10:01", {"receipt_id": "r2"}),
        ("B", "2025-01-06 10:02", {"receipt_id": "r2"}),
    ]
    log = log_of({"a": path})
    assert asked(log, rule("precedence")).conforming == 1
    assert asked(log, rule("precedence", scope="receipt")).violating == 1


def test_more_lines_may_come_to_an_open_case() -> None:
    path: list[Step] = [
        ("B", "2025-01-06 10:00", {"receipt_id": "r1"}),
        ("A", "2025-01-06 10:01", {"receipt_id": "r1"}),
    ]
    log = log_of({"a": path}, cases={"a": {"is_open": True}})
    assert asked(log, rule("precedence", scope="receipt")).undecided == 1


DAYS: dict[str, list[Step]] = {
    "in time": [("A", "2025-01-01 00:00"), ("B", "2025-01-03 00:00")],
    "late": [("A", "2025-01-01 00:00"), ("B", "2025-01-03 06:00")],
    "before": [("B", "2025-01-01 00:00"), ("A", "2025-01-02 00:00"), ("X", "2025-01-02 01:00")],
    "open, time left": [("A", "2025-01-08 00:00")],
    "open, overdue": [("A", "2025-01-07 00:00")],
    "open, in time": [("A", "2025-01-01 00:00"), ("B", "2025-01-01 01:00")],
    "last of the log": [("X", "2025-01-09 12:00")],
}


def test_within_days() -> None:
    log = log_of(DAYS, cases={case: {"is_open": case.startswith("open")} for case in DAYS})
    found = asked(log, rule("within_days", limit=2))
    assert (found.conforming, found.vacuous) == (2, 1)
    assert (found.violating, found.violating_open) == (3, 1)
    assert (found.pending, found.undecided) == (1, 0)
    # 6 hours late; 5 d 12 h over when the log ends; half a day over when the log ends.
    assert found.hours_over == 6 + (7.5 - 2) * 24 + 12


def test_within_business_days_runs_on_the_clock_of_the_entity() -> None:
    hour = 3_600_000_000
    traces: dict[str, list[Step]] = {
        "in time": [
            ("A", "2025-01-03 16:00", {"business_micros": 7 * hour}),
            ("B", "2025-01-06 10:00", {"business_micros": 10 * hour}),
        ],
        "late": [
            ("A", "2025-01-03 16:00", {"business_micros": 7 * hour}),
            ("B", "2025-01-07 10:00", {"business_micros": 18 * hour}),
        ],
        "open": [("A", "2025-01-07 10:00", {"business_micros": 18 * hour})],
    }
    attributes = {"entity_id": "e1", "standard_day_seconds": 8 * 3600.0}
    log = log_of(traces, cases={case: {**attributes, "is_open": case == "open"} for case in traces})
    log.connection.execute("create schema returns")
    log.connection.execute(
        f"create table returns.as_of_clocks as select 'e1' as entity_id, {20 * hour} as as_of_micros"
    )
    found = asked(log, rule("within_business_days", limit=1))
    assert (found.conforming, found.violating, found.pending) == (1, 1, 1)
    assert found.hours_over == 3


def test_what_the_log_lacks_is_said() -> None:
    log = log_of({"a": steps("AB")})
    found = asked(log, rule("within_business_days", limit=1))
    assert found.not_applicable == "The log has no entity_id, standard_day_seconds."
    assert (found.conforming, found.share) == (0, None)
    assert asked(log, rule("precedence", scope="line")).not_applicable == "The log has no line_no."


@pytest.mark.parametrize(
    ("unless", "expected"),
    [
        (Unless("activity", "", ("X",)), "allowed"),
        (Unless("activity", "", ("Y",)), "violating"),
        (Unless("attribute", "site", ("north",)), "allowed"),
        (Unless("attribute", "site", ("south",)), "violating"),
    ],
)
def test_excused_cases_are_counted_apart(unless: Unless, expected: str) -> None:
    log = log_of({"a": steps("XA")}, cases={"a": {"site": "north", "return_value": 12.5}})
    found = asked(log, rule("precedence", unless=unless))
    assert getattr(found, expected) == 1
    assert found.value == (12.5 if expected == "violating" else 0)


def test_nothing_has_to_come_back_where_every_disposition_says_so() -> None:
    excuse = Unless("condition", "receipt_not_needed", ())
    cases = {case: {"standard_day_seconds": 28800.0} for case in ("scrap", "both", "none")}
    log = log_of({case: steps("A") for case in cases}, cases=cases)
    log.connection.execute("create schema returns")
    log.connection.execute("create table returns.dispositions (return_id varchar, needs_receipt boolean)")
    log.connection.execute("insert into returns.dispositions values ('scrap', false), ('both', false), ('both', null)")
    found = asked(log, rule("precedence", unless=excuse))
    assert (found.allowed, found.violating) == (1, 2)


@settings(max_examples=20, deadline=None)
@given(st.text("ABX", max_size=5).filter(bool), st.sampled_from(["precedence", "response", "succession", "absence"]))
def test_a_verdict_on_an_open_case_is_never_taken_back(path: str, template: Template) -> None:
    of = rule(template, target="" if template == "absence" else "B")
    seen = [verdict(path[:length], of, is_open=True) for length in range(1, len(path) + 1)]
    for before, after in pairwise(seen):
        if before == "violating":
            assert after == "violating"
        if before in ("conforming", "vacuous"):
            assert after in ("conforming", "vacuous")


def test_the_rules_of_the_project_can_be_read_and_asked() -> None:
    rules = read_rules()
    assert len(rules) > 15
    assert all(found.rule == asked_ for found, asked_ in zip(rule_results(log_of({}), rules), rules, strict=True))


HEADER = "rule_id,title,template,activity,target,parameter,scope,owner,severity,unless\n"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("r,T,follows,A,B,,case,O,low,", "template is 'follows'"),
        ("r,T,response,A,,,case,O,low,", "response needs an activity and a target"),
        ("r,T,absence,A,B,,case,O,low,", "absence has no target"),
        ("r,T,at_most,A,,many,case,O,low,", "is a number, not 'many'"),
        ("r,T,at_most,A,,-1,case,O,low,", "is zero or more"),
        ("r,T,absence,A,,3,case,O,low,", "takes no parameter"),
        ("r,T,absence,A,,,parcel,O,low,", "scope is 'parcel'"),
        ("r,T,absence,A,,,case,O,urgent,", "severity is 'urgent'"),
        ("r,T,absence,A,,,case,O,low,site=north", "unless is 'site=north'"),
        ("r,T,absence,A,,,case,O,low,attribute:site", "write attribute:column=value"),
        ("r,T,absence,A,,,case,O,low,condition:rain", "condition is 'rain'"),
        ("r,T,absence,A,,,case,O,low,\nr,T,absence,A,,,case,O,low,", "rule_id r twice"),
    ],
)
def test_a_rule_that_cannot_be_read_is_refused_in_words(tmp_path: Path, line: str, words: str) -> None:
    path = tmp_path / "rules.csv"
    path.write_text(HEADER + line + "\n", encoding="utf-8")
    with pytest.raises(UsageError, match=words):
        read_rules(path)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rules.csv"
    path.write_text("rule_id,title\n", encoding="utf-8")
    with pytest.raises(UsageError, match="lacks the column activity"):
        read_rules(path)
