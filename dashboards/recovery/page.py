"""What is recovered, and what is left on the table? Dispositions, supplier claims, and what can still be claimed."""

from __future__ import annotations

from dashboards import frame
from dashboards.charts.ranking import ranking_figure
from dashboards.charts.template import toolbar
from dashboards.drills import at
from dashboards.frame import View
from dashboards.queries import kpis, recovery, reference
from dashboards.recovery import words
from dashboards.recovery.parts import show_dispositions, show_packet, show_suppliers, show_windows
from dashboards.show_chart import show_chart

QUESTION = "What is recovered, and what is left on the table?"


def page(view: View) -> None:
    """Show what came back, how far claims came, and what can still be claimed."""
    build, scope = view.build, view.scope
    shown, remaining = recovery.cohort_of_lines(build, scope), recovery.remaining_lines(build, scope)
    if not frame.begin(
        view, QUESTION, shown, "by the first disposition of the line", remaining, "decided return lines"
    ):
        return
    currency = reference.reporting_currency(build)
    measured = {row.kpi: row for row in kpis.kpis(build, scope)}
    recovered = recovery.by_disposition(build, scope)
    suppliers = recovery.funnel_by_supplier(build, scope)
    windows = recovery.claim_windows(build, scope)
    frame.lead(words.headline(measured, windows, currency))
    here = at("recovery", scope)
    if recovered:
        show_dispositions(recovered, recovery.steps_of_dispositions(build), currency, here)
    if suppliers:
        frame.section("How far do supplier claims come?")
        figure = ranking_figure(words.stages(suppliers, currency), "return lines", frame.theme())
        show_chart(figure, config=toolbar("supplier-funnel"), key="supplier-funnel-figure")
        frame.caption(words.STAGES)
        show_suppliers(suppliers, currency, here)
        show_windows(windows, currency)
        show_packet(view, suppliers, currency)
    frame.caption(words.left_out(recovered, suppliers))
