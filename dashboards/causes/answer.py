"""What the page of causes is told of one outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mining.causes import Finding, Node
    from pipeline.mine.cause_rows import CauseRow


@dataclass(frozen=True)
class Association:
    """A condition that was tested: the finding, the same as a row of a table with its sentence, and who it is about.

    `explained_by` is who explains it best, where anybody does.
    """

    finding: Finding
    row: CauseRow
    who: str
    explained_by: str | None = None


@dataclass(frozen=True)
class CausesAnswer:
    """What goes with one outcome, and what was not asked.

    `cases` were judged, `outcomes` of them have the outcome, which `words` say ("cases are ..."); `left_out` are
    reasons with cases, `refused` says what is known too late, `grouped` are titles with rare values and their cases.
    `tried` and `only_adjusted` are titles of attributes, `titles` those by name. `tested` conditions of all outcomes of
    the run share in the correction; `clear` are the names of those of which a condition differs clearly.
    `associations` are in the order of their rank; `tree` is None where there is nothing to grow it from.
    """

    outcome: str
    words: str
    cases: int
    outcomes: int
    left_out: tuple[tuple[str, int], ...]
    refused: tuple[str, ...]
    grouped: tuple[tuple[str, int, int], ...]
    tried: tuple[str, ...]
    only_adjusted: tuple[str, ...]
    titles: dict[str, str]
    tested: int
    clear: tuple[str, ...]
    associations: tuple[Association, ...]
    tree: Node | None
