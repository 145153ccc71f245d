"""Conformance of small worlds to a small model, with answers written by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mining.bpmn import bpmn_xml
from mining.bpmn_reader import read_bpmn
from mining.conformance import Deviation, Scope, conformance, conformance_json
from mining.conformance.alignments import Alignment, Move
from mining.conformance.deviations import deviations_of
from mining.conformance.findings import findings, judge, verdicts
from mining.conformance.impact import Moments, Stratum, matched_impact
from mining.conformance.replaying import Budget, align_variants, fitness_of
from mining.conformance.variants import Variant, projected_variants
from mining.log import EventLog
from mining.net_states import exclusive, states_of
from mining.tree import Activity, Node, Operator, Silent
from tests.mining.worlds import Step, log_of


def then(*parts: Node | str) -> Node:
    """One after the other."""
    return Operator("sequence", tuple(Activity(part) if isinstance(part, str) else part for part in parts))


CREDIT_OR_SHIP = Operator("choice", (then("Memo", "Credit"), then("Order", "Ship")))
# Request, then an inspection or none, then a credit or a replacement, then the end.
MODEL = bpmn_xml(then("Request", Operator("choice", (Activity("Inspect"), Silent())), CREDIT_OR_SHIP, "Close"), "small")

GOOD = ("Request", "Inspect", "Memo", "Credit", "Close")
SKIPPED = ("Request", "Inspect", "Memo", "Close")
TWICE = ("Request", "Inspect", "Memo", "Credit", "Credit", "Close")
SWAPPED = ("Request", "Inspect", "Credit", "Memo", "Close")
BOTH = ("Request", "Inspect", "Memo", "Credit", "Order", "Close")
FOREIGN = ("Request", "Inspect", "Scan", "Memo", "Credit", "Close")


def world(paths: Mapping[str, Sequence[str]], **attributes: Mapping[str, object]) -> EventLog:
    """A log of one event an hour."""
    traces: dict[str, list[Step]] = {
        case: [(activity, f"2025-01-06 {hour:02}:00") for hour, activity in enumerate(path)]
        for case, path in paths.items()
    }
    return log_of(traces, cases=attributes)


def deviations(log: EventLog, scope: Scope | None = None) -> list[tuple[str, str, int]]:
    """Class, activity and cases of every deviation."""
    found = conformance(log, MODEL, 60, scope or Scope()).deviations
    return [(one.kind, one.activity, one.cases) for one in found]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (GOOD, []),
        (("Request", "Order", "Ship", "Close"), []),
        (SKIPPED, [("skipped", "Credit", 1)]),
        (TWICE, [("extra", "Credit", 1)]),
        (BOTH, [("wrong_branch", "Order", 1)]),
        (FOREIGN, [("extra", "Scan", 1)]),
        (("Inspect", "Request", "Memo", "Credit", "Close"), [("out_of_order", "Inspect", 1)]),
    ],
)
def test_the_class_of_a_deviation(path: tuple[str, ...], expected: list[tuple[str, str, int]]) -> None:
    assert deviations(world({"a": path})) == expected


def test_a_case_without_steps_skips_the_shortest_run() -> None:
    found = deviations(world({"a": ("Scan",)}), Scope(outside=frozenset({"Scan"})))
    assert {kind for kind, _, _ in found} == {"skipped"}
    activities = {activity for _, activity, _ in found}
    assert activities in ({"Request", "Memo", "Credit", "Close"}, {"Request", "Order", "Ship", "Close"})


def test_what_happens_at_another_place_is_out_of_order() -> None:
    [(kind, activity, cases)] = deviations(world({"a": SWAPPED}))
    assert (kind, cases) == ("out_of_order", 1)
    assert activity in ("Memo", "Credit")


def test_moves_are_counted_by_activity() -> None:
    moves = (
        Move("A", "A"), Move("A", None), Move("B", None), Move(None, "B"), Move(None, "C"), Move("D", None),
        Move("E", None), Move("F", None), Move("G", None),
    )  # fmt: skip
    exclusive: dict[str, set[str]] = {name: set() for name in "ABCDEFG"}
    exclusive |= {"D": {"A"}, "E": {"C"}, "F": {"G"}}
    assert deviations_of(Alignment(80_000, moves), exclusive) == {
        Deviation("extra", "A"): 1,
        Deviation("out_of_order", "B"): 1,
        Deviation("out_of_order", "F"): 1,
        Deviation("out_of_order", "G"): 1,
        Deviation("skipped", "C"): 1,
        Deviation("wrong_branch", "D"): 1,
        Deviation("wrong_branch", "E"): 1,
    }


def test_branches_of_a_choice_exclude_each_other() -> None:
    states = states_of(read_bpmn(MODEL))
    assert states is not None
    apart = exclusive(states)
    assert apart["Memo"] == apart["Credit"] == {"Order", "Ship"}
    assert apart["Inspect"] == apart["Request"] == set()


def test_figures_of_a_small_log() -> None:
    result = conformance(world({"a": GOOD, "b": GOOD, "c": SKIPPED}), MODEL, 60)
    assert (result.verdicts.conforming, result.verdicts.violating, result.verdicts.cases) == (2, 1, 3)
    # The shortest run has 4 activities: the worst alignment of SKIPPED costs 4 + 4, the real one 1.
    assert result.alignments.mean == pytest.approx((1 + 1 + 1 - 1 / 8) / 3)
    assert result.alignments.fitting_share == pytest.approx(2 / 3)
    assert result.alignments.coverage.is_complete
    assert result.tokens.fitting_share == pytest.approx(2 / 3)
    [finding] = result.deviations
    assert (finding.kind, finding.activity, finding.cases, finding.occurrences) == ("skipped", "Credit", 1, 1)
    assert finding.share == pytest.approx(1 / 3)
    assert finding.low < finding.share < finding.high
    # After Request: Inspect, Memo, Order may follow, Inspect does. After Inspect: 2 may, 1 does. Else all.
    assert result.precision == pytest.approx(1 - (3 * 2 + 3 * 1) / (3 * 1 + 3 * 3 + 3 * 2 + 3 * 1 + 2 * 1))
    assert not result.budget_spent


def test_a_model_and_its_own_paths_fit_entirely() -> None:
    result = conformance(world({"a": GOOD, "b": ("Request", "Order", "Ship", "Close")}), MODEL, 60)
    assert (result.alignments.log, result.alignments.mean) == (pytest.approx(1, abs=1e-3), 1)
    assert (result.tokens.log, result.tokens.mean, result.deviations) == (1, 1, ())


def test_open_cases_are_never_mixed_with_ended_ones() -> None:
    paths = {
        "ended early": GOOD[:3],
        "open": GOOD[:3],
        "open, out of order": ("Credit", "Request"),
        "open, twice": ("Request", "Inspect", "Inspect"),
        "open, nothing yet": ("Scan",),
        "open, complete": GOOD,
    }
    attributes = {case: {"is_open": case.startswith("open")} for case in paths}
    result = conformance(world(paths, **attributes), MODEL, 60, Scope(outside=frozenset({"Scan"})))
    found = result.verdicts
    assert (found.conforming, found.violating, found.violating_open, found.undecided) == (0, 1, 2, 3)
    assert result.alignments.coverage.of_cases == 1
    assert all(
        one.cases == one.open_cases for one in result.deviations if one.activity != "Close" and one.kind == "extra"
    )


def test_what_an_open_case_still_lacks_is_no_deviation() -> None:
    log = world({"a": GOOD[:2]}, a={"is_open": True})
    assert deviations(log) == []


def test_legal_deviations_are_counted_apart() -> None:
    allowed = {Deviation("extra", "Credit"): "Credits may be split.", Deviation("extra", "Scan"): "A machine."}
    result = conformance(world({"a": TWICE, "b": SKIPPED, "c": FOREIGN}), MODEL, 60, Scope(allowed=allowed))
    assert result.dropped == ("Scan",)
    assert (result.verdicts.conforming, result.verdicts.allowed, result.verdicts.violating) == (1, 1, 1)
    assert [(one.kind, one.allowed_because) for one in result.deviations] == [
        ("skipped", None),
        ("extra", "Credits may be split."),
    ]


def test_an_open_case_with_legal_deviations_is_undecided() -> None:
    scope = Scope(allowed={Deviation("extra", "Inspect"): "Samples."})
    log = world({"a": ("Request", "Inspect", "Inspect")}, a={"is_open": True})
    assert conformance(log, MODEL, 60, scope).verdicts.undecided == 1


def test_the_document_is_sorted_and_complete() -> None:
    text = conformance_json(conformance(world({"a": SKIPPED}), MODEL, 60))
    document = json.loads(text)
    assert text == json.dumps(document, indent=2, sort_keys=True) + "\n"
    assert document["deviations"][0]["activity"] == "Credit"
    assert document["verdicts"]["violating"] == 1
    assert document["alignments"]["coverage"] == {"cases": 1, "of_cases": 1, "of_variants": 1, "variants": 1}


def test_a_log_without_cases_has_no_figures() -> None:
    result = conformance(world({}), MODEL, 60)
    assert (result.alignments.log, result.tokens.log, result.precision, result.generalization) == (None,) * 4
    assert result.verdicts.cases == 0


def test_impact_compares_like_with_like() -> None:
    # In the slow site all cases take 10 h and those with a deviation 12 h; in the fast one 1 h, and 3 h.
    strata = [
        Stratum(Moments(3, 36, 432), Moments(1, 10, 100)),
        Stratum(Moments(1, 3, 9), Moments(9, 9, 9)),
        Stratum(Moments(2, 100, 5000), Moments(0, 0, 0)),
    ]
    impact = matched_impact("hours", strata)
    assert (impact.difference, impact.low, impact.high) == (2, 2, 2)
    assert (impact.deviating, impact.matched, impact.others) == (6, 4, 10)


def test_the_interval_of_an_impact() -> None:
    impact = matched_impact("hours", [Stratum(Moments(2, 6, 20), Moments(2, 2, 4))])
    # Means 3 and 1; variances 2 and 2; standard error sqrt(2 / 2 + 2 / 2).
    assert impact.difference == 2
    assert impact.low == pytest.approx(2 - 1.959964 * 2**0.5, abs=1e-5)
    assert impact.high == pytest.approx(2 + 1.959964 * 2**0.5, abs=1e-5)


def test_too_few_cases_give_no_interval_and_none_no_difference() -> None:
    alone = matched_impact("hours", [Stratum(Moments(1, 3, 9), Moments(4, 4, 4))])
    assert (alone.difference, alone.low, alone.high) == (2, None, None)
    nothing = matched_impact("hours", [Stratum(Moments(1, 3, 9), Moments(0, 0, 0))])
    assert (nothing.difference, nothing.matched, nothing.deviating) == (None, 0, 1)


def test_impact_of_a_log_is_matched_on_reason_and_site() -> None:
    long = (*GOOD[:4], "Credit", "Credit", "Credit", "Close")
    paths = {"n1": GOOD, "n2": long, "n3": long, "s1": GOOD, "s2": GOOD, "x": long}
    attributes = {
        case: {"reason": "broken", "site": {"n": "north", "s": "south", "x": "west"}[case[0]]} for case in paths
    }
    [finding] = conformance(world(paths, **attributes), MODEL, 60).deviations
    [impact] = finding.impacts
    assert impact.kpi == "elapsed_days"
    assert impact.difference == pytest.approx((7 - 4) / 24, abs=1e-6)
    assert (impact.deviating, impact.matched, impact.others) == (3, 2, 1)


def test_impact_in_the_warehouse_is_on_its_kpis() -> None:
    paths = {"a": GOOD, "b": TWICE, "c": TWICE, "d": GOOD, "open": TWICE}
    attributes: dict[str, dict[str, object]] = {
        case: {"reason": None, "site": "north", "closed_micros": 1, "is_open": case == "open"} for case in paths
    }
    log = world(paths, **attributes)
    con = log.connection
    con.execute("create schema marts")
    con.execute("create table marts.kpi_items (case_id varchar, kpi varchar, value decimal(38, 15))")
    con.execute("""
        insert into marts.kpi_items values
            ('a', 'cycle_time_days', 2), ('b', 'cycle_time_days', 5), ('c', 'cycle_time_days', null),
            ('d', 'cycle_time_days', 4), ('open', 'cycle_time_days', 99), ('b', 'touches_per_return', 7),
            ('b', 'credit_lag_days', 1)
    """)
    [finding] = conformance(log, MODEL, 60).deviations
    assert (finding.cases, finding.open_cases) == (3, 1)
    lag, cycle = finding.impacts
    assert (lag.kpi, lag.difference, lag.deviating, lag.matched) == ("credit_lag_days", None, 1, 0)
    assert (cycle.kpi, cycle.difference, cycle.matched, cycle.others) == ("cycle_time_days", 2, 1, 2)


def test_equal_paths_of_many_cases_are_one_variant() -> None:
    log = world({"a": GOOD, "b": GOOD, "c": FOREIGN, "d": SKIPPED})
    variants = projected_variants(log, {"Scan"})
    assert [(one.path, one.cases) for one in variants] == [(GOOD, 3), (SKIPPED, 1)]


def test_names_that_look_like_lists_stay_apart() -> None:
    variants = projected_variants(world({"a": ("x, y",), "b": ("x", "y")}), ())
    assert len({one.key for one in variants}) == 2


@given(st.lists(st.sampled_from([GOOD, SKIPPED, TWICE, SWAPPED, BOTH, GOOD[:2]]), max_size=8), st.booleans())
def test_every_case_has_one_verdict(paths: list[tuple[str, ...]], is_open: bool) -> None:
    net = read_bpmn(MODEL)
    variants = [Variant(str(number), path, is_open, 2) for number, path in enumerate(dict.fromkeys(paths))]
    aligned = align_variants(net, states_of(net), variants, Budget(60))
    found = verdicts(variants, judge(net, variants, aligned), {})
    sums = found.conforming + found.allowed + found.violating + found.violating_open + found.undecided
    assert sums + found.not_covered == found.cases == 2 * len(variants)
    assert found.not_covered == 0
    if is_open:
        assert found.conforming == found.violating == 0


def test_the_worst_alignment_has_fitness_zero() -> None:
    assert fitness_of(Alignment(20_000, ()), ("X",), 10_000) == 0
    assert fitness_of(Alignment(0, ()), (), 3) == 0


def test_nothing_judged_gives_no_findings() -> None:
    assert findings(world({}), (), (), {}) == ()
