"""The exceptions as lists: one by one, each leading to its return, and by type or entity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboards.attention.exceptions import AgeClass, By, Choice, Flagged, Group
from dashboards.attention.words import MEANINGS, seen, type_name
from dashboards.charts.ageing import Age
from dashboards.drills import Drill, Place, ways_html
from dashboards.links import return_address
from dashboards.list_html import Column, code, link, list_html, measured, plain, unbroken
from dashboards.scope import Scope
from mining.cohort import And, Attribute, Exceptions
from mining.map_view import DAY
from pipeline import formats

NO_ENTITY = "no known entity"


def queue_html(
    page: Sequence[Flagged], most: tuple[float, float], choice: Choice, scope: Scope, names: Mapping[str, str]
) -> str:
    """Return a page of the queue as HTML; `most` are the greatest age and value of the whole queue."""
    oldest, dearest = most
    currency = next((one.currency for one in page if one.currency), "")
    columns = [
        Column("Age", True),
        Column(f"Value ({currency})" if currency else "Value", True),
        Column("Exception"),
        Column("Found on"),
        Column("Return"),
        Column("Entity"),
        Column("Detected (UTC)"),
        *([Column("Resolved (UTC)")] if choice.with_resolved else []),
    ]
    lines = [
        [
            measured(formats.duration(one.age_days * DAY, DAY), one.age_days / oldest if oldest else 0.0),
            plain(formats.NOTHING)
            if one.value is None
            else measured(formats.amount(one.value), one.value / dearest if dearest else 0.0),
            unbroken(type_name(one.exception_type), seen(one.evidence)),
            code(one.object_id, one.object_type.replace("_", " ")),
            _return_of(one, scope),
            plain(entity_name(one.entity_id, names)),
            unbroken(formats.minute(one.detected_at)),
            *([unbroken(formats.minute(one.resolved_at))] if choice.with_resolved else []),
        ]
        for one in page
    ]
    return list_html("Exceptions", columns, lines)


def _return_of(one: Flagged, scope: Scope) -> str:
    if one.case_id is None:
        return plain("none known")
    shown = one.rma_number or one.case_id
    return link(shown, return_address(one.case_id, scope), f"Open the return {shown}")


def groups_html(
    groups: Sequence[Group], by: By, choice: Choice, here: Place, names: Mapping[str, str], currency: str
) -> str:
    """Return the exceptions by type or entity as HTML, each with the ways to their returns."""
    columns = [
        Column(by.capitalize()),
        Column("Exceptions", True),
        Column("Oldest", True),
        Column(f"Value ({currency})" if currency else "Value", True),
        Column("Their returns"),
    ]
    most = max((group.exceptions for group in groups), default=1)
    dearest = max((group.value for group in groups), default=0.0)
    lines = [
        [
            plain(type_name(group.name or ""), MEANINGS.get(group.name or "", ""))
            if by == "type"
            else plain(entity_name(group.name, names)),
            measured(formats.count(group.exceptions), group.exceptions / most),
            plain(formats.duration(group.oldest_days * DAY, DAY)),
            measured(formats.amount(group.value), group.value / dearest if dearest else 0.0)
            if group.valued
            else plain(formats.NOTHING),
            _ways(group, by, choice, here, names),
        ]
        for group in groups
    ]
    return list_html(f"Exceptions by {by}", columns, lines)


def _ways(group: Group, by: By, choice: Choice, here: Place, names: Mapping[str, str]) -> str:
    """Return the ways to a group's returns; how many is not said under a period, for lists date returns otherwise."""
    if group.name is None or not group.returns:
        return plain("none known")
    types = (group.name,) if by == "type" else (choice.kind,) if choice.kind else ()
    flagged = Exceptions(types=types, only_open=not choice.with_resolved)
    name, rule = (
        type_name(group.name),
        flagged if by == "type" else And((Attribute("entity_id", (group.name,)), flagged)),
    )
    if by == "entity":
        name = entity_name(group.name, names)
    return ways_html(Drill(name, rule, None if here.scope.has_period else group.returns), here)


def entity_name(entity_id: str | None, names: Mapping[str, str]) -> str:
    """Return the name of an entity, its id when it has none."""
    return NO_ENTITY if entity_id is None else names.get(entity_id, entity_id)


def ages_in_words(classes: Sequence[AgeClass], choice: Choice, currency: str) -> list[Age]:
    """Return what the chart of ages says."""
    return [
        Age(
            one.name,
            one.still_open,
            one.resolved,
            f"{formats.count(one.still_open)} open, {formats.count(one.resolved)} resolved"
            if choice.with_resolved
            else formats.count(one.still_open),
            formats.money(one.value, currency) if one.value else "",
        )
        for one in classes
    ]


def age_frame(classes: Sequence[AgeClass], currency: str) -> pd.DataFrame:
    """Return the numbers of the chart of ages as a table."""
    return pd.DataFrame(
        {
            "Age": [one.name for one in classes],
            "Open": [one.still_open for one in classes],
            "Resolved": [one.resolved for one in classes],
            f"Value ({currency})" if currency else "Value": [round(one.value, 2) for one in classes],
        }
    )
