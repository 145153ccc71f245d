"""Compare many worlds whose effect is known and write how often the comparison is right: `make bench-proof`.

Every world is kept once it was compared, so a run that was stopped goes on where it was.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.known_effects.drawn import RECIPES, draw_world
from tests.bench.known_effects.kept import keep_outcome, read_outcomes
from tests.bench.known_effects.measured import Outcome
from tests.bench.known_effects.posed import NAMES, simulate_world, without_busiest_site
from tests.bench.known_effects.quick import measure_quickly
from tests.bench.known_effects.score import section, summary
from tests.bench.known_effects.worlds import World

DOCUMENT = Path("docs/benchmarks.md")
START, END = "<!-- known effects: written by make bench-proof -->", "<!-- known effects: end -->"
WITHOUT = "baseline without the busiest site"
AT_ONCE = 25


def main() -> None:
    """Run the benchmark and write its tables; scenarios, seeds and the folder of what is kept can be chosen."""
    parser = argparse.ArgumentParser(description=__doc__)
    simulated = [*NAMES[:1], WITHOUT, *NAMES[1:]]
    parser.add_argument("--drawn", nargs="*", default=list(RECIPES), choices=list(RECIPES), help="worlds drawn at once")
    parser.add_argument("--simulated", nargs="*", default=simulated, choices=simulated, help="worlds of the simulator")
    ends = ("FIRST", "LAST")
    parser.add_argument("--drawn-seeds", type=int, nargs=2, default=(4001, 5000), metavar=ends)
    parser.add_argument("--simulated-seeds", type=int, nargs=2, default=(4001, 4200), metavar=ends)
    parser.add_argument("--kept", type=Path, default=Path(".bench-proof"), help="what is kept between runs")
    parser.add_argument("--told", action="store_true", help="compare nothing; write what is kept")
    options = parser.parse_args()
    scenarios = _scenarios(options.drawn, options.simulated, options.kept)
    ends_of = {
        title: options.drawn_seeds if title.startswith("Drawn") else options.simulated_seeds for title in scenarios
    }
    seeds = {title: range(first, last + 1) for title, (first, last) in ends_of.items()}
    for at in range(0, 0 if options.told else max(map(len, seeds.values())), AT_ONCE):
        for title, make in scenarios.items():
            for _ in _compared(options.kept, title, make, seeds[title][at : at + AT_ONCE]):
                pass
        print(f"compared {at + AT_ONCE} worlds of each", flush=True)
    found = {title: list(read_outcomes(_file(options.kept, title), seeds[title]).values()) for title in scenarios}
    _write({title: outcomes for title, outcomes in found.items() if outcomes})


def _scenarios(drawn: list[str], simulated: list[str], kept: Path) -> dict[str, Callable[[int], World]]:
    found: dict[str, Callable[[int], World]] = {}
    for name in drawn:
        found[f"Drawn: {name}"] = lambda seed, name=name: draw_world(RECIPES[name], seed)  # type: ignore[misc]
    for name in simulated:
        if name == WITHOUT:
            found[f"Simulated: {name}"] = lambda seed: without_busiest_site(simulate_world(NAMES[0], seed, kept))
        else:
            found[f"Simulated: {name}"] = lambda seed, name=name: simulate_world(name, seed, kept)  # type: ignore[misc]
    return found


def _compared(kept: Path, title: str, make: Callable[[int], World], seeds: range) -> Iterator[Outcome]:
    known = read_outcomes(_file(kept, title), seeds)
    for seed in seeds:
        if seed not in known:
            outcome = measure_quickly(make(seed))
            keep_outcome(_file(kept, title), outcome)
            yield outcome


def _file(kept: Path, title: str) -> Path:
    return kept / f"{title.lower().replace(': ', '-').replace(' ', '-')}.jsonl"


def _write(found: dict[str, list[Outcome]]) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    told = "\n".join([summary(found), *(section(title, outcomes) for title, outcomes in found.items())])
    DOCUMENT.write_text(f"{before}{START}\n\n{told}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
