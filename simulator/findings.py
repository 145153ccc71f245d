"""What the audit works with: the as-of instant, the reference tables, and what a finding is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from simulator.documents import Return
from simulator.papers import CreditMemo, Disposition
from simulator.reference import Reference

Finding = tuple[str, str]
"""Exception type and object id."""


@dataclass(frozen=True)
class Audit:
    """The scope of an audit."""

    as_of: int
    reference: Reference

    def needs_receipt(self, document: Return, disposition: Disposition) -> bool:
        """Whether goods must be here for a disposition; an unmapped one needs them."""
        code = self.reference.standard(document.entity.entity_id, "disposition", disposition.code)
        return code not in self.reference.receiptless

    def reported(self, memo: CreditMemo) -> Decimal:
        """Return a posted memo's amount in the reporting currency, at the rate of its posting month."""
        assert memo.posted_at is not None
        rate = self.reference.rate(memo.currency, memo.entity.zone.local_date(memo.posted_at))
        return Decimal(memo.amount) / 100 * rate
