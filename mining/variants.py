"""The paths that cases take: as they are or normalised, what they are worth, and how they differ from the standard."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from mining.log import EventLog

RECOVERY = "marts.kpi_items"
MOST = 1000

Path = tuple[str, ...]
Mark = Literal["standard", "added", "moved"]


@dataclass(frozen=True)
class Worth:
    """What says what cases are worth and when they count as finished.

    `value` is their column with an amount of money, `recovery` the relation of the KPI items, `finished` a condition.
    """

    value: str | None = None
    recovery: str | None = None
    finished: str = "not is_open"


RETURNS = Worth("credit_value", RECOVERY, "is_closed")
ANY_LOG = Worth()


@dataclass(frozen=True)
class Normalisation:
    """How paths are made comparable; repeats are always collapsed.

    `technical` activities are dropped. Events of one case that follow each other within `tolerance_seconds`, each the
    one before it, count as concurrent and are put in the order of the events' column `rank`, then of their names; None
    leaves the order as it is. `built` is the table of a build that holds the paths of its log so normalised.
    """

    technical: Path = ()
    tolerance_seconds: float | None = None
    rank: str = "activity"
    built: str | None = None


@dataclass(frozen=True)
class Variant:
    """A path and the cases that take it, the `finished` among them.

    Shares (0..1) are of all cases and of all value, alone and together with every more frequent path; times from first
    to last event in seconds. `value` and `recovery_rate` (recovered over cost of the cases' lines) are None where
    nothing is known. `difference` is from the standard path, in words.
    """

    variant_id: str
    activities: Path
    difference: str
    cases: int
    finished: int
    share: float
    cumulative_share: float
    value: float | None
    cumulative_value_share: float | None
    median_seconds: float
    p90_seconds: float
    recovery_rate: float | None


@dataclass(frozen=True)
class Variants:
    """The most frequent variants of a log, of `count` in all, and the standard path; None when no case is finished."""

    variants: tuple[Variant, ...]
    count: int
    standard: Path | None


def raw_variants(log: EventLog, worth: Worth = ANY_LOG, most: int = MOST, standard: Path | None = None) -> Variants:
    """Return the `most` frequent variants of a log as its events are.

    The standard path is the given one, or else that of most finished cases. Variants with equally many cases stand in
    the order of their names. `variant_id` is the MD5 of the activities joined with `` > ``.
    """
    rows = log.rows("raw_variants", {"most": most}, **asdict(worth))
    return _variants(rows, most, standard)


def normalised_variants(
    log: EventLog,
    normalisation: Normalisation,
    worth: Worth = ANY_LOG,
    most: int = MOST,
    standard: Path | None = None,
) -> Variants:
    """Return the `most` frequent variants after normalisation; see `raw_variants` for the rest.

    Times stay those of the whole cases. A case that has technical activities alone takes the empty path. Cases are
    counted by a 128-bit hash of their steps (see the macro `path_keys` for how exact that is).
    """
    parameters: dict[str, object] = {"most": most, "technical": list(normalisation.technical)}
    rank = None
    if normalisation.tolerance_seconds is not None:
        rank = normalisation.rank
        parameters["tolerance_micros"] = round(normalisation.tolerance_seconds * 1_000_000)
    known = log.built(normalisation.built) if normalisation.built else None
    rows = log.rows("normalised_variants", parameters, rank=rank, known=known, **asdict(worth))
    return _variants(rows, most, standard)


def technical_activities(log: EventLog) -> Path:
    """Return the activities of a published warehouse that are messages, not work: those of its technical stages."""
    return tuple(activity for (activity,) in log.rows("technical_activities"))


def normalisation_of_returns(log: EventLog) -> Normalisation:
    """Return how the paths of returns are compared: without messages, and with what a minute holds in rank order."""
    return Normalisation(technical_activities(log), 60.0, "activity_rank", "compared_paths")


def variant_counts(log: EventLog, most: int) -> dict[Path, int]:
    """Return the `most` frequent paths with their cases, the most frequent first.

    Among equally frequent paths that of the case with the least id comes first. Equals ``pm4py.get_variants``.
    """
    return {
        tuple(activities): cases for cases, activities in log.rows("variant_counts", {"most": most}, paths=log.paths)
    }


def difference_in_words(path: Path, standard: Path) -> str:
    """Say how a path differs from the standard, e.g. ``+ Information Requested x2, - Inspection Started``.

    The two are laid side by side by their longest common runs (Ratcliff, Metzener, "Pattern Matching: The Gestalt
    Approach", 1988): what only the path has is added, what only the standard has is left out, and what both have at
    another place is moved. Each kind stands in the order of its path; equal paths give nothing.
    """
    of_path, of_standard = _apart(path, standard)
    added = Counter(path[position] for position in of_path)
    left_out = Counter(standard[position] for position in of_standard)
    moved = added & left_out
    words = [*_words("+ ", added - moved), *_words("- ", left_out - moved), *_words("moved ", moved)]
    return ", ".join(words)


def marks(path: Path, standard: Path) -> tuple[Mark, ...]:
    """Say of each step of a path whether it runs with the standard, is added, or is moved; see `difference_in_words`.

    Of several equal steps that only the path has, the first are those that are moved.
    """
    of_path, of_standard = _apart(path, standard)
    left_out = Counter(standard[position] for position in of_standard)
    found: list[Mark] = ["standard"] * len(path)
    for position in of_path:
        found[position] = "moved" if left_out[path[position]] > 0 else "added"
        left_out[path[position]] -= 1
    return tuple(found)


def _apart(path: Path, standard: Path) -> tuple[list[int], list[int]]:
    """Return the positions of what the path does not share with the standard, and those of the standard."""
    of_path: list[int] = []
    of_standard: list[int] = []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, standard, path, autojunk=False).get_opcodes():
        if kind != "equal":
            of_standard += range(start, end)
            of_path += range(new_start, new_end)
    return of_path, of_standard


def _words(sign: str, activities: Counter[str]) -> list[str]:
    return [f"{sign}{name}" + (f" x{count}" if count > 1 else "") for name, count in activities.items()]


def _variants(rows: list[tuple[Any, ...]], most: int, standard: Path | None) -> Variants:
    """Read rows of the macro `described_variants`; the standard path is there even when it is beyond the `most`."""
    if standard is None:
        standard = next((tuple(row[1] or ()) for row in rows if row[-2]), None)
    found = []
    for variant_id, activities, *figures, place, _, _ in rows:
        if place <= most:
            path = tuple(activities or ())
            difference = "" if standard is None else difference_in_words(path, standard)
            found.append(Variant(variant_id, path, difference, *figures))
    return Variants(tuple(found), rows[0][-1] if rows else 0, standard)
