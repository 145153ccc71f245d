"""The returns behind a KPI: what it counts, what it leaves out and why, the worst first, each leading to its return."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from dashboards import frame
from dashboards.choices import choose
from dashboards.links import return_address
from dashboards.list_html import Column, code, link, list_html, plain, unbroken
from dashboards.paging import choose_page, to_first_page
from dashboards.published import Build
from dashboards.queries import kpi_items, reference
from dashboards.scope import Scope
from dashboards.scorecard.kpi_item import KpiItem
from dashboards.scorecard.tiles import Tile
from pipeline import formats

SHOWN, PAGE = "kpi-items", "kpi-page"


def show_items(tile: Tile, build: Build, scope: Scope) -> None:
    """Show the items of a tile page by page, with a download of all, and a switch to those left out."""
    frame.section("Which returns are behind it?")
    row = tile.row
    if not row.n and not row.left_out:
        frame.caption("None in this selection.")
        return
    is_left_out = _choose_left_out(tile)
    better = tile.target.better if tile.target else "lower"
    asked = (build, scope, tile.measure, better, is_left_out)
    name = f"{tile.measure.kpi}-{'left-out' if is_left_out else 'items'}"
    csv: Callable[[], str] = lambda: kpi_items.items_csv(*asked)  # noqa: E731
    st.download_button("Download CSV", csv, f"{name}.csv", "text/csv", key="kpi-items-csv")
    slot = st.empty()
    number = choose_page(row.left_out if is_left_out else row.n, kpi_items.PAGE_ROWS, PAGE)
    page = kpi_items.items(*asked, number)
    slot.html(items_html(page, tile, scope, reference.entity_names(build)))
    frame.caption(order_in_words(tile, is_left_out))


def _choose_left_out(tile: Tile) -> bool:
    if not tile.row.left_out:
        return False
    if not tile.row.n:
        return True
    return choose("Show", SHOWN, ("counted", "left out"), to_first_page(PAGE)) == "left out"


def items_html(page: Sequence[KpiItem], tile: Tile, scope: Scope, names: Mapping[str, str]) -> str:
    """Return a page of items as HTML; columns that say nothing of this KPI are not there."""
    is_left_out = any(one.left_out_reason for one in page)
    has_value = not is_left_out and tile.measure.statistic != "count"
    has_part = any(one.part for one in page)
    columns = [
        *([Column(value_title(tile), True)] if has_value else []),
        *([Column("Why left out")] if is_left_out else []),
        Column("Return"),
        *([Column("What")] if has_part else []),
        Column("Site"),
        Column("Reason"),
        Column("Entity"),
        Column("Requested" if tile.measure.anchor == "None" else tile.measure.anchor),
    ]
    lines = [
        [
            *([plain(value_of(one, tile))] if has_value else []),
            *([plain(one.left_out_reason or "")] if is_left_out else []),
            _return_of(one, scope),
            *([plain((one.part or "").replace("_", " "))] if has_part else []),
            plain(one.site),
            plain(formats.code_in_words(one.reason)),
            plain(names.get(one.entity_id or "", one.entity_id or "none known")),
            unbroken(formats.day(one.date) if one.date else formats.NOTHING),
        ]
        for one in page
    ]
    return list_html(f"The returns behind {tile.measure.title}", columns, lines)


def value_title(tile: Tile) -> str:
    """Name what the items of a tile add, with its unit."""
    unit = tile.measure.unit
    if tile.row.numerator is not None:
        return "In the numerator" if unit == "share" else unit.capitalize()
    return tile.currency or "Value" if unit == "money" else unit.capitalize()


def value_of(one: KpiItem, tile: Tile) -> str:
    """Print what an item adds, e.g. ``12.3``, ``yes``, ``3 of 5``."""
    if one.denominator is not None and one.numerator is not None:
        if one.denominator != 1:
            return f"{_number(one.numerator)} of {_number(one.denominator)}"
        if tile.measure.unit == "share" and one.numerator in (0, 1):
            return "yes" if one.numerator else "no"
        return _number(one.numerator)
    if one.value is None:
        return formats.NOTHING
    return formats.amount(one.value) if tile.measure.unit == "money" else formats.number(one.value, 1)


def _number(value: float) -> str:
    return formats.count(value) if value == int(value) else formats.amount(value)


def order_in_words(tile: Tile, is_left_out: bool) -> str:
    """Say in what order the items stand."""
    if tile.measure.statistic == "count":
        return "The oldest first."
    if is_left_out:
        return "The latest first. These count nowhere in the value."
    return f"{'Worst' if tile.target else 'Highest'} first, of equals the latest."


def _return_of(one: KpiItem, scope: Scope) -> str:
    if one.case_id is None:
        return code(one.item_id, "no return known")
    shown = one.rma_number or one.case_id
    return link(shown, return_address(one.case_id, scope), f"Open the return {shown}")
