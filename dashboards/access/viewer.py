"""Who looks at the pages, and what they may see."""

from __future__ import annotations

import hashlib
import json
import logging
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import streamlit as st

from dashboards.access.file import read_access
from dashboards.access.machine import host_of, is_this_machine
from dashboards.access.roles import NOTHING, Access, Entities
from pipeline.errors import RetraceError, UsageError
from pipeline.settings import ACCESS_VARIABLE

Why = Literal["signed out", "signed in too long ago", "no role", "not set up"]

_log = logging.getLogger(__name__)


class NotAdmittedError(RetraceError):
    """Nothing may be shown to whoever looks, and why."""

    def __init__(self, why: Why) -> None:
        super().__init__(f"Nothing may be shown: {why}.")
        self.why = why


def is_sign_in_needed() -> bool:
    """Whether a file says who may see what."""
    return bool(_access_file())


def entities_of_viewer() -> Entities:
    """Return what whoever looks may see: None for all, never nothing.

    Asked at every run, so that a change of the file or the end of a sign-in takes effect at once. Raises
    NotAdmittedError when nothing may be shown, UsageError when others could reach pages without a sign-in.
    """
    if not is_sign_in_needed():
        _check_this_machine()
        return None
    access, claims = _access(), st.user.to_dict()
    if claims.get("is_logged_in") is not True:
        raise NotAdmittedError("signed out")
    if access.is_over(claims, datetime.now(UTC)):
        raise NotAdmittedError("signed in too long ago")
    entities = access.entities_of(claims)
    if entities == NOTHING:
        raise NotAdmittedError("no role")
    return entities


def digest_of_viewer() -> str:
    """Return what whoever looks is called where something is kept for them: a digest, empty without a sign-in.

    It is made of the subject that the provider gives them, and tells neither name nor address. Raises as
    `entities_of_viewer`, and UsageError when the provider names no subject.
    """
    entities_of_viewer()
    if not is_sign_in_needed():
        return ""
    claims = st.user.to_dict()
    subject = [claims.get("iss"), claims.get("sub")]
    if not all(isinstance(part, str) and part for part in subject):
        raise UsageError(
            "Your sign-in does not say who you are (claims iss and sub), so nothing can be kept for you. "
            "Whoever runs Retrace can have the provider send them."
        )
    return hashlib.sha256(json.dumps(subject).encode()).hexdigest()


def _access_file() -> str:
    return os.environ.get(ACCESS_VARIABLE, "").strip()


def _access() -> Access:
    """Read the file; what is wrong with it is for the log, not for whoever looks."""
    try:
        return read_access(Path(_access_file()))
    except UsageError as error:
        _log.error("%s", error)
        raise NotAdmittedError("not set up") from error


def _check_this_machine() -> None:
    """Refuse to show anything that other machines, or pages of other sites, could reach without a sign-in."""
    address, header = str(st.get_option("server.address") or ""), st.context.headers.get("Host")
    if not is_this_machine(address) or (header is not None and not is_this_machine(host_of(header))):
        raise UsageError(
            f"The pages are asked for at {host_of(header or '') or address or 'every address of this machine'}, where "
            "others could see them; without a sign-in they are for this machine only (http://127.0.0.1). Set up a "
            "sign-in (docs/guides/sign-in.md), or open them on this machine."
        )
