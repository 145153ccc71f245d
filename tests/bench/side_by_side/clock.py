"""Time the questions of one tool: seconds of each run, an answer to compare, peak memory; printed as JSON."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


class Clock:
    """Collects what each question took."""

    def __init__(self, runs: int) -> None:
        self.runs = runs
        self._seconds: dict[str, list[float]] = {}
        self._processor: dict[str, list[float]] = {}
        self._answers: dict[str, int] = {}
        self._peak: int | None = None

    def ask(
        self, question: str, answer: Callable[[], Any], check: Callable[[Any], int], runs: int | None = None
    ) -> Any:
        """Ask several times; `check` draws a number from the answer that the tools must agree on."""
        for _ in range(runs or self.runs):
            started, worked = time.perf_counter(), time.process_time()
            found = answer()
            self._seconds.setdefault(question, []).append(time.perf_counter() - started)
            self._processor.setdefault(question, []).append(time.process_time() - worked)
        self._answers[question] = check(found)
        return found

    def answer(self, question: str, number: int) -> None:
        """Give a number that was found on the way."""
        self._answers[question] = number

    @property
    def answers(self) -> dict[str, int]:
        """The number drawn from the answer to each question."""
        return self._answers

    def processor_seconds(self, question: str) -> float:
        """Return the median processor time of all threads, which other work on the machine hardly changes."""
        return statistics.median(self._processor[question])

    def mark_peak(self) -> None:
        """Take the peak memory up to here for the report: the kernel's mark; usage counts the parent's too."""
        status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
        self._peak = int(status["VmHWM"].split()[0]) * 1024

    def report(self) -> None:
        """Print everything."""
        if self._peak is None:
            self.mark_peak()
        medians = {question: statistics.median(seconds) for question, seconds in self._seconds.items()}
        print(
            json.dumps({"seconds": medians, "runs": self._seconds, "answers": self._answers, "peak_bytes": self._peak})
        )
