"""Did it help? Two windows of returns, followed for the same time and compared like for like."""

from __future__ import annotations

import streamlit as st

from dashboards import frame
from dashboards.compare import words
from dashboards.compare.against import choose_baseline, say_baseline
from dashboards.compare.controls import choose_windows
from dashboards.compare.effects import show_effects
from dashboards.compare.followed import show_followed
from dashboards.compare.mix import show_mix
from dashboards.compare.places import show_places
from dashboards.compare.process_map import show_map_changes
from dashboards.compare.rolled_out import choose_rollout
from dashboards.compare.survival import show_survival
from dashboards.compare.things import show_stamps, show_things
from dashboards.compare.trend import show_rollout, show_trend
from dashboards.frame import View
from dashboards.queries import proof, reference, returns
from dashboards.scope import Scope
from proof.headline import headline

QUESTION = "Did it help?"


def page(view: View) -> None:
    """Let the reader choose before and after, and say what changed between them."""
    build, scope = view.build, Scope(entities=view.scope.entities, kept=view.scope.kept)
    view.say_cohort(returns.cohort(build, scope), "before and after: dates below")
    frame.title(QUESTION)
    with st.container(horizontal=True, key="proof-asked"):
        held = choose_baseline(view)
        name, steps = choose_rollout(build)
    frozen = held.intact().side if held else None
    windows = choose_windows(proof.usual_windows(build), frozen)
    if windows is None:
        frame.lead(words.TOO_SHORT)
        return
    cohort = frozen.cohort if frozen else scope.cohort()
    found = proof.comparison(build, proof.Wanted(windows, cohort.to_json() if cohort.steps else "", steps))
    currency = reference.reporting_currency(build)
    frame.lead(headline(found, currency))
    if held:
        say_baseline(view, held, found.question)
    if steps:
        frame.caption(words.rolled_out(name, steps))
    show_followed(found)
    show_effects(found, currency)
    show_places(found, currency)
    show_map_changes(found, reference.lanes(build))
    show_mix(found, currency)
    show_survival(found)
    show_trend(found)
    show_rollout(found)
    show_things(found)
    show_stamps(found)
    frame.caption(words.same_by_command(found.question, held.stored.name if held else "", name))
