"""What a role lets people see, and which of it is a person's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

Entities = tuple[str, ...] | None
"""Sorted entity_ids; None are all of them, of this build and of any other."""

NOTHING: Entities = ()


@dataclass(frozen=True)
class Person:
    """People with these roles: the one with an e-mail address (in lower case), or all of a group."""

    email: str | None
    group: str | None
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Access:
    """Who may see what: the entities of each role, and the roles of people.

    `group_claim` is the claim that names a person's groups. An address that the provider has not verified counts only
    with `trusts_unverified_email`. A sign-in is good for `session_hours`.
    """

    roles: Mapping[str, Entities]
    people: tuple[Person, ...]
    group_claim: str | None = None
    trusts_unverified_email: bool = False
    session_hours: float = 12

    def entities_of(self, claims: Mapping[str, object]) -> Entities:
        """Return what a person with these claims of an identity token may see: () without a role, None for all."""
        email, groups = self._email(claims), set(self._groups(claims))
        allowed: set[str] = set()
        for person in self.people:
            if (person.email is not None and person.email == email) or person.group in groups:
                for role in person.roles:
                    of_role = self.roles[role]
                    if of_role is None:
                        return None
                    allowed.update(of_role)
        return tuple(sorted(allowed))

    def is_over(self, claims: Mapping[str, object], now: datetime) -> bool:
        """Whether the sign-in is too long ago, or nothing says when it was; `now` has a time zone."""
        issued = claims.get("iat")
        if isinstance(issued, bool) or not isinstance(issued, int | float):
            return True
        return now - datetime.fromtimestamp(issued, now.tzinfo) >= timedelta(hours=self.session_hours)

    def _email(self, claims: Mapping[str, object]) -> str | None:
        """The address as the file has it, None when there is none that counts."""
        email = claims.get("email")
        is_verified = claims.get("email_verified") in (True, "true")
        if not isinstance(email, str) or not (is_verified or self._trusts_silence(claims)):
            return None
        return email.strip().lower() if email.isascii() else None

    def _trusts_silence(self, claims: Mapping[str, object]) -> bool:
        """Whether an address counts of which the provider does not say that it is verified, or says that it is not."""
        return self.trusts_unverified_email and claims.get("email_verified") is None

    def _groups(self, claims: Mapping[str, object]) -> Iterator[str]:
        named = claims.get(self.group_claim) if self.group_claim else None
        for group in [named] if isinstance(named, str) else named if isinstance(named, list) else []:
            if isinstance(group, str):
                yield group
