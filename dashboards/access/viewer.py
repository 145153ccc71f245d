"""Who looks at the pages, and what they may see."""

from __future__ import annotations

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
