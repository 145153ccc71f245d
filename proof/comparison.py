"""Compare the returns of two sides: every measure, before and after, with what can and cannot be said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from threadpoolctl import threadpool_limits

from pipeline.macros import Connection
from proof import changed_map, new_things, places, stamps
from proof.changed_map import ChangedMap
from proof.effects import Effect
from proof.followed import Followed
from proof.laid import lay
from proof.measure_effects import measure_effects
from proof.mix import Mix, mixes
from proof.new_things import NewThings
from proof.places import Places
from proof.question import Question
from proof.resample import Estimate
from proof.rollout import Rollout, rollout
from proof.stamps import Stamps
from proof.survival import Survival, survival
from proof.trend import Trend, trend
from proof.verdicts import Verdict, judged_change, verdicts


@dataclass(frozen=True)
class Judged:
    """An effect, the mix behind it where it can be told, and the verdict."""

    effect: Effect
    mix: Mix | None
    verdict: Verdict

    @property
    def change(self) -> Estimate | None:
        """The change that the verdict is about: like for like where it could be made so."""
        return judged_change(self.effect, self.mix)


@dataclass(frozen=True)
class Comparison:
    """The answer to a question: whom it follows, and what is said of every measure."""

    question: Question
    followed: Followed
    judged: tuple[Judged, ...]
    survival: Survival
    places: Places
    map: ChangedMap
    things: NewThings
    stamps: Stamps
    trend: Trend
    rollout: Rollout

    def of(self, measure: str) -> Judged | None:
        """Return what is said of a measure, None when it is not among those compared."""
        return next((one for one in self.judged if one.effect.measure.name == measure), None)


def compare(con: Connection, question: Question, progress: Callable[[str], None] = lambda words: None) -> Comparison:
    """Answer a question from the warehouse that `con` reads; temporary tables are laid on its connection.

    The same warehouse and question give the same answer: the seed of the draws is the question's digest. Raises
    UsageError for a cohort that asks for what the log does not have.
    """
    with threadpool_limits(1, "blas"):  # many small products: threads would only wait for one another
        return _answer(con, question, progress)


def _answer(con: Connection, question: Question, progress: Callable[[str], None]) -> Comparison:
    progress("following the returns of both sides")
    laid = lay(con, question)
    progress("comparing the measures")
    effects = measure_effects(laid)
    progress("telling the process from the mix")
    mix_of = mixes(laid, effects)
    words = verdicts(effects, mix_of, laid.followed)
    judged = (
        Judged(effect, mix_of.get(effect.measure.name), word) for effect, word in zip(effects, words, strict=True)
    )
    progress("following returns until they end")
    lasting = survival(laid)
    progress("finding where the time changed")
    where = places.part(laid)
    progress("comparing maps, variants, exceptions, handoffs and stamps")
    parts = changed_map.part(laid), new_things.part(laid), stamps.part(laid)
    progress("following the goals week by week")
    weeks = trend(laid)
    progress("holding units that changed against those that had not")
    return Comparison(question, laid.followed, tuple(judged), lasting, where, *parts, weeks, rollout(laid))
