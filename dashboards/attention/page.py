"""What needs attention now? The exceptions, the oldest or the dearest first, each leading to its return."""

from __future__ import annotations

from dashboards import frame
from dashboards.attention.controls import choose_exceptions, offer_more
from dashboards.attention.exceptions import Choice
from dashboards.attention.view import show_overview, show_queue
from dashboards.attention.words import caption, lead, nothing_left
from dashboards.frame import View
from dashboards.queries import attention, reference

QUESTION = "What needs attention now?"


def page(view: View) -> None:
    """Show the exceptions."""
    build, scope = view.build, view.scope
    shown, remaining = attention.cohort_of_exceptions(build, scope), attention.remaining_exceptions(build, scope)
    if not frame.begin(view, QUESTION, shown, "by the date of detection of their exceptions", remaining, "exceptions"):
        return
    choice = choose_exceptions(attention.types(build))
    totals = attention.totals(build, scope, choice)
    if not totals.exceptions:
        everything = attention.totals(build, scope, Choice(choice.kind, with_resolved=True))
        offer_more(nothing_left(choice, everything.exceptions), choice, everything.exceptions)
        return
    currency = reference.reporting_currency(build)
    [oldest, *_] = attention.queue(build, scope, choice, "oldest", 1)
    [dearest, *_] = attention.queue(build, scope, choice, "dearest", 1)
    [top, *_] = attention.groups(build, scope, choice, "type")
    frame.lead(lead(totals, oldest, dearest, top, choice, currency))
    show_overview(view, choice, currency)
    show_queue(view, choice, totals.exceptions, (oldest.age_days, dearest.value or 0.0))
    frame.caption(caption(totals, scope, build.as_of, currency))
