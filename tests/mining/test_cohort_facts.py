"""Rules about handovers, rules of the process and KPIs: on literal logs, and against what a real build counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal, cast

import pytest

from mining.bpmn_reader import read_bpmn
from mining.cohort import (
    Activities,
    Attribute,
    BrokenRules,
    Cohort,
    Deviates,
    Exceptions,
    Handover,
    KpiItems,
    Names,
    Not,
    Rule,
    Variants,
    choose,
    sentence,
)
from mining.conformance import Deviation, conformance
from mining.conformance.deviations import DeviationKind
from mining.conformance.having import paths_having
from mining.conformance.scope import returns_scope
from mining.handoffs import handoffs
from mining.log import EventLog
from mining.reference import REFERENCE
from mining.rework import ping_pong
from mining.rules import rule_results
from mining.rules.rule import read_rules
from mining.variants import RETURNS, normalisation_of_returns, normalised_variants
from pipeline.errors import UsageError
from pipeline.kpis import kpi_rows
from pipeline.publish import open_published
from tests.mining.worlds import log_of

LEVELS: tuple[Literal["department", "system"], ...] = ("department", "system")


@pytest.fixture
def published(built_workspace: Path) -> Iterator[EventLog]:
    with open_published(built_workspace) as build:
        yield EventLog(build.connection)


def cases(log: EventLog, *rules: Rule) -> int:
    """How many cases the rules keep."""
    chosen = choose(log, Cohort(rules))
    return int(log.connection.execute(f"select count(*) from {chosen.cases} as cases").fetchall()[0][0])


def test_a_handover_is_from_one_event_to_the_very_next() -> None:
    log = log_of(
        {
            "1": [("A", "2025-03-01 00:00"), ("B", "2025-03-01 01:00"), ("C", "2025-03-01 02:00")],
            "2": [("A", "2025-03-01 00:00"), ("C", "2025-03-01 01:00")],
            "3": [("A", "2025-03-01 00:00")],
        }
    )
    log.connection.execute("""
        create table departments (activity varchar, department varchar);
        insert into departments values ('A', 'Desk'), ('B', 'Dock'), ('C', null);
    """)
    log = EventLog(
        log.connection,
        "(select events.* replace (departments.department as department, following.department as next_department) "
        f"from {log.events} as events left join departments using (activity) "
        "left join departments as following on following.activity = next_activity)",
        log.cases,
    )
    assert cases(log, Handover("department", ("Desk",), ("Dock",))) == 1
    assert cases(log, Handover("department", givers=("Desk",))) == 1
    assert cases(log, Handover("department", takers=("Dock", "Desk"))) == 1
    assert cases(log, Handover("department", givers=("Dock",))) == 0
    assert cases(log, Not(Handover("department", ("Desk",), ("Dock",)))) == 2
    assert cases(log, Activities(("A",), departments=("Desk", "Dock"))) == 3
    assert cases(log, Activities(("A", "B"), departments=("Dock",))) == 0
    assert cases(log, Activities(none_of=("A", "B"), departments=("Dock",))) == 2


def test_handovers_are_the_cases_that_handoffs_count(published: EventLog) -> None:
    for level in ("department", "system"):
        found = handoffs(published, level)
        assert found
        for one in found:
            assert cases(published, Handover(level, (one.from_name,), (one.to_name,))) == one.cases


def test_work_comes_back_where_it_goes_to_and_fro(published: EventLog) -> None:
    for level in LEVELS:
        found = ping_pong(published, level)
        assert found
        for one in found:
            assert cases(published, Handover(level, (one.owner,), (one.other,), comes_back=True)) == one.cost.cases


def test_broken_rules_are_the_cases_that_violate_them(published: EventLog) -> None:
    results = rule_results(published, read_rules())
    assert any(one.violating for one in results)
    for one in results:
        if one.not_applicable is None:
            assert cases(published, BrokenRules((one.rule.rule_id,))) == one.violating
    broken = tuple(one.rule.rule_id for one in results if one.violating)
    most = max(one.violating for one in results)
    assert most <= cases(published, BrokenRules(broken)) <= sum(one.violating for one in results)


@pytest.mark.parametrize("open_", ["is_open", "case_id < (select median(case_id) from event_log.cases)"])
def test_deviating_cases_are_those_that_conformance_finds(published: EventLog, open_: str) -> None:
    published = EventLog(published.connection, cases=f"(select * replace ({open_} as is_open) from event_log.cases)")
    model, scope = REFERENCE.read_text(encoding="utf-8"), returns_scope()
    found = conformance(published, model, 60.0, scope)
    assert {one.kind for one in found.deviations} >= {"skipped", "extra", "out_of_order"}
    assert any(one.open_cases for one in found.deviations) is (open_ != "is_open")
    for one in {one.kind: one for one in found.deviations}.values():
        rule = Deviates(cast("DeviationKind", one.kind), one.activity)
        assert cases(published, rule) == one.cases
    part = Attribute("channel", ("email", "edi", "phone"))
    within = conformance(choose(published, Cohort((part,))), model, 60.0, scope).deviations
    assert within
    for one in {one.kind: one for one in within}.values():
        rule = Deviates(cast("DeviationKind", one.kind), one.activity)
        assert cases(published, part, rule) == one.cases
        assert cases(published, rule, Not(rule)) == 0


def test_deviations_are_refused_when_the_paths_take_too_long(published: EventLog) -> None:
    net, deviation = read_bpmn(REFERENCE.read_text(encoding="utf-8")), Deviation("skipped", "Goods Received")
    with pytest.raises(UsageError, match=r"0 of [\d,]+ distinct paths could be held .* Narrow the returns"):
        paths_having(published, net, returns_scope(), deviation, 0.0)


def test_kpi_items_are_the_cases_of_the_kpis(published: EventLog) -> None:
    kpis = {row.kpi: row for row in kpi_rows(published.connection)}
    assert cases(published, KpiItems("cycle_time_days")) == kpis["cycle_time_days.median"].n
    assert cases(published, KpiItems("rework_rate", items="in_numerator")) == kpis["rework_rate"].numerator
    [(left_out,)] = published.connection.execute(
        "select count(distinct case_id) from marts.kpi_items "
        "where kpi = 'credit_lag_days' and left_out_reason is not null"
    ).fetchall()
    assert cases(published, KpiItems("credit_lag_days", items="left_out")) == left_out > 0
    [(kind,)] = published.connection.execute("select min(exception_type) from marts.exceptions").fetchall()
    of_kind, all_kinds = (
        cases(published, KpiItems("open_exceptions", kind)),
        cases(published, KpiItems("open_exceptions")),
    )
    assert of_kind == cases(published, Exceptions(types=(kind,), only_open=True))
    assert all_kinds == cases(published, Exceptions(only_open=True)) < cases(published, Exceptions())


def test_items_of_a_slice_are_those_of_its_total(published: EventLog) -> None:
    with_supplier = kpi_rows(published.connection, by="supplier")
    suppliers = {row.group: row.n for row in with_supplier if row.kpi == "supplier_claim_filing_rate" and row.n}
    assert suppliers
    for supplier, items in suppliers.items():
        [(expected,)] = published.connection.execute(
            "select count(distinct case_id) from marts.kpi_items "
            "where kpi = 'supplier_claim_filing_rate' and supplier = $supplier and left_out_reason is null",
            {"supplier": supplier},
        ).fetchall()
        found = cases(published, KpiItems("supplier_claim_filing_rate", slice="supplier", values=(str(supplier),)))
        assert 0 < found == expected <= items


def test_normalised_variants_are_the_cases_that_took_them(published: EventLog) -> None:
    found = normalised_variants(published, normalisation_of_returns(published), RETURNS).variants
    for one in found[:5]:
        assert cases(published, Variants((one.variant_id,), normalised=True)) == one.cases
    every = Variants(tuple(one.variant_id for one in found), normalised=True)
    assert cases(published, every) == sum(one.cases for one in found)
    assert cases(published, Not(every)) == 0
    dropped = [Not(Variants((one.variant_id,), normalised=True)) for one in found[:3]]
    assert cases(published, *dropped) == cases(published) - sum(one.cases for one in found[:3])


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Variants(("ab",), normalised=True), "Returns of one normalised variant."),
        (
            KpiItems("rework_rate", slice="site", values=("101",)),
            "Returns counted by the KPI rework_rate at site 101.",
        ),
        (Handover("system", ("crm",), ("erp", "wms")), "Returns in which crm hands over to erp or wms."),
        (
            Handover("department", ("Dock",), comes_back=True),
            "Returns in which Dock hands over to another department and at once gets it back.",
        ),
        (Activities(("A", "B"), departments=("Dock", "Desk")), "Returns with A and B (by Desk or Dock)."),
        (Handover("department", takers=("Finance",)), "Returns in which another department hands over to Finance."),
        (BrokenRules(("b", "a")), "Returns that break the rule a or “Two eyes”."),
        (KpiItems("rework_rate", items="in_numerator"), "Returns in the numerator of the KPI rework_rate."),
        (KpiItems("open_exceptions", "late", "left_out"), "Returns left out by the KPI open_exceptions (late)."),
        (
            Deviates("out_of_order", "Goods Received"),
            "Returns that leave the target process with Goods Received out of order.",
        ),
        (Deviates("skipped", "RMA Created"), "Returns that leave the target process by skipping RMA Created."),
        (Exceptions(types=("late",), only_open=True), "Returns with open exception late."),
        (Exceptions(has=False, only_open=True), "Returns without an open exception."),
    ],
)
def test_rules_are_said_and_come_back_from_json_and_from_an_address(rule: Rule, words: str) -> None:
    cohort = Cohort((rule,))
    assert sentence(cohort, Names(values={"rule_id": {"b": "Two eyes"}})) == words
    assert Cohort.from_json(cohort.to_json()) == cohort == Cohort.from_url(cohort.to_url())


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (BrokenRules(("no such rule",)), "no rule 'no such rule' of the process; expected one of"),
        (BrokenRules(("decided_in_time",)), "This log has no"),
        (Deviates("extra", "A"), "no target process"),
        (Deviates("extra", "Aa"), "no activity 'Aa'"),
        (KpiItems("rework_rate"), "no KPI items"),
        (Variants(("ab",), normalised=True), "no normalised variants"),
    ],
)
def test_what_a_log_does_not_know_is_refused(rule: Rule, message: str) -> None:
    log = log_of({"1": [("A", "2025-03-01 00:00")]})
    with pytest.raises(UsageError, match=message):
        cases(log, rule)


def test_rules_that_name_nothing_are_refused() -> None:
    with pytest.raises(UsageError, match="no names in `givers` or `takers`"):
        Handover("system")
    with pytest.raises(UsageError, match="not of which slice"):
        KpiItems("rework_rate", values=("101",))
    with pytest.raises(UsageError, match="no rules of the process"):
        BrokenRules(())
