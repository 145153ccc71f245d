"""Changes of measurement in sentences."""

from __future__ import annotations

from pipeline import formats
from proof.places_words import signed_days
from proof.stamps import Bound, StampChange

_OF_DATES = ("dates became times", "times became dates")


def stamp_sentences(change: StampChange) -> tuple[str, ...]:
    """Say which stamp changed and how, what hangs on it, and what of a change it can have feigned."""
    before, after = (formats.share(part) for part in change.shares)
    if change.word in _OF_DATES:
        first = f"{change.activity}: {change.word}; {before} were dates before, {after} after."
    else:
        first = f"{change.activity}: {change.word}; {before} of the returns have it before, {after} after."
    sentences = [first, *(_bounded(bound) for bound in change.bounds)]
    if change.segment and change.word not in _OF_DATES:
        title = change.segment[:1].lower() + change.segment[1:]
        sentences.append(
            f"Without it the time of the segment {title} is in the next one: read the changes of the two together."
        )
    if len(sentences) == 1:
        sentences.append("No duration hangs on it.")
    return tuple(sentences)


def _bounded(bound: Bound) -> str:
    if bound.measured is None:
        return f"{bound.title}: too few returns are measured to say what that does."
    measured = f"{bound.title} changed by {signed_days(bound.measured.value)} business days as measured"
    if bound.restated:
        return f"{measured}, by {signed_days(bound.restated.value)} {bound.why}."
    if bound.low is not None and bound.high is not None:
        between = f"between {signed_days(bound.low)} and {signed_days(bound.high)}"
        return f"{measured}; it may be anything {between}, for {bound.why}."
    return f"{measured}; {bound.why}."
