"""The parts of the page about what is recovered and what is left on the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

import pandas as pd
import streamlit as st

from dashboards import frame
from dashboards.charts.ranking import ranking_figure
from dashboards.charts.template import toolbar
from dashboards.drills import Drill, Place, show_drills
from dashboards.frame import View
from dashboards.queries.claim_packets import evidence, packet
from dashboards.recovery import words
from dashboards.recovery.amounts import ClaimWindow, PacketLine, Recovered, SupplierFunnel
from dashboards.recovery.packet_file import packet_file
from dashboards.scope import entities_in_words, period_in_words
from dashboards.show_chart import show_chart
from dashboards.tables import show_data, show_heading
from mining.cohort import Activities, KpiItems
from pipeline import formats
from pipeline.export.records import records_csv

SUPPLIER = "claims-of"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_dispositions(recovered: Sequence[Recovered], steps: Mapping[str, str], currency: str, here: Place) -> None:
    """Show what share of the cost came back by disposition."""
    show_heading(
        "What comes back by disposition?", lambda: records_csv(Recovered, recovered), "recovery-by-disposition"
    )
    ranked = words.dispositions(recovered, currency)
    figure = ranking_figure(ranked, "share of cost recovered", frame.theme())
    figure.update_xaxes(tickformat=".0%")
    show_chart(figure, config=toolbar("recovery-by-disposition"), key="dispositions-figure")
    frame.caption(
        "Recovered value and supplier credits over the cost of the lines with an executed disposition, in the "
        "reporting currency, the dearest first. A line with several dispositions stands under several."
    )
    drills = [
        Drill(f"{one.disposition}: {steps[one.disposition]}", Activities(all_of=(steps[one.disposition],)))
        for one in recovered
        if one.disposition in steps
    ]
    show_drills("The returns that have the step of each disposition", drills, here)
    with st.expander("The same as a table"):
        show_data(dispositions_table(recovered, currency), "dispositions")


def dispositions_table(recovered: Sequence[Recovered], currency: str) -> pd.DataFrame:
    """Return what came back by disposition."""
    unit = f" ({currency})" if currency else ""
    return pd.DataFrame(
        {
            "Disposition": [one.disposition for one in recovered],
            "Lines": [one.lines for one in recovered],
            "Left out": [one.left_out for one in recovered],
            f"Cost{unit}": [round(one.cost) for one in recovered],
            f"Recovered{unit}": [round(one.recovered) for one in recovered],
            "Recovered share": [100 * one.recovered / one.cost if one.cost else None for one in recovered],
        }
    )


def show_suppliers(suppliers: Sequence[SupplierFunnel], currency: str, here: Place) -> None:
    """Show how far the claims of each supplier came."""
    show_heading("Which suppliers?", lambda: records_csv(SupplierFunnel, suppliers), "supplier-claims")
    show_data(suppliers_table(suppliers, currency), "suppliers")
    frame.caption(
        f"Lines by the first disposition; cost and credits in {currency or 'the reporting currency'}. Filed: a claim "
        "is submitted. The most unclaimed first."
    )
    drills = [drill for one in suppliers for drill in drills_of(one)]
    show_drills("The returns of each supplier", drills, here)


def drills_of(one: SupplierFunnel) -> list[Drill]:
    """Return what selects the returns of a supplier: with lines that it is liable for, with those that nobody filed."""
    of_supplier = partial(KpiItems, slice="supplier", values=(one.supplier,))
    found = [Drill(f"{one.supplier}: eligible", of_supplier("supplier_claim_filing_rate"))]
    if one.unclaimed_cost:
        found.append(Drill(f"{one.supplier}: unclaimed", of_supplier("unclaimed_supplier_value")))
    return found


def suppliers_table(suppliers: Sequence[SupplierFunnel], currency: str) -> pd.DataFrame:
    """Return the funnel by supplier."""
    unit = f" ({currency})" if currency else ""
    return pd.DataFrame(
        {
            "Supplier": [one.supplier for one in suppliers],
            "Eligible": [one.eligible for one in suppliers],
            "Filed": [one.filed for one in suppliers],
            "Decided": [one.decided for one in suppliers],
            "Credited": [one.credited for one in suppliers],
            f"Eligible cost{unit}": [round(one.eligible_cost) for one in suppliers],
            f"Credited money{unit}": [round(one.credited_money) for one in suppliers],
            f"Unclaimed cost{unit}": [round(one.unclaimed_cost) for one in suppliers],
        }
    )


def show_windows(windows: Sequence[ClaimWindow], currency: str) -> None:
    """Show when the claim windows of the lines without a claim end."""
    if not windows:
        return
    show_heading("Which claim windows are ending?", lambda: records_csv(ClaimWindow, windows), "claim-windows")
    unit = f" ({currency})" if currency else ""
    table = pd.DataFrame(
        {
            "The window": [one.ends if one.ends.startswith("is") else f"ends {one.ends}" for one in windows],
            "Lines without a claim": [one.lines for one in windows],
            f"Cost{unit}": [round(one.cost) for one in windows],
        }
    )
    show_data(table, "windows")
    frame.caption("The window begins with the first disposition of the line and has the supplier's clock days.")


def show_packet(view: View, suppliers: Sequence[SupplierFunnel], currency: str) -> None:
    """Let the reader take what a claim to a supplier needs."""
    frame.section("What can still be claimed?")
    names = [one.supplier for one in suppliers if one.eligible > one.filed]
    if not names:
        frame.caption("Every eligible line is claimed.")
        return
    chosen = st.selectbox("Supplier", names, key=SUPPLIER, bind="query-params", width=260)
    lines, as_of = packet(view.build, view.scope, chosen), view.build.as_of
    if not lines or as_of is None:
        st.info(f"{chosen}: the claim windows of all lines without a claim are over.")
        return
    [funnel] = [one for one in suppliers if one.supplier == chosen]
    with st.container(horizontal=True):
        st.download_button(
            "Download claim packet (XLSX)",
            lambda: packet_workbook(view, funnel, lines, as_of),
            "claim-packet.xlsx",
            XLSX,
            key="packet-xlsx",
        )
        st.download_button(
            "Lines as CSV", lambda: records_csv(PacketLine, lines), "claim-packet.csv", "text/csv", key="packet-csv"
        )
    show_data(packet_table(lines), "packet")
    worth = formats.money(sum(one.claim_value or 0.0 for one in lines), currency)
    frame.caption(
        f"{_many(len(lines))} worth {worth} without a submitted claim whose window is not over, the soonest end first. "
        "The packet has these lines in full: quantities, costs in the currency of the product, reasons, receipts, "
        "inspection findings and dispositions; as XLSX also what they add up to and the documents with the keys of "
        "their records. No person is named."
    )


def packet_workbook(view: View, funnel: SupplierFunnel, lines: Sequence[PacketLine], as_of: datetime) -> bytes:
    """Return the packet of a supplier as a workbook."""
    build, scope = view.build, view.scope
    documents = evidence(build, scope, funnel.supplier)
    selection = f"{entities_in_words(scope, view.names)}, {period_in_words(scope)}"
    return packet_file(funnel, lines, documents, as_of, selection)


def packet_table(lines: Sequence[PacketLine]) -> pd.DataFrame:
    """Return the lines of a packet as a table to look at."""
    return pd.DataFrame(
        {
            "RMA": [one.rma_number for one in lines],
            "Line": [one.line_no for one in lines],
            "SKU": [one.sku for one in lines],
            "Quantity": [float(one.quantity) for one in lines],
            "Cost": [None if one.line_cost is None else round(float(one.line_cost), 2) for one in lines],
            "Currency": [one.cost_currency for one in lines],
            "Reason": [one.reason for one in lines],
            "Findings": [one.findings for one in lines],
            "Received": [formats.day(one.first_received_at) if one.first_received_at else None for one in lines],
            "Window ends": [formats.day(one.window_ends_at) if one.window_ends_at else None for one in lines],
            "Days left": [None if one.days_left is None else round(one.days_left, 1) for one in lines],
        }
    )


def _many(lines: int) -> str:
    return "One line" if lines == 1 else f"{formats.count(lines)} lines"
