"""The tables of a comparison, laid once, and all its parts read them."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.macros import Connection
from proof.followed import COMPARED, Followed, follow
from proof.question import Question
from proof.resample import Draws, draw


@dataclass(frozen=True)
class Laid:
    """A comparison's ground: the temporary tables on `connection` (see `proof.followed`), and the draws of clusters."""

    connection: Connection
    question: Question
    followed: Followed
    draws: Draws


def lay(con: Connection, question: Question) -> Laid:
    """Follow the returns of both sides and draw their clusters.

    Raises UsageError for a cohort that asks for what the log does not have.
    """
    followed = follow(con, question)
    [(clusters,)] = con.execute(f"select coalesce(max(cluster_no), 0) + 1 from {COMPARED}").fetchall()  # noqa: S608
    return Laid(con, question, followed, draw(clusters, question.digest))
