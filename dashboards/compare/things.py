"""What is new, gone, grown or shrunk, and what is only measured otherwise."""

from __future__ import annotations

from dashboards import frame
from dashboards.compare import words
from dashboards.list_html import Column, list_html, plain, unbroken
from pipeline import formats
from proof.comparison import Comparison
from proof.new_things import KindChanges, Thing
from proof.stamps_words import stamp_sentences

COLUMNS = (
    Column("What"),
    Column("Change"),
    *words.SIDES,
)
MOST = 8
NO_STAMPS = "No stamp appears or disappears between the sides, so nothing is only measured otherwise."


def show_things(found: Comparison) -> None:
    """Show the variants, exceptions and handoffs that changed beyond chance."""
    frame.section("What is new, and what is gone?")
    for kind in found.things.kinds:
        frame.caption(kind.sentence)
        if kind.things:
            frame.html(list_html(f"Changed: {kind.kind}", COLUMNS, [thing_line(one) for one in kind.things[:MOST]]))
            frame.caption(hidden(kind))


def show_stamps(found: Comparison) -> None:
    """Say which stamps one side has and the other lacks, and how much of a change they can have feigned."""
    frame.section("Is it measured in the same way?")
    for sentence in stamp_lines(found):
        frame.caption(sentence)


def stamp_lines(found: Comparison) -> list[str]:
    """Return what is to say of changes of measurement, a line each."""
    changes = [" ".join(stamp_sentences(one)) for one in found.stamps.changes]
    looked = f"{formats.count(found.stamps.looked_at)} stamps were compared."
    return [*(changes or [NO_STAMPS]), looked]


def hidden(kind: KindChanges) -> str:
    """Say how many more there are than are listed; nothing when all are."""
    more = len(kind.things) - MOST
    return f"{formats.count(more)} more changed beyond chance, less than these." if more > 0 else ""


def thing_line(thing: Thing) -> list[str]:
    """Return a thing as a line of the list: cells of markup."""
    share = thing.share
    name = f"{share.name} \N{RIGHTWARDS ARROW} {share.next_name}" if share.next_name else share.name.replace("_", " ")
    sides = [
        unbroken(formats.share(part), f"{formats.count(having)} of {formats.count(of)}")
        for part, having, of in zip(share.shares, share.having, share.of, strict=True)
    ]
    return [plain(name), plain(thing.word), *sides]
