"""Rules and trims as JSON values, read by the types of their fields."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, Literal, NoReturn, get_args, get_origin, get_type_hints

from mining.cohort.rules import Rule
from mining.cohort.trims import Trim
from pipeline.errors import UsageError

Step = Rule | Trim
MAX_DEPTH = 50

_RULES = {kind.kind: kind for kind in get_args(Rule)}
_TRIMS = {kind.kind: kind for kind in get_args(Trim)}


def step_of(value: object, place: str) -> Step:
    """Read a step of a cohort, found at `place`. Raises UsageError for anything that is no step."""
    step: Step = _object(value, _RULES | _TRIMS, place, 0)
    return step


def value_of(step: Step) -> dict[str, Any]:
    """Return a step as a JSON value; what has its default is left out."""
    fields = {
        field.name: _plain(getattr(step, field.name))
        for field in dataclasses.fields(step)
        if getattr(step, field.name) != field.default
    }
    return {"kind": step.kind, **fields}


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return value_of(value) if isinstance(value, get_args(Step)) else value


def _object(value: object, kinds: Mapping[str, type], place: str, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise UsageError(f"{place} lies more than {MAX_DEPTH} rules deep. Write the cohort with less nesting.")
    if not isinstance(value, dict) or not isinstance(value.get("kind"), str):
        _refuse(value, "an object with the key `kind`", place)
    if value["kind"] not in kinds:
        only = "; trims stand in the list of steps only" if value["kind"] in _TRIMS else ""
        _refuse(value["kind"], f"one of {', '.join(kinds)}{only}", f"{place}.kind")
    kind = kinds[value["kind"]]
    hints = _hints(kind)
    for key in value:
        if key != "kind" and key not in hints:
            raise UsageError(
                f"{place} has the unknown key {_shown(key)}; a rule of kind {value['kind']} has "
                f"{', '.join(hints)}. Correct the name or drop it."
            )
    needed = {field.name for field in dataclasses.fields(kind) if field.default is dataclasses.MISSING}
    for name in sorted(needed - value.keys()):
        raise UsageError(f"{place} lacks the key {name!r}, which a rule of kind {value['kind']} needs. Add it.")
    given = {name: _read(value[name], hints[name], f"{place}.{name}", depth + 1) for name in hints if name in value}
    try:
        return kind(**given)
    except UsageError as error:
        raise UsageError(f"{place}: {error}") from error


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}


def _read(value: object, hint: Any, place: str, depth: int) -> Any:
    if hint == Rule:
        return _object(value, _RULES, place, depth)
    if get_origin(hint) is UnionType or type(None) in get_args(hint):
        return None if value is None else _read(value, next(iter(get_args(hint))), place, depth)
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            _refuse(value, "a list", place)
        return tuple(_read(one, get_args(hint)[0], f"{place}[{n}]", depth) for n, one in enumerate(value, 1))
    if get_origin(hint) is Literal:
        if value not in get_args(hint):
            _refuse(value, f"one of {', '.join(get_args(hint))}", place)
        return value
    return _plain_value(value, hint, place)


def _plain_value(value: object, hint: Any, place: str) -> Any:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if hint is str and isinstance(value, str) and not _has_half_character(value):
        return value
    if hint is date and isinstance(value, str) and (day := _date(value)):
        return day
    if (hint is bool and isinstance(value, bool)) or (hint is int and is_number and isinstance(value, int)):
        return value
    if hint is float and is_number:
        return value
    return _refuse_type(value, hint, place)


def _date(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def _has_half_character(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def _refuse_type(value: object, hint: Any, place: str) -> NoReturn:
    names = {str: "a text", bool: "true or false", date: "a date such as 2025-03-01", int: "a whole number"}
    _refuse(value, names.get(hint, "a number"), place)


def _refuse(value: object, expected: str, place: str) -> NoReturn:
    raise UsageError(f"{place} is {_shown(value)}; expected {expected}. Correct it.")


def _shown(value: object) -> str:
    text = ascii(value)
    return text if len(text) <= 60 else text[:57] + "..."
