"""What a roll-out's figures rest on and cannot tell, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline import formats
from proof.difference import Difference
from proof.measures import Measure
from proof.rollout_sums import UnitChange

CLEAR = 0.05
FEW_UNITS = 10


def whole_unit(units: Sequence[UnitChange], unit_kind: str) -> tuple[str, ...]:
    """Say how many units changed, and that with few of them luck of a whole unit looks like an effect."""
    plural = {"entity": "entities", "site": "sites"}[unit_kind]
    changed = sum(one.changed_on is not None for one in units)
    words = f"{changed} {plural if changed != 1 else unit_kind} changed and {len(units) - changed} did not."
    if min(changed, len(units) - changed) >= FEW_UNITS:
        return (words,)
    return (
        words,
        f"With so few, what befell a whole {unit_kind} at the same time cannot be told from the change; "
        "the intervals know customers and weeks only.",
    )


def told(difference: Difference) -> tuple[str, ...]:
    """Say what a difference in differences is, how its units ran before, and what its placebos found."""
    if difference.overall is None:
        return (_nobody(difference),)
    words = [_effect(difference), _before(difference), _placebos(difference)]
    if difference.uncompared:
        items = formats.count(difference.uncompared)
        words.append(f"{items} of the items after a change came when nobody was left to compare with.")
    return tuple(words)


def _nobody(difference: Difference) -> str:
    if difference.units and all(one.changed_on is not None for one in difference.units):
        return "Everybody changed before their returns could be compared with others: there are no controls."
    return "There are no returns of the units before and after their change with others untouched at the same time."


def _effect(difference: Difference) -> str:
    overall = difference.overall
    if overall is None:
        return ""
    low, high = overall.interval
    ends = f"{_size(low, difference.measure)} to {_size(high, difference.measure)}"
    unclear = "" if overall.p_value <= CLEAR else "; no clear change"
    size = _size(overall.value, difference.measure)
    return f"Against units that had not changed, the change is {size} ({ends}){unclear}."


def _before(difference: Difference) -> str:
    """Two looks at what ran before, a drift and any difference at all, share the chance of a false alarm."""
    drift, p_value = difference.drift, difference.pre_trend
    if drift is not None and drift.p_value <= CLEAR / 2:
        size = _size(drift.value, difference.measure)
        return (
            f"Before the change units and controls already ran apart by {size} a week: the change may go on from that."
        )
    if p_value is not None and p_value <= CLEAR / 2:
        figure = formats.number(p_value, 3)
        return f"Before the change units and controls already ran apart, up and down (p = {figure})."
    if drift is None:
        return "There are too few weeks before the change to see whether units and controls ran alike."
    low, high = (_size(end, difference.measure) for end in drift.interval)
    return f"Before the change units and controls ran alike, as far as can be seen: apart by {low} to {high} a week."


def _placebos(difference: Difference) -> str:
    overall, placebos = difference.overall, difference.placebos
    if overall is None or not placebos:
        return "Before is too short to try earlier days of a change."
    as_large = sum(abs(one.effect) >= abs(overall.value) for one in placebos)
    return (
        f"Moved to {len(placebos)} earlier weeks in which nothing changed, "
        f"{f'{as_large} give' if as_large > 1 else '1 gives' if as_large else 'none gives'} an effect as large."
    )


def _size(value: float, measure: Measure) -> str:
    if measure.unit == "share":
        return f"{formats.signed(value * 100)}{formats.SPACE}points"
    if measure.unit == "money":
        return formats.signed(value)
    figure = formats.number(abs(value), 2)
    sign = "" if figure == formats.number(0, 2) else "+" if value > 0 else formats.MINUS
    return f"{sign}{figure}{formats.SPACE}{measure.unit}"
