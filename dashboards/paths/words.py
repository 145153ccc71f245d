"""What is said of paths: how many there are, how few cover most, and how they differ from the standard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mining.map_view import DAY
from mining.variants import Variant, Variants
from pipeline import formats

FEW = 10
GOAL = 0.8

FORMS = {
    "normalised": (
        "Normalised: repeated steps count once, messages are no steps, and what happens within a minute stands in one "
        "order. Times are those of the whole return."
    ),
    "raw": "Raw: every recorded event is a step, in the order of its stamp.",
}
LEGEND = (
    "One row is one path, the most frequent first; its bar is its share of the returns. In its steps + marks what the "
    "standard path does not have and ↔ what stands at another place there; x2 is twice in a row. Median and 90th "
    "percentile (p90) run from first to last event, whether closed or not. Recovery is what was recovered over the "
    "cost of the lines, where both are known."
)


@dataclass(frozen=True)
class Valued:
    """A path and its own share (0..1) of the credit value of all returns; None where none is known."""

    variant: Variant
    value_share: float | None


def valued(variants: Sequence[Variant]) -> list[Valued]:
    """Give paths, the most frequent first, their own share of the value."""
    found = []
    before = 0.0
    for one in variants:
        together = one.cumulative_value_share
        share = None if one.value is None or together is None else max(together - before, 0.0)
        found.append(Valued(one, share))
        before = together or before
    return found


def needed(variants: Sequence[Variant], goal: float = GOAL) -> int | None:
    """Return how many of the most frequent paths cover a share of the cases, None when even all of these don't."""
    return next((place for place, one in enumerate(variants, start=1) if one.cumulative_share >= goal), None)


def lead(found: Variants, returns: int) -> str:
    """Answer in a sentence which paths `returns` returns take."""
    first = found.variants[min(FEW, len(found.variants)) - 1]
    returns_words = _counted(returns, "return", "returns")
    if found.count == 1:
        return f"{returns_words}, and one path for all of them."
    few = f"the {FEW} most frequent cover" if found.count > FEW else f"these {found.count} cover"
    covered = f"{few} {formats.share(first.cumulative_share)} of the returns{_value_covered(first)}"
    return f"{returns_words}, {formats.count(found.count)} different paths: {covered}. {_standard(found)}"


def _value_covered(variant: Variant) -> str:
    share = variant.cumulative_value_share
    return "" if share is None else f" and {formats.share(share)} of the credit value"


def _standard(found: Variants) -> str:
    if found.standard is None:
        return "None of the returns is closed, so there is no standard path yet."
    taken = next((one for one in found.variants if one.activities == found.standard), None)
    share = f"{formats.share(taken.share)} take" if taken else "few take"
    steps = _counted(len(found.standard), "step", "steps")
    return f"The standard path, which most closed returns take, has {steps}; {share} it."


def shown(found: Variants, rows: int) -> str:
    """Say what of the paths is listed and what is not."""
    listed = min(rows, len(found.variants))
    hidden = found.count - listed
    if not hidden:
        return f"All {_counted(listed, 'path', 'paths')}."
    rest = 1 - found.variants[listed - 1].cumulative_share
    return (
        f"The {formats.count(listed)} most frequent of {formats.count(found.count)} paths; "
        f"the other {formats.count(hidden)} have {formats.share(rest)} of the returns."
    )


def facts(row: Valued, currency: str) -> list[tuple[str, str]]:
    """Return the numbers of a path, each with its name."""
    one = row.variant
    value = "unknown" if one.value is None else formats.money(one.value, currency)
    share = f" ({formats.share(row.value_share)})" if row.value_share is not None else ""
    return [
        ("With those above", formats.share(one.cumulative_share)),
        ("Median, p90", f"{formats.duration(one.median_seconds, DAY)}, {formats.duration(one.p90_seconds, DAY)}"),
        ("Recovery", formats.share(one.recovery_rate) if one.recovery_rate is not None else "unknown"),
        ("Credit value", f"{value}{share}"),
    ]


def closed(variant: Variant) -> str:
    """Say how many of a path's returns reached their close, nothing when all did."""
    if variant.finished == variant.cases:
        return ""
    return f", {formats.count(variant.finished) if variant.finished else 'none'} closed"


def difference(variant: Variant, standard: tuple[str, ...] | None) -> str:
    """Say how a path differs from the standard."""
    if standard is None:
        return "No standard path to compare with."
    if variant.activities == standard:
        return "The standard path."
    signs_kept = variant.difference.replace("+ ", f"+{formats.SPACE}").replace("- ", f"{formats.MINUS}{formats.SPACE}")
    return f"Against the standard: {signs_kept}."


def _counted(number: int, one: str, many: str) -> str:
    return f"{formats.count(number)}{formats.SPACE}{one if number == 1 else many}"
