"""A restatement in words, e.g. ``11.2 -> 11.4 business days: 312 late rows (+0.15), 40 corrected rows (+0.05)``."""

from __future__ import annotations

from decimal import Decimal

from pipeline import formats
from pipeline.text_table import NOTHING
from proof.baseline.restated import Part, Restatement
from proof.baseline.verifying import Verification

CAUSE_WORDS = {
    "deleted": "rows that are gone",
    "corrected": "corrected rows",
    "late": "late rows, of what had happened by then",
    "later": "rows of what happened since",
    "as_of": "the as-of instant moved",
    "reference": "reference data",
    "definitions": "definitions or code",
    "unknown": "a cause that cannot be told",
}
_ROWS = {"deleted": "deleted", "corrected": "corrected", "late": "late", "later": "later"}
_STATISTICS = {"mean": ", mean", "median": ", median", "p90": ", 90th percentile"}


def measure_title(restated: Restatement) -> str:
    """Name a measure, e.g. ``Cycle time, mean`` or ``Open exceptions (stale return)``."""
    name = restated.measure
    part = f" ({name.part.replace('_', ' ')})" if name.part else ""
    return f"{name.title}{_STATISTICS.get(name.statistic, '')}{part}"


def shown(value: float | Decimal | None, unit: str, decimals: int = 2) -> str:
    """Return a value with so many decimals at most: shares in percent, others plain."""
    if value is None:
        return NOTHING
    number, mark = (float(value) * 100, " %") if unit == "share" else (float(value), "")
    return f"{_trimmed(f'{number:,.{decimals}f}')}{mark}"


def shown_change(change: Decimal | None, unit: str, decimals: int = 2) -> str:
    """Return a change with its sign and so many decimals at most: of shares in percentage points."""
    if change is None:
        return NOTHING
    number, mark = (float(change) * 100, " pp") if unit == "share" else (float(change), "")
    return f"{_trimmed(f'{number:+,.{decimals}f}')}{mark}"


def restatement_words(restated: Restatement, verification: Verification) -> str:
    """Say a restatement and its causes in one line, without the name of the measure."""
    unit, decimals = restated.measure.unit, _decimals(restated)
    named = f" {formats.unit_word(unit)}".rstrip()
    ends = (shown(value, unit, decimals) for value in (restated.frozen, restated.today))
    causes = (
        f"{part_words(part, verification)} ({shown_change(part.change, unit, decimals)})" for part in restated.parts
    )
    return f"{' -> '.join(ends)}{named}: {', '.join(causes)}"


def frozen_and_today(verification: Verification, measure: str) -> str:
    """Say what was frozen of a measure, and what it is today where that is another, e.g. ``7.83 -> 8.18``."""
    restated = next((one for one in verification.restatements if one.measure.measure == measure), None)
    if restated is not None:
        unit, decimals = restated.measure.unit, _decimals(restated)
        return " -> ".join(shown(value, unit, decimals) for value in (restated.frozen, restated.today))
    frozen = verification.stored.baseline.value(measure) if verification.stored.baseline else None
    return NOTHING if frozen is None else shown(frozen.value, frozen.measure.unit)


def state_words(verification: Verification) -> str:
    """Say in a sentence whether today's data still gives what was frozen."""
    name, restated = verification.stored.name, len(verification.restatements)
    if not restated:
        return f"Today's data gives every figure of the baseline {name} as it was frozen."
    return (
        f"Today's data gives {restated} figures of the baseline {name} otherwise than they were frozen, and before is "
        f"told with today's data; `retrace baseline verify {name}` names the causes."
    )


def _decimals(restated: Restatement) -> int:
    """Two decimals, and four where two do not show that anything changed."""
    unit = restated.measure.unit
    is_shown = shown(restated.frozen, unit) != shown(restated.today, unit)
    return 2 if is_shown or restated.frozen == restated.today else 4


def _trimmed(number: str) -> str:
    plain = number.rstrip("0").rstrip(".") if "." in number else number
    return "0" if plain in ("+0", "-0") else plain


def part_words(part: Part, verification: Verification) -> str:
    """Say a cause with how many rows or items stand behind it, e.g. ``312 late rows``."""
    found, word = part.behind, _ROWS.get(part.cause)
    rows = f"{found.rows:,} {word or 'changed'} row{'' if found.rows == 1 else 's'}"
    if word:
        return rows
    if part.cause == "reference":
        return f"{rows} of {', '.join(found.tables)}"
    items = f"{found.items:,} item{'' if found.items == 1 else 's'}"
    if part.cause == "as_of":
        return f"as-of moved to {verification.build.as_of_at}, {items}"
    if part.cause == "definitions":
        return f"definitions or code, {items}"
    return f"cannot be told, {items}"
