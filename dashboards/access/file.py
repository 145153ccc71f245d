"""Read the file that says who may see what; whatever in it is not understood is refused.

[sign_in]                        # may be left out
group_claim = "groups"
session_hours = 12
trust_unverified_email = false

[roles.east]
entities = ["0010", "0020"]      # or ["*"]: all of them

[[people]]
email = "someone@example.com"    # or group = "returns-east"
roles = ["east"]
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dashboards.access.roles import Access, Entities, Person
from pipeline.errors import UsageError
from pipeline.formats import listed

EVERYTHING = "*"
LONGEST_SESSION_HOURS = 720


def read_access(path: Path) -> Access:
    """Return who may see what. No message quotes an address.

    Raises UsageError when there is no such file, or something in it is not as expected.
    """
    try:
        return _access(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise UsageError(
            f"The access file {path} cannot be read ({error.strerror}). Name a file that says who may see what."
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"The access file {path} is not TOML in UTF-8: {broken_at(error)}. Correct it.") from error
    except UsageError as error:
        raise UsageError(f"The access file {path}: {error}") from error


def broken_at(error: UnicodeDecodeError | tomllib.TOMLDecodeError) -> str:
    """Say where a file cannot be read on, without quoting it."""
    if isinstance(error, UnicodeDecodeError):
        return f"byte {error.start + 1} is no text"
    return f"it cannot be read on {str(error).rpartition('(')[2].rstrip(')')}"


def _access(text: Mapping[str, Any]) -> Access:
    _check_keys(text, "the file", {"roles", "people"}, {"sign_in"})
    sign_in = _table(text.get("sign_in", {}), "sign_in")
    _check_keys(sign_in, "[sign_in]", set(), {"group_claim", "session_hours", "trust_unverified_email"})
    roles = {name: _entities(role, f"[roles.{name}]") for name, role in _table(text["roles"], "roles").items()}
    if not roles:
        raise UsageError("found no role; expected a table [roles.NAME] with the entities of the role. Add one.")
    group_claim = _text(sign_in["group_claim"], "[sign_in] group_claim") if "group_claim" in sign_in else None
    return Access(roles, _people(text["people"], roles, group_claim), group_claim, **_choices(sign_in))


def _choices(sign_in: Mapping[str, Any]) -> dict[str, Any]:
    """The choices of [sign_in] that have a value when they are left out."""
    chosen: dict[str, Any] = {}
    if "session_hours" in sign_in:
        hours = sign_in["session_hours"]
        if isinstance(hours, bool) or not isinstance(hours, int | float) or not 0 < hours <= LONGEST_SESSION_HOURS:
            raise UsageError(
                f"[sign_in] session_hours is {hours!r}; expected hours above 0, at most {LONGEST_SESSION_HOURS}."
            )
        chosen["session_hours"] = hours
    if "trust_unverified_email" in sign_in:
        trusts = sign_in["trust_unverified_email"]
        if not isinstance(trusts, bool):
            raise UsageError(f"[sign_in] trust_unverified_email is {trusts!r}; expected true or false.")
        chosen["trusts_unverified_email"] = trusts
    return chosen


def _entities(role: object, where: str) -> Entities:
    """The entities of a role, None for all."""
    table = _table(role, where)
    _check_keys(table, where, {"entities"}, set())
    named = _texts(table["entities"], f"{where} entities")
    if named == [EVERYTHING]:
        return None
    if EVERYTHING in named:
        raise UsageError(f'{where} names entities beside "{EVERYTHING}", which is all of them. Keep one or the other.')
    return tuple(sorted(named))


def _people(entries: object, roles: Mapping[str, Entities], group_claim: str | None) -> tuple[Person, ...]:
    """The people, each address and each group once."""
    if not isinstance(entries, list) or not entries:
        raise UsageError("found no people; expected [[people]] with an email or a group, and roles. Add one.")
    people = [_person(entry, f"[[people]] number {at}", roles) for at, entry in enumerate(entries, 1)]
    if group_claim is None and any(one.group for one in people):
        raise UsageError(
            "people are named by group, but [sign_in] group_claim is missing. Say which claim names a person's groups."
        )
    seen: dict[tuple[str | None, str | None], int] = {}
    for at, one in enumerate(people, 1):
        if (before := seen.setdefault((one.email, one.group), at)) != at:
            raise UsageError(f"[[people]] number {at} is the same as number {before}. Put their roles into one entry.")
    return tuple(people)


def _person(entry: object, where: str, roles: Mapping[str, Entities]) -> Person:
    table = _table(entry, where)
    _check_keys(table, where, {"roles"}, {"email", "group"})
    if ("email" in table) == ("group" in table):
        raise UsageError(f"{where} has {'both' if 'email' in table else 'neither'}; expected an email or a group.")
    email = _text(table["email"], f"{where} email").lower() if "email" in table else None
    if email is not None and not (email.isascii() and email.count("@") == 1 and not email.startswith("@")):
        raise UsageError(f"{where}: the email is no address such as someone@example.com. Correct it.")
    named = _texts(table["roles"], f"{where} roles")
    if unknown := [name for name in named if name not in roles]:
        raise UsageError(
            f"{where} has the roles {listed(unknown)}, which are not defined; expected some of {listed(list(roles))}. "
            "Correct the name, or add the role."
        )
    group = _text(table["group"], f"{where} group") if "group" in table else None
    return Person(email, group, tuple(named))


def _check_keys(table: Mapping[str, Any], where: str, needed: set[str], allowed: set[str]) -> None:
    """Refuse what is missing and what nobody would read."""
    known = ", ".join(sorted(needed | allowed))
    if unknown := sorted(table.keys() - needed - allowed):
        raise UsageError(f"{where} has {listed(unknown)}, which means nothing here; expected {known}. Remove it.")
    if missing := sorted(needed - table.keys()):
        raise UsageError(f"{where} lacks {listed(missing)}; expected {known}. Add it.")


def _table(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise UsageError(f"{where} is a {type(value).__name__}; expected a table. Correct it.")
    return value


def _text(value: object, where: str) -> str:
    if not isinstance(value, str) or not value or value != value.strip():
        raise UsageError(f"{where} is not a text without blanks around it. Correct it.")
    return value


def _texts(value: object, where: str) -> Sequence[str]:
    """A list of different texts, at least one."""
    if not isinstance(value, list) or not value:
        raise UsageError(f"{where} is empty or no list; expected a list of texts. Name at least one.")
    texts = [_text(one, where) for one in value]
    if len(set(texts)) < len(texts):
        raise UsageError(f"{where} names something twice. Remove one of them.")
    return texts
