"""What the shared baseline is: its name and period."""

from __future__ import annotations

from datetime import date

from proof.question import Side

NAME = "before-portal"
QUARTER = Side(date(2025, 1, 1), date(2025, 4, 1))
