"""Try random arrival orders: every step is built on, and at the end (or at each step) everything anew."""

from __future__ import annotations

import argparse
import tempfile
from datetime import timedelta
from pathlib import Path

from simulator import simulate
from tests.incremental.arrivals import first_arrival
from tests.incremental.equality import differences
from tests.incremental.workspaces import Workspaces
from tests.oracle.worlds import write_world


def main() -> None:
    """Print what happened and what differs; exit with 1 when anything does."""
    asked = argparse.ArgumentParser(prog="python -m tests.incremental", description=__doc__)
    asked.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    asked.add_argument("--steps", type=int, default=3)
    asked.add_argument("--returns", type=int, default=60)
    asked.add_argument("--copies", type=int, default=4)
    asked.add_argument("--given", action="store_true", help="give the as-of instant")
    asked.add_argument("--hours", type=int, default=0, help="by which a given instant moves at each step")
    asked.add_argument("--world", choices=("oracle", "simulated"), default="oracle")
    options = asked.parse_args()
    wrong = [line for seed in options.seeds for line in _try(seed, options)]
    raise SystemExit(1 if wrong else 0)


def _try(seed: int, options: argparse.Namespace) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="retrace-arrivals-") as scratch:
        root = Path(scratch)
        instant = None
        if options.world == "oracle":
            instant = write_world(seed, root / "world", options.returns).replace(tzinfo=None)
        else:
            simulate(root / "world", returns=options.returns, seed=seed)
        arrivals = first_arrival(root / "world", root / "landing", seed, options.copies)
        both = Workspaces(root / "landing", root)
        given = instant if options.given else None
        both.go_on(given)
        wrong = []
        for step in range(options.steps):
            acts = arrivals.step()
            if given:
                given += timedelta(hours=options.hours)
            said = both.go_on(given)
            found = differences(both.gone_on(), both.anew(given))
            print(f"seed {seed} step {step}: {'; '.join(acts)} | {' '.join(said)} | {found or 'equal'}", flush=True)
            wrong += found
    return wrong


if __name__ == "__main__":
    main()
