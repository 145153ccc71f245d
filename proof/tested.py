"""What was tested beside others, and whether it is beyond chance."""

from __future__ import annotations

from dataclasses import dataclass, field

FALSE_DISCOVERIES = 0.05


@dataclass(frozen=True)
class Tested:
    """Something with the false-discovery rate at which it would be called, None where it was not tested."""

    q_value: float | None = field(default=None, kw_only=True)

    @property
    def is_beyond_chance(self) -> bool:
        """Whether it is told from no change at a false-discovery rate of 5 %."""
        return self.q_value is not None and self.q_value <= FALSE_DISCOVERIES
