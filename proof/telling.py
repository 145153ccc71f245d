"""A comparison as JSON, for machines and for keeping."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from proof.baseline.telling import verification_json
from proof.baseline.verifying import Verification
from proof.comparison import Comparison
from proof.headline import headline

VERSION = 1


def comparison_json(comparison: Comparison, currency: str = "", baseline: Verification | None = None) -> str:
    """Return all that a comparison found as JSON; numbers are whole floats, dates ISO, nothing is rounded.

    With the `baseline` that before was frozen in, its values as frozen and as today's data gives them are told too.
    """
    told = asdict(comparison)
    told["question"] = json.loads(comparison.question.to_json())
    told["question"]["digest"] = comparison.question.digest
    told["followed"]["is_ripe"] = comparison.followed.is_ripe
    frozen = {} if baseline is None else {"baseline": json.loads(verification_json(baseline))}
    record = {"version": VERSION, "headline": headline(comparison, currency), **told, **frozen}
    return json.dumps(record, indent=1, ensure_ascii=False, allow_nan=False, default=_plain) + "\n"


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in JSON")
