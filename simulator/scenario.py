"""Read a scenario: YAML, perhaps based on another one, checked key by key."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

import yaml

from pipeline.errors import UsageError
from simulator.behaviour import Behaviour, Outside
from simulator.parameters import Scenario

FOLDER = Path(__file__).with_name("scenarios")
BASE_KEY = "based_on"
FORMATS = ("csv", "parquet")
TASKS = (
    "register", "answer", "approve", "receive", "post", "inspect", "decide", "execute", "repair", "credit",
    "approve_credit", "replace", "ship", "claim", "close",
)  # fmt: skip
TEAMS = (
    "customer_service",
    "sales",
    "warehouse",
    "quality",
    "inventory_control",
    "finance",
    "credit_control",
    "procurement",
)
SEGMENTS = ("approval", "shipment", "transit", "dock", "inspection", "disposition", "credit", "closure")
EXCEPTION_TYPES = (
    "duplicate_return", "missing_reason", "unmatched_receipt", "receipt_before_approval", "late_receipt_posting",
    "stock_status_mismatch", "premature_availability", "credit_without_receipt", "credit_without_gl",
    "unlinked_credit", "excess_credit", "unapproved_credit", "disconnected_replacement", "missing_replacement",
    "unclaimed_recovery", "stale_return", "integration_failure", "event_order_violation",
)  # fmt: skip

Built = TypeVar("Built")


def available_scenarios() -> list[str]:
    """Return the names of the scenarios that come with Retrace, sorted."""
    return sorted(path.stem for path in FOLDER.glob("*.yml"))


def load_scenario(scenario: str | Path) -> Scenario:
    """Return the scenario of a name, or of a YAML file.

    Raises UsageError for an unknown name, an unreadable file, an unknown, missing or ill-typed key.
    """
    path = _scenario_file(scenario)
    loaded = build(Scenario, _read(path), str(path.name))
    _check_names(loaded, path.name)
    return loaded


def _scenario_file(scenario: str | Path) -> Path:
    path = Path(scenario)
    if path.suffix in (".yml", ".yaml") and path.is_file():
        return path
    if str(scenario) in available_scenarios():
        return FOLDER / f"{scenario}.yml"
    names = ", ".join(available_scenarios())
    raise UsageError(f"Unknown scenario {str(scenario)!r}; expected one of: {names}, or the path of a YAML file.")


def _read(path: Path) -> dict[str, Any]:
    """Return the parameters of a file laid over those of the scenario that it is based on."""
    try:
        own = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise UsageError(f"The scenario {path} can't be read: {error}") from error
    if not isinstance(own, dict):
        raise UsageError(f"The scenario {path} is {type(own).__name__}; expected a mapping of parameters.")
    base = own.pop(BASE_KEY, None)
    return own if base is None else _laid_over(_read(_scenario_file(str(base))), own)


def _laid_over(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in own.items():
        below = merged.get(key)
        merged[key] = _laid_over(below, value) if isinstance(value, dict) and isinstance(below, dict) else value
    return merged


def build(kind: type[Built], values: object, where: str) -> Built:
    """Return the dataclass ``kind`` filled from a mapping; ``where`` names the place in messages.

    Raises UsageError naming the key that is unknown, missing or of another type.
    """
    if not isinstance(values, dict):
        raise UsageError(f"{where}: found {values!r}; expected a mapping.")
    hints = typing.get_type_hints(kind)
    members = {field.name: field for field in fields(cast(Any, kind))}
    unknown = sorted(str(key) for key in values if key not in members)
    if unknown:
        raise UsageError(f"{where}: unknown key {unknown[0]!r}; expected one of: {', '.join(members)}.")
    missing = [name for name, field in members.items() if name not in values and field.default is MISSING]
    if missing:
        raise UsageError(f"{where}: the key {missing[0]!r} is missing; add it, or `{BASE_KEY}: baseline`.")
    return kind(**{key: _value(hints[key], value, f"{where}: {key}") for key, value in values.items()})


def _value(hint: Any, value: object, where: str) -> Any:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is types.UnionType:
        present = next(argument for argument in arguments if argument is not type(None))
        return None if value is None else _value(present, value, where)
    if is_dataclass(hint):
        return build(cast("type[Any]", hint), value, where)
    if origin is dict and isinstance(value, dict):
        return {str(key): _value(arguments[1], item, f"{where}.{key}") for key, item in value.items()}
    if origin is tuple and isinstance(value, list):
        return tuple(_value(arguments[0], item, where) for item in value)
    return _scalar(hint, value, where)


def _scalar(hint: Any, value: object, where: str) -> Any:
    accepted = (int, float) if hint is float else (hint if isinstance(hint, type) else ())
    if not isinstance(value, accepted) or (isinstance(value, bool) and hint is not bool):
        raise UsageError(f"{where}: found {value!r}; expected {getattr(hint, '__name__', str(hint))}.")
    if isinstance(value, int | float) and not isinstance(value, bool) and value < 0:
        raise UsageError(f"{where}: found {value!r}; expected a number of at least 0.")
    return float(value) if hint is float and isinstance(value, int) else value


def _check_names(scenario: Scenario, where: str) -> None:
    """Refuse names that the simulator would silently ignore."""
    closed: list[tuple[str, typing.Iterable[str], tuple[str, ...]]] = [
        ("work_minutes", scenario.work_minutes, TASKS),
        ("teams", scenario.teams, TEAMS),
        ("faults", scenario.faults, EXCEPTION_TYPES),
        ("decoys", scenario.decoys, EXCEPTION_TYPES),
        ("file_format", [scenario.file_format], FORMATS),
    ]
    for key, found, expected in closed:
        unknown = sorted(set(found) - set(expected))
        if unknown:
            raise UsageError(f"{where}: {key}: unknown {unknown[0]!r}; expected one of: {', '.join(expected)}.")
    for key, found, expected in closed[:2]:
        missing = sorted(set(expected) - set(found))
        if missing:
            raise UsageError(f"{where}: {key}: {missing[0]!r} is missing.")
    _check_change(scenario, where)
    for site in (team_site for team in scenario.teams.values() if team.place == "site" for team_site in team.at):
        if site not in scenario.sites:
            raise UsageError(f"{where}: teams: unknown site {site!r}; expected one of: {', '.join(scenario.sites)}.")


def _check_change(scenario: Scenario, where: str) -> None:
    """Refuse a change of what is not there: teams, parameters, places, segments."""
    change = scenario.change
    if change is None:
        return
    units = {
        "site": tuple(scenario.sites),
        "entity": tuple(sorted({site.entity_id for site in scenario.sites.values()})),
    }
    closed: list[tuple[str, Sequence[str], Sequence[str]]] = [
        ("segment", [change.segment], SEGMENTS),
        ("teams", list(change.teams), TEAMS),
        ("behaviour", list(change.behaviour), [field.name for field in fields(Behaviour)]),
        ("outside", list(change.outside), [field.name for field in fields(Outside)]),
        ("work_minutes", list(change.work_minutes), TASKS),
        ("starts", [start.unit_kind for start in change.starts], tuple(units)),
        *(
            (f"starts: {kind}", [one.unit for one in change.starts if one.unit_kind == kind], units[kind])
            for kind in units
        ),
    ]
    for key, found, expected in closed:
        if unknown := sorted(set(found) - set(expected)):
            raise UsageError(f"{where}: change: {key}: unknown {unknown[0]!r}; expected one of: {', '.join(expected)}.")
