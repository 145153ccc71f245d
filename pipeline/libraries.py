"""The large libraries of later stages of a build, imported while the engine reads and copies."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from threading import Event, Thread

OF_TRANSFORMING = ("dbt.cli.main", "dbt.adapters.duckdb.connections")
OF_VALIDATING = ("great_expectations", "expectations.dialect")
OF_MINING = ("mining.rules", "mining.discovery")


@contextmanager
def imported_meanwhile(names: Sequence[str]) -> Iterator[None]:
    """Import modules in the background of the block, in this order, and be done with it when the block ends.

    A module that cannot be imported is left to the stage that needs it, which fails with the reason. When the block
    fails no further module is begun.
    """
    is_over = Event()

    def load() -> None:
        for name in names:
            if is_over.is_set():
                return
            with contextlib.suppress(Exception):
                import_module(name)

    thread = Thread(target=load, name="libraries")
    thread.start()
    try:
        yield
    except BaseException:
        is_over.set()
        raise
    finally:
        thread.join()
