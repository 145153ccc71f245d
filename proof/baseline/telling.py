"""Baselines as JSON, for machines and for keeping."""

from __future__ import annotations

import json
from collections.abc import Sequence

from proof.baseline.store import Stored


def listing_json(baselines: Sequence[Stored]) -> str:
    """Return the baselines of a workspace as a JSON array, each with its period, build, seal and what was changed."""
    return json.dumps([_listed(one) for one in baselines], indent=1, ensure_ascii=False) + "\n"


def _listed(stored: Stored) -> dict[str, object]:
    told: dict[str, object] = {"name": stored.name, "seal": stored.seal, "changed": list(stored.changed)}
    frozen = stored.baseline
    if frozen is None:
        return told
    side = frozen.side
    return {
        **told,
        "from": str(side.start),
        "to": str(side.end),
        "cohort": json.loads(side.cohort.to_json()),
        "cohort_digest": side.cohort.digest,
        "as_of": frozen.build.as_of_at,
        "build": frozen.build.build,
        "extracts_sha256": frozen.build.extracts_sha256,
        "event_log_sha256": frozen.event_log_sha256,
        "command": frozen.command,
        "values": {one.measure.measure: one.value for one in frozen.values},
    }
