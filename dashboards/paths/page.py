"""Which paths do returns take? The variants, how much they cover, and how they differ from the standard path."""

from __future__ import annotations

import streamlit as st

from dashboards import frame
from dashboards.charts.template import toolbar
from dashboards.charts.variants import coverage_figure
from dashboards.choices import choose
from dashboards.drills import at
from dashboards.frame import View
from dashboards.paths import words
from dashboards.paths.html import paths_html
from dashboards.paths.table import show_paths
from dashboards.queries import paths, reference
from dashboards.show_chart import show_chart
from mining.variants import Variants

QUESTION = "Which paths do returns take?"
LENGTHS = ("10", "25", "100")


def page(view: View) -> None:
    """Show the paths."""
    count = frame.begin_with_returns(view, QUESTION)
    if not count:
        return
    answer = st.container(key="paths-answer")
    with st.container(key="paths-controls", horizontal=True, vertical_alignment="bottom"):
        form = choose("Paths", "path-form", paths.FORMS)
        rows = int(choose("Rows", "path-rows", LENGTHS))
    found = paths.variants(view.build, view.scope, form)
    with answer:
        frame.lead(words.lead(found, count))
    frame.caption(words.FORMS[form])
    currency = reference.reporting_currency(view.build)
    listed = words.valued(found.variants)
    frame.section("The most frequent paths")
    here = at("paths", view.scope)
    frame.html(paths_html(listed[:rows], found.standard, currency, here, form == "normalised"))
    frame.caption(f"{words.shown(found, rows)} {words.LEGEND}")
    _coverage(found)
    show_paths(listed, form, currency)


def _coverage(found: Variants) -> None:
    frame.section("How few paths cover how much?")
    goal = words.GOAL, words.needed(found.variants)
    figure = coverage_figure(found.variants, found.count, goal, frame.theme())
    show_chart(figure, config=toolbar("paths-coverage"), key="paths-coverage")
    frame.caption(words.shown(found, len(found.variants)))
