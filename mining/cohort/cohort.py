"""A cohort: the one object that selects cases, as JSON and as a text for the address of a page."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import zlib
from dataclasses import dataclass

from mining.cohort.form import Step, step_of, value_of
from pipeline.errors import UsageError

MAX_JSON = 200_000
MAX_URL = 6_000


@dataclass(frozen=True)
class Cohort:
    """Steps that a case passes one after the other: rules that keep or drop it, trims that cut it.

    The empty cohort is the whole log. Equal cohorts have equal JSON; values in a list of a rule have no order, steps
    and the rules of an and/or keep theirs.
    """

    steps: tuple[Step, ...] = ()

    @classmethod
    def from_json(cls, text: str) -> Cohort:
        """Read a cohort, ``{"steps": [{"kind": "attribute", ...}, ...]}``; UsageError says what is wrong and where."""
        if len(text) > MAX_JSON:
            raise UsageError(f"The cohort has {len(text):,} characters; expected {MAX_JSON:,} at most. Shorten it.")
        try:
            value = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise UsageError(f"The cohort is no JSON ({error}). Correct it, or start again from {{}}.") from error
        if not isinstance(value, dict) or not value.keys() <= {"steps"}:
            raise UsageError('The cohort is no JSON object with the one key `steps`. Write it as {"steps": [...]}.')
        steps = value.get("steps", [])
        if not isinstance(steps, list):
            raise UsageError("The `steps` of the cohort are no list. Write them in brackets, one object a step.")
        return cls(tuple(step_of(step, f"Step {number}") for number, step in enumerate(steps, 1)))

    def to_json(self) -> str:
        """Return the cohort as canonical JSON: sorted keys, no blanks, nothing that has its default."""
        steps = [value_of(step) for step in self.steps]
        return json.dumps({"steps": steps}, sort_keys=True, separators=(",", ":"))

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the canonical JSON, in hex."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    @classmethod
    def from_url(cls, text: str) -> Cohort:
        """Read what `to_url` wrote. Raises UsageError for any other text."""
        if len(text) > MAX_URL:
            raise UsageError(f"The cohort in the address has {len(text):,} characters; expected {MAX_URL:,} at most.")
        try:
            packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
            unpacker = zlib.decompressobj()
            plain = unpacker.decompress(packed, MAX_JSON).decode()
        except (binascii.Error, zlib.error, ValueError) as error:
            raise _broken_address() from error
        if not unpacker.eof or unpacker.unused_data:
            raise _broken_address()
        return cls.from_json(plain)

    def to_url(self) -> str:
        """Return the cohort as a short text of letters, digits, `-` and `_`.

        Raises UsageError for a cohort too long for an address.
        """
        text = base64.urlsafe_b64encode(zlib.compress(self.to_json().encode(), 9)).decode().rstrip("=")
        if len(text) > MAX_URL:
            raise UsageError(
                f"The cohort takes {len(text):,} characters of an address; expected {MAX_URL:,} at most. "
                "Name fewer values, or pass it on as JSON."
            )
        return text


def _broken_address() -> UsageError:
    return UsageError("The cohort in the address cannot be read: it was cut or changed. Copy the whole address again.")
