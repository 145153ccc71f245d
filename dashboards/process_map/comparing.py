"""What the map's returns are compared with; the choice is kept in the URL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args
from urllib.parse import urlsplit

import streamlit as st

from dashboards import frame
from dashboards.filters import plain_text
from dashboards.frame import View
from dashboards.process_map.pasted import scope_of_address
from dashboards.scope import Scope, entities_in_words, period_in_words, rules_in_words
from mining.cohort import And, Cohort, Not, Trim
from pipeline.errors import UsageError

Against = Literal["nothing", "the period before", "another period", "an entity", "all other returns", "a pasted view"]


@dataclass(frozen=True)
class Other:
    """The cohort on the other side, as JSON, and what it is called."""

    cohort: str
    words: str


def choose_other(view: View, cohort: str) -> Other | None:
    """Let the reader choose the other side of a comparison with a cohort; None for none, or while it is not known.

    What cannot be the other side is said, and the map of one side stays.
    """
    sides: dict[str, Callable[[View, Cohort], Other | str]] = {
        "the period before": _before,
        "another period": _period,
        "an entity": _entity,
        "all other returns": _rest,
        "a pasted view": _pasted,
    }
    against = st.selectbox(
        "Compare with", get_args(Against), key="against", bind="query-params", width=200,
        help="Two groups of returns on one map: here is the selection, there is what you compare it with.",
    )  # fmt: skip
    if against not in sides:
        return None
    try:
        other = sides[against](view, Cohort.from_json(cohort))
    except UsageError as error:
        st.error(plain_text(str(error)))
        return None
    if isinstance(other, str):
        frame.caption(other)
        return None
    return other


def _seen(view: View, scope: Scope) -> Other:
    """Return another scope, under the same further rules as the selection."""
    words = f"{entities_in_words(scope, view.names)}, {period_in_words(scope)}"
    return Other(scope.cohort().to_json(), words)


def _before(view: View, here: Cohort) -> Other | str:
    before = view.scope.before()
    return _seen(view, before) if before else "Choose a period with both ends under Filters; then it has one before."


def _period(view: View, here: Cohort) -> Other | str:
    start = _day("From (there)", "against-from")
    end = _day("To (there), not included", "against-to")
    if not (start or end):
        return "Choose the other period."
    return _seen(view, replace(view.scope, start=start, end=end))


def _day(label: str, key: str) -> date | None:
    first, last = date(1990, 1, 1), date(2100, 1, 1)
    found = st.date_input(
        label, None, key=key, bind="query-params", format="YYYY-MM-DD", min_value=first, max_value=last, width=170
    )
    return found if isinstance(found, date) else None


def _entity(view: View, here: Cohort) -> Other | str:
    entity = st.selectbox(
        "Entity (there)", list(view.names), index=None, key="against-entity", bind="query-params", width=260,
        placeholder="Choose an entity",
    )  # fmt: skip
    return _seen(view, replace(view.scope, entities=(entity,))) if entity else "Choose the other entity."


def _rest(view: View, here: Cohort) -> Other | str:
    rules = tuple(step for step in here.steps if not isinstance(step, Trim))
    if not rules:
        return "The selection holds all returns; there are no others. Choose a filter, or keep returns on the map."
    return Other(Cohort((Not(And(rules)),)).to_json(), "all other returns")


def _pasted(view: View, here: Cohort) -> Other | str:
    address = st.text_input(
        "Address of the other view", key="against-view", bind="query-params", width=420,
        placeholder="Paste the address of a page of this product",
    )  # fmt: skip
    if not address:
        return "Paste the address of a view of this product; its filters are the other side."
    scope = scope_of_address(address, urlsplit(st.context.url or "").netloc, view.names)
    parts = entities_in_words(scope, view.names), period_in_words(scope), rules_in_words(scope, view.all_names)
    return Other(scope.cohort().to_json(), f"the pasted view ({', '.join(part for part in parts if part)})")
