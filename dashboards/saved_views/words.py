"""What the list of saved views says: what each shows, and since when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import parse_qs

from dashboards.filters import scope_in
from dashboards.filters.state import CLOCK, KEYS
from dashboards.saved_views.saved_view import SavedView
from dashboards.scope import Scope, entities_in_words, period_in_words, rules_in_words
from mining.cohort import Names
from pipeline.errors import UsageError
from pipeline.formats import count, instant, listed

EMPTY = "No view is saved yet. Name this one above; it is kept in the workspace until somebody deletes it."
WHAT_IT_KEEPS = (
    "A view keeps the address: the page, its filters and choices, with their dates as they are. It keeps no numbers: "
    "it opens on the build that is published then."
)
MOST_CHOICES = 4
LONGEST_CHOICE = 40


@dataclass(frozen=True)
class Vocabulary:
    """What the pages ask, by their paths, how things are called, and whether the reader may see some entities only."""

    questions: Mapping[str, str]
    names: Names
    is_limited: bool


def shown_in_words(page: str, query: str, known: Vocabulary) -> str:
    """Say what the address of a page shows: its question, the filters, and what is chosen on the page itself.

    Entities that have no name here are counted and not named.
    """
    asked = parse_qs(query)
    question = known.questions.get(page, "A page that this version does not have.")
    try:
        filters = _filters_in_words(scope_in(asked), known)
    except UsageError:
        filters = "Filters that this version cannot read"
    clock = "elapsed time" if asked.get(CLOCK) == ["elapsed"] else ""
    choices = [f"{_plain(key)} {_short(', '.join(held))}" for key, held in asked.items() if key not in KEYS]
    if len(choices) > MOST_CHOICES:
        choices[MOST_CHOICES - 1 :] = [f"{len(choices) - MOST_CHOICES + 1} more"]
    chosen = f"on the page: {listed(choices)}" if choices else ""
    return f"{question} {'; '.join(part for part in (filters, clock, chosen) if part)}."


def saved_in_words(view: SavedView) -> str:
    """Say when a view was saved, on which build, and whether others see it."""
    of = f"as of {instant(view.as_of)}" if view.as_of else "without events"
    shared = " Everybody who may sign in sees it." if view.is_shared else ""
    return f"Saved {instant(view.saved_at)}, on build {view.build} ({of}).{shared}"


def view_html(view: SavedView, known: Vocabulary) -> str:
    """Return a view as markup: its name, which opens it, what it shows and when it was saved."""
    shown = shown_in_words(view.page, view.query, known)
    return (
        f'<p class="rt-saved"><a href="{escape(view.address)}" target="_self">{escape(view.name)}</a>'
        f"<span>{escape(shown)}</span><small>{escape(saved_in_words(view))}</small></p>"
    )


def said_html(said: str) -> str:
    """Return what came of a change, for the eye and for a screen reader."""
    return f'<p class="rt-said" role="status">{escape(said)}</p>'


def skipped_in_words(skipped: Mapping[str, str], are_named: bool) -> str:
    """Say that files in the folder of the views are none; which and why only where there is no sign-in."""
    many = len(skipped) > 1
    text = f"{count(len(skipped))} file{'s' if many else ''} in the folder of saved views cannot be shown as one"
    if not are_named:
        return f"{text}; whoever runs Retrace finds {'them' if many else 'it'} in the folder views/ of the workspace."
    return f"{text}: {' '.join(f'{name}: {why}' for name, why in skipped.items())}"


def _filters_in_words(scope: Scope, known: Vocabulary) -> str:
    rules = rules_in_words(scope, known.names)
    said = ", ".join(part for part in (_entities(scope, known), period_in_words(scope), rules) if part)
    return said[:1].upper() + said[1:]


def _entities(scope: Scope, known: Vocabulary) -> str:
    names = known.names.values.get("entity_id", {})
    if scope.entities is None and known.is_limited:
        return "all entities that you may see"
    unknown = [entity for entity in scope.entities or () if entity not in names]
    if scope.entities is None or not unknown:
        return entities_in_words(scope, names)
    many = f"{count(len(unknown))} entities" if len(unknown) > 1 else "one entity"
    seen = [names[entity] for entity in scope.entities if entity in names]
    return listed([*seen, f"{many} that you may not see or this build does not have"])


def _plain(key: str) -> str:
    return key.replace("-", " ").replace("_", " ")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_CHOICE else f"{text[:LONGEST_CHOICE].rstrip()}…"
