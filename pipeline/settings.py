"""What the environment decides: where the project's files are, how much memory the engine may use."""

from __future__ import annotations

import os
import re
from importlib.metadata import version
from pathlib import Path

from pipeline.errors import UsageError

PROJECT = Path(__file__).resolve().parent.parent
SEEDS = PROJECT / "seeds"
WORKSPACE_VARIABLE = "RETRACE_WORKSPACE"
ACCESS_VARIABLE = "RETRACE_ACCESS"
LOCALE_VARIABLE = "RETRACE_LOCALE"
MEMORY_VARIABLE = "RETRACE_MEMORY_LIMIT"
MEMORY_SHARE = 0.6
MEMORY_CAP = 5 << 30

_MEMORY_FORM = re.compile(r"\d+(\.\d+)?\s*(B|KB|MB|GB|TB|KiB|MiB|GiB|TiB)", re.IGNORECASE)
_CGROUP_LIMIT = Path("/sys/fs/cgroup/memory.max")


def product_version() -> str:
    """Return the installed version of Retrace, e.g. ``0.1.0``."""
    return version("retrace-returns")


def user_cache() -> Path | None:
    """Return the folder for what may be lost and saves time, None for a user without a home."""
    home = os.environ.get("HOME")
    base = os.environ.get("XDG_CACHE_HOME") or (f"{home}/.cache" if home else None)
    return Path(base) / "retrace" if base else None


def memory_limit() -> str:
    """Return the engine's memory limit, e.g. ``6144MiB``: RETRACE_MEMORY_LIMIT, else 60 % of what this machine
    has and 5 GiB at most: beyond that the engine spills to disk.

    Raises UsageError when the variable is no size.
    """
    given = os.environ.get(MEMORY_VARIABLE, "").strip()
    if not given:
        return f"{min(int(_available_bytes() * MEMORY_SHARE), MEMORY_CAP) >> 20}MiB"
    if not _MEMORY_FORM.fullmatch(given):
        raise UsageError(f"{MEMORY_VARIABLE} is {given!r}; expected a size such as 4GB or 512MiB. Correct or unset it.")
    return given


def _available_bytes() -> int:
    """Memory of the machine, or of the container when that is less."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = _CGROUP_LIMIT.read_text().strip() if _CGROUP_LIMIT.is_file() else "max"
    return min(machine, int(limit)) if limit.isdigit() else machine
