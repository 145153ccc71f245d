"""Baselines and what has become of them as JSON, for machines and for keeping."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from proof.baseline.restated import Part, Restatement
from proof.baseline.store import Stored
from proof.baseline.verifying import Verification
from proof.baseline.words import CAUSE_WORDS, part_words, restatement_words


def listing_json(baselines: Sequence[Stored]) -> str:
    """Return the baselines of a workspace as a JSON array, each with its period, build, seal and what was changed."""
    return json.dumps([_listed(one) for one in baselines], indent=1, ensure_ascii=False) + "\n"


def verification_json(verification: Verification) -> str:
    """Return what has become of a baseline as JSON; changes are decimals in text, so that they add up exactly."""
    told = {
        "baseline": _listed(verification.stored),
        "tampered": list(verification.stored.changed),
        "build": asdict(verification.build),
        "inputs_changed": [asdict(one) for one in verification.inputs],
        "rows_changed": [asdict(one) for one in verification.rows],
        "values": _values(verification),
        "restatements": [_restated(one, verification) for one in verification.restatements],
    }
    return json.dumps(told, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _values(verification: Verification) -> dict[str, dict[str, float | None]]:
    """Every measure as it was frozen and as today's data gives it; none when the baseline was tampered with."""
    frozen = verification.stored.baseline
    if frozen is None or verification.is_tampered:
        return {}
    return {
        one.measure.measure: {"frozen": one.value, "today": verification.today(one.measure.measure)}
        for one in frozen.values
    }


def _restated(one: Restatement, verification: Verification) -> dict[str, object]:
    return {
        "measure": one.measure.measure,
        "unit": one.measure.unit,
        "frozen": one.frozen,
        "today": one.today,
        "change": None if one.change is None else f"{one.change:f}",
        "n_frozen": one.n_frozen,
        "n_today": one.n_today,
        "words": restatement_words(one, verification),
        "causes": [_part(part, verification) for part in one.parts],
    }


def _part(part: Part, verification: Verification) -> dict[str, object]:
    return {
        "cause": part.cause,
        "meaning": CAUSE_WORDS[part.cause],
        "words": part_words(part, verification),
        "before": part.before,
        "after": part.after,
        "change": None if part.change is None else f"{part.change:f}",
        "items": part.behind.items,
        "rows": part.behind.rows,
        "tables": list(part.behind.tables),
    }


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
