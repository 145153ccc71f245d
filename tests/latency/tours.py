"""Readers who go on journeys through the pages: one alone, or several at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from random import Random

from playwright.async_api import Browser

from tests.latency.journeys import JOURNEYS, Journey
from tests.latency.reader import Reader, Waited, reading
from tests.latency.server import Server

THINKING_SECONDS = 1.0


@dataclass(frozen=True)
class Toured:
    """What readers waited for, what went wrong, and the wall and server CPU seconds of all of it."""

    waited: tuple[Waited, ...]
    errors: tuple[str, ...]
    seconds: float
    server_seconds: float


async def tour(reader: Reader, rng: Random, journeys: Sequence[Journey], until: float, thinking: float) -> None:
    """Go on journeys until a moment of the monotonic clock; one that goes wrong is left and the next begins anew."""
    for journey in journeys:
        for step in journey(rng):
            if time.monotonic() > until:
                return
            if not await reader.do(step.what, step.kind, step.act):
                await reader.open("")
                break
            await asyncio.sleep(thinking)


async def alone(
    browser: Browser, server: Server, seen: set[str], seed: int, journeys: Sequence[Journey], pictures: Path | None
) -> Toured:
    """Let one reader go on the journeys once, without pauses; `pictures` is where what they saw is put."""
    started, used = time.monotonic(), server.cpu_seconds()
    async with reading(browser, server, seen) as reader:
        await reader.open("")
        reader.pictures = pictures
        await tour(reader, Random(seed), journeys, float("inf"), 0.0)
    return _toured([reader], started, server, used)


async def together(browser: Browser, server: Server, seen: set[str], readers: int, seconds: float) -> Toured:
    """Let readers go about at the same time, each with filters of their own and beginning on another journey."""
    async with AsyncExitStack() as stack:
        everybody = [await stack.enter_async_context(reading(browser, server, seen)) for _ in range(readers)]
        await asyncio.gather(*(reader.open("") for reader in everybody))
        started, used = time.monotonic(), server.cpu_seconds()
        tours = []
        for number, reader in enumerate(everybody):
            begin = number % len(JOURNEYS)
            journeys = JOURNEYS[begin:] + JOURNEYS[:begin]
            tours.append(tour(reader, Random(1000 + number), journeys, started + seconds, THINKING_SECONDS))
        await asyncio.gather(*tours)
    return _toured(everybody, started, server, used)


def _toured(readers: Sequence[Reader], started: float, server: Server, used: float) -> Toured:
    return Toured(
        waited=tuple(one for reader in readers for one in reader.waited),
        errors=tuple(error for reader in readers for error in reader.errors),
        seconds=time.monotonic() - started,
        server_seconds=server.cpu_seconds() - used,
    )
