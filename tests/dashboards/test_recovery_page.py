"""The page about recovery over a real build: its totals are those of `retrace kpis`."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_reading import open_page, text

from dashboards.published import published_build
from dashboards.queries import claim_packets, recovery
from dashboards.recovery.amounts import ClaimWindow, Recovered, SupplierFunnel
from dashboards.recovery.words import dispositions, headline, stages
from dashboards.scope import Scope
from pipeline import formats
from pipeline.kpis import KpiRow, kpi_rows
from pipeline.publish import open_published

FUNNEL = SupplierFunnel("S1", 10, 6, 4, 2, 1000.0, 700.0, 500.0, 200.0, 150.0, 300.0, 1)


def kpi(name: str, value: float | None, n: int) -> KpiRow:
    return KpiRow(name, None, value, n, None, None, 0, 1.0)


@pytest.fixture
def kpis(real_workspace: Path) -> dict[str, KpiRow]:
    with open_published(real_workspace) as published:
        return {row.kpi: row for row in kpi_rows(published.connection)}


def test_the_funnel_adds_up_to_the_kpis(kpis: dict[str, KpiRow]) -> None:
    suppliers = recovery.funnel_by_supplier(published_build(), Scope())
    filing, credited = kpis["supplier_claim_filing_rate"], kpis["supplier_recovery_rate"]
    assert sum(one.eligible for one in suppliers) == filing.n > 0
    assert sum(one.filed for one in suppliers) == filing.numerator
    assert sum(one.credited_money for one in suppliers) == pytest.approx(credited.numerator)
    assert sum(one.eligible_cost for one in suppliers) == pytest.approx(credited.denominator)
    assert sum(one.unclaimed_cost for one in suppliers) == pytest.approx(kpis["unclaimed_supplier_value"].value)
    assert all(one.eligible >= one.filed >= one.decided >= one.credited for one in suppliers)


def test_filters_keep_the_totals_those_of_the_kpis(real_workspace: Path) -> None:
    build = published_build()
    with open_published(real_workspace) as published:
        con = published.connection
        [(entity, middle)] = con.execute(
            "select min(entity_id), cast(quantile_disc(anchor_date, 0.5) as date) from marts.kpi_items "
            "where kpi = 'recovery_rate'"
        ).fetchall()
        for scope in (Scope(entities=(entity,)), Scope(start=middle), Scope(end=middle, entities=(entity,))):
            entities = list(scope.entities) if scope.entities else None
            kpis = {row.kpi: row for row in kpi_rows(con, scope.start, scope.end, entities=entities)}
            suppliers = recovery.funnel_by_supplier(build, scope)
            assert sum(one.eligible for one in suppliers) == kpis["supplier_claim_filing_rate"].n
            unclaimed = sum(one.unclaimed_cost for one in suppliers)
            assert unclaimed == pytest.approx(kpis["unclaimed_supplier_value"].value)
            cost = sum(one.cost for one in recovery.by_disposition(build, scope))
            assert cost == pytest.approx(kpis["recovery_rate"].denominator)


@pytest.mark.usefixtures("real_workspace")
def test_a_packet_is_chosen_in_the_url() -> None:
    build = published_build()
    open_lines = {
        one.supplier: claim_packets.packet(build, Scope(), one.supplier)
        for one in recovery.funnel_by_supplier(build, Scope())
    }
    supplier, lines = max(open_lines.items(), key=lambda pair: (len(pair[1]), pair[0]))
    test = open_page("recovery", **{"claims-of": supplier})
    assert not test.exception
    shown = [element.value for element in test.dataframe if "RMA" in element.value.columns]
    assert [len(table) for table in shown] == [len(lines)]


def test_dispositions_add_up_to_the_recovery_rate(kpis: dict[str, KpiRow]) -> None:
    found = recovery.by_disposition(published_build(), Scope())
    rate = kpis["recovery_rate"]
    assert sum(one.lines for one in found) == rate.n > 0
    assert sum(one.left_out for one in found) == rate.left_out
    assert sum(one.recovered for one in found) == pytest.approx(rate.numerator)
    assert sum(one.cost for one in found) == pytest.approx(rate.denominator)


def test_windows_hold_every_unclaimed_line_and_those_over_are_the_open_exceptions(
    real_workspace: Path, kpis: dict[str, KpiRow]
) -> None:
    build = published_build()
    windows = {one.ends: one for one in recovery.claim_windows(build, Scope())}
    filing = kpis["supplier_claim_filing_rate"]
    assert sum(one.lines for one in windows.values()) == filing.n - (filing.numerator or 0)
    with open_published(real_workspace) as published:
        [(over,)] = published.connection.execute(
            "select count(*) from marts.exceptions where exception_type = 'unclaimed_recovery' and resolved_at is null"
        ).fetchall()
    assert (windows["is over"].lines if "is over" in windows else 0) == over
    packets = [
        line
        for one in recovery.funnel_by_supplier(build, Scope())
        for line in claim_packets.packet(build, Scope(), one.supplier)
    ]
    assert len(packets) == sum(one.lines for ends, one in windows.items() if ends != "is over")
    assert len({(line.rma_number, line.line_no) for line in packets}) == len(packets)


def test_page_says_the_kpis(kpis: dict[str, KpiRow]) -> None:
    test = open_page("recovery")
    assert not test.exception
    assert not test.error
    shown = text(test)
    assert f"{formats.share(kpis['recovery_rate'].value)} of the cost".replace("\N{NO-BREAK SPACE}", " ") in shown
    left = formats.money(kpis["unclaimed_supplier_value"].value or 0, "USD").replace("\N{NO-BREAK SPACE}", " ")
    assert f"{left} is left on the table" in shown
    assert len(test.get("plotly_chart")) == 2


@pytest.mark.usefixtures("real_workspace")
def test_filters_that_leave_nothing_are_named() -> None:
    test = open_page("recovery", from_="2080-01-01")
    assert "The period filter empties this page" in test.info[0].value


def test_the_first_sentence_names_what_is_lost_and_what_is_urgent() -> None:
    rows = {
        row.kpi: row
        for row in (
            kpi("recovery_rate", 0.5, 9), kpi("supplier_recovery_rate", 0.25, 4),
            kpi("unclaimed_supplier_value", 900, 2),
        )
    }  # fmt: skip
    windows = [ClaimWindow("within 7 days", 1, 300), ClaimWindow("is over", 1, 600)]
    assert headline(rows, windows, "USD").replace("\N{NO-BREAK SPACE}", " ") == (
        "50 % of the cost of what was disposed of is recovered. Suppliers credited 25 % of what they are liable for. "
        "USD 900 is left on the table: 2 lines without a submitted claim; the window of USD 600 is over and that of "
        "USD 300 ends within 7 days."
    )
    rows["unclaimed_supplier_value"] = kpi("unclaimed_supplier_value", 0, 0)
    assert headline(rows, [], "USD").endswith("Every line that a supplier is liable for is claimed.")


def test_the_funnel_says_lines_shares_and_cost() -> None:
    found = stages([FUNNEL], "USD")
    assert [one.value for one in found] == [10, 6, 4, 2]
    assert found[1].words.replace("\N{NO-BREAK SPACE}", " ") == "6 lines, 60 %, USD 700"


def test_dispositions_say_what_came_back() -> None:
    [found] = dispositions([Recovered("RESTOCK", 4, 1, 200, 50), Recovered("REPAIR", 0, 2, 0, 0)], "USD")
    assert (found.name, found.value) == ("RESTOCK", 0.25)
    assert found.words.replace("\N{NO-BREAK SPACE}", " ") == "25 %, USD 50 of USD 200"
