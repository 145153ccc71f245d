"""The tables of a comparison, laid once, and all its parts read them."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.macros import Connection, render
from proof.followed import COMPARED, Followed, follow
from proof.question import Question
from proof.resample import Draws, draw

WORK = "proof_work"


@dataclass(frozen=True)
class Laid:
    """A comparison's ground: the temporary tables on `connection` (see `proof.followed`), and the draws of clusters.

    The table `WORK` has the work of the compared returns within the follow-up: their steps, each with the next one.
    """

    connection: Connection
    question: Question
    followed: Followed
    draws: Draws


def lay(con: Connection, question: Question) -> Laid:
    """Follow the returns of both sides and draw their clusters.

    Raises UsageError for a cohort that asks for what the log does not have.
    """
    followed = follow(con, question)
    work = render("proof_work", compared=COMPARED)
    con.execute(f"create or replace temp table {WORK} as {work}", {"horizon_days": followed.horizon_days})
    [(clusters,)] = con.execute(f"select coalesce(max(cluster_no), 0) + 1 from {COMPARED}").fetchall()  # noqa: S608
    return Laid(con, question, followed, draw(clusters, question.digest))
