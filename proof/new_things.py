"""What is new, gone, grown or shrunk: variants, exceptions and handoffs, told only where it is beyond chance.

A variant is the order in which a return first comes to the steps of the main flow. With every repeat and message in it
nearly every return would be a variant of its own, and nothing could be told from chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline import formats
from pipeline.macros import render
from proof.followed import COMPARED
from proof.laid import WORK, Laid
from proof.shares import HANDFUL, ShareChange, Shares, share_changes

KINDS = ("variant", "exception", "handoff")
_PLURALS = {"variant": "variants", "exception": "types of exceptions", "handoff": "handoffs"}

Word = Literal["new", "gone", "grown", "shrunk"]


@dataclass(frozen=True)
class Thing:
    """A thing whose share of the returns changed beyond chance.

    It is ``new`` where no compared return of before has it and five or more of after do; ``gone`` is the reverse. The
    test is Fisher's with the numbers that clusters leave (see `proof.ground`), corrected over all things of its kind.
    """

    word: Word
    share: ShareChange


@dataclass(frozen=True)
class KindChanges:
    """What changed among all things of a kind, the greatest change first.

    `within_chance` others were looked at and told nothing; `rare` ones, of fewer than five returns, cannot.
    """

    kind: str
    things: tuple[Thing, ...]
    within_chance: int
    rare: int

    @property
    def sentence(self) -> str:
        """Say it in one sentence, e.g. ``Handoffs: 1 new, 2 grown; 31 others within chance, 4 too rare to tell.``"""
        words: tuple[Word, ...] = ("new", "gone", "grown", "shrunk")
        numbers = {word: sum(thing.word == word for thing in self.things) for word in words}
        told = ", ".join(f"{formats.count(number)} {word}" for word, number in numbers.items() if number)
        name = _PLURALS[self.kind]
        others = f"{formats.count(self.within_chance)} {'others ' if told else ''}within chance"
        rest = f"{others}, {formats.count(self.rare)} too rare to tell"
        return f"{name[:1].upper()}{name[1:]}: {told + '; ' if told else ''}{rest}."


@dataclass(frozen=True)
class NewThings:
    """What is new, gone, grown or shrunk, by kind."""

    kinds: tuple[KindChanges, ...]


def part(laid: Laid) -> NewThings:
    """Compare the variants, exceptions and handoffs of both sides, all within the follow-up that both have."""
    con, name = laid.connection, "proof_new_marks"
    query = render(name, work=WORK, compared=COMPARED)
    con.execute(f"create or replace temp table {name} as {query}", {"horizon_days": laid.followed.horizon_days})
    shares = share_changes(con, f"select * from {name}")  # noqa: S608 -- a table of this module
    return NewThings(tuple(_kind(kind, shares) for kind in KINDS))


def _kind(kind: str, shares: Shares) -> KindChanges:
    changes = [one for one in shares.changes if one.kind == kind]
    found = [Thing(_word(one), one) for one in changes if one.is_beyond_chance]
    found.sort(key=lambda thing: -abs(thing.share.shares[1] - thing.share.shares[0]))
    return KindChanges(kind, tuple(found), len(changes) - len(found), shares.rare.get(kind, 0))


def _word(share: ShareChange) -> Word:
    before, after = share.having
    if not before and after >= HANDFUL:
        return "new"
    if not after and before >= HANDFUL:
        return "gone"
    return "grown" if share.shares[1] > share.shares[0] else "shrunk"
