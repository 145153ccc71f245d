"""Check Streamlit's own file of secrets, which names the OpenID Connect provider, before anything is served."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from dashboards.access.file import broken_at
from dashboards.access.machine import is_this_machine
from pipeline.errors import UsageError
from pipeline.formats import listed

SECRETS = "secrets.toml"
CALLBACK = "/oauth2callback"
SHORTEST_COOKIE_SECRET = 32
_TEXTS = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
_DO = "docs/guides/sign-in.md has an example."


def secrets_beside(access: Path) -> Path:
    """Return where the secrets of an access file are: beside it."""
    return access.with_name(SECRETS)


def check_provider(secrets: Path) -> None:
    """Check that the file has what a sign-in needs. No message quotes a value.

    Raises UsageError when it does not.
    """
    try:
        text = tomllib.loads(secrets.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(
            f"The secrets of the sign-in are expected in {secrets}, which cannot be read ({error.strerror}). {_DO}"
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"The secrets {secrets} are not TOML in UTF-8: {broken_at(error)}. Correct them.") from error
    auth = text.get("auth")
    if not isinstance(auth, dict):
        raise UsageError(f"The secrets {secrets} have no table [auth]; expected {', '.join(_TEXTS)} in it. {_DO}")
    if why := _wrong(auth):
        raise UsageError(f"The secrets {secrets}, [auth]: {why} {_DO}")


def _wrong(auth: Mapping[str, object]) -> str | None:
    """Say what a sign-in could not work with, or would not be safe with; None when all is well."""
    texts = {name: value for name in _TEXTS if isinstance(value := auth.get(name), str) and value.strip()}
    if missing := [name for name in _TEXTS if name not in texts]:
        return f"lacks {listed(missing)}; expected a text for each. Add it."
    if named := sorted(key for key, value in auth.items() if isinstance(value, dict) and key != "client_kwargs"):
        return f"names the providers {listed(named)}; expected one, right in [auth]. Move its settings there."
    if len(texts["cookie_secret"]) < SHORTEST_COOKIE_SECRET:
        return f"cookie_secret is short; expected {SHORTEST_COOKIE_SECRET} random characters or more. Make a new one."
    if not texts["redirect_uri"].endswith(CALLBACK):
        return f"redirect_uri is not the address of the pages followed by {CALLBACK}. Correct it."
    if plain := [name for name in ("redirect_uri", "server_metadata_url") if not _is_private(texts[name])]:
        return f"{listed(plain)} is no https:// address; only on this machine may it be http://. Correct it."
    return None


def _is_private(url: str) -> bool:
    """Whether nobody on the way can read what is sent to an address."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and is_this_machine(parts.hostname or ""))
