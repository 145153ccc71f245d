"""Which addresses lead to this machine and nowhere else."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_this_machine(host: str) -> bool:
    """Whether a host name or address, without a port, is one that only this machine can reach."""
    name = host.strip().lower().removeprefix("[").removesuffix("]")
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def host_of(header: str) -> str:
    """Return the host that a Host header names, without its port; empty for one that names none."""
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""
