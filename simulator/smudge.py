"""The mess inside documents: soft deletes, odd spellings, unmapped codes, stamps that are only a date, stray cases."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from simulator.clock import DAY, HOUR
from simulator.contacts import Case
from simulator.documents import Books, Return
from simulator.events import last_event_at
from simulator.flow import Numbers
from simulator.papers import Disposition
from simulator.parameters import Mess
from simulator.plans import count

_UNMAPPED = ("X99", "OLDCODE", "n/a?")
_SUBJECTS = ("Invoice question", "Delivery date?", "Rückfrage zur Bestellung", 'Catalogue, "2026" edition')


@dataclass(frozen=True)
class Smudger:
    """Spoils documents; returns in ``used`` keep their stamps and stay undeleted, so the planted truth holds."""

    books: Books
    mess: Mess
    random: Random
    numbers: Numbers
    used: frozenset[int]
    as_of: int

    def smudge(self) -> None:
        """Apply all of the mess."""
        free = [document for document in self.books.returns if document.number not in self.used]
        self._delete(free)
        for document in free:
            self._blur_stamps(document)
        for document in self.books.returns:
            self._misspell(document)
            self._unmap(document)
        self._add_stray_cases()

    def _delete(self, free: list[Return]) -> None:
        wanted = min(count(self.mess.deleted, len(self.books.returns)), len(free))
        for document in self.random.sample(free, wanted):
            last = last_event_at(document)
            document.deleted_at = min(last + self.random.randrange(HOUR, 10 * DAY), max(last, self.as_of - HOUR))

    def _misspell(self, document: Return) -> None:
        """Have people and scanners write the RMA number in their own ways; only letters and digits count."""
        for case in document.cases:
            case.rma_written = self._spelled(case.rma_written)
        for step in document.tracking:
            step.rma_written = self._spelled(step.rma_written) or step.rma_written
        for receipt in document.receipts:
            receipt.rma_written = self._spelled(receipt.rma_written)

    def _spelled(self, number: str | None) -> str | None:
        if number is None or not number.startswith("RMA-") or self.random.random() >= self.mess.odd_rma_spelling:
            return number
        digits = number[4:]
        spellings = (
            number.lower(), f"#{number}", f"RMA {digits}", f"rma_{digits}", f"RMA{digits}",
            f"Rma/{digits[:3]}-{digits[3:]}",
        )  # fmt: skip
        return self.random.choice(spellings)

    def _unmap(self, document: Return) -> None:
        share = self.mess.unmapped_codes
        if self.random.random() < share:
            document.channel_code = self.random.choice(_UNMAPPED)
        for receipt in document.receipts:
            for inspection in receipt.inspections:
                if self.random.random() < share:
                    inspection.condition_code = self.random.choice(_UNMAPPED)
        if document.number not in self.used and document.receipts:
            for disposition in document.dispositions:
                if self.random.random() < share:
                    disposition.code = self.random.choice(_UNMAPPED)

    def _blur_stamps(self, document: Return) -> None:
        """Keep some stamps as a date only, where that does not change the order of what the rules look at."""
        for disposition in document.dispositions:
            self._blur_execution(document, disposition)
        closed = min(document.status_times("closed"), default=self.as_of)
        for memo in document.memos:
            stamp = self._blurred(document, memo.posted_at, closed if memo.cancelled_at is None else 0)
            if stamp is not None:
                memo.posted_at, memo.dates["posted_at"] = stamp
        for order in document.replacements:
            stamp = self._blurred(document, order.shipped_at, self.as_of)
            if stamp is not None:
                order.shipped_at, order.dates["shipped_at"] = stamp
        for claim in document.claims:
            stamp = self._blurred(document, claim.credited_at, self.as_of)
            if stamp is not None:
                claim.credited_at, claim.dates["credited_at"] = stamp

    def _blur_execution(self, document: Return, disposition: Disposition) -> None:
        stamp = self._blurred(document, disposition.executed_at, self.as_of)
        if stamp is not None:
            disposition.executed_at, disposition.dates["executed_at"] = stamp

    def _blurred(self, document: Return, instant: int | None, before: int) -> tuple[int, str] | None:
        """Return the instant a date alone stands for and the date; None when the stamp stays as it is."""
        if instant is None or self.random.random() >= self.mess.day_precision:
            return None
        entity = document.entity
        day = entity.zone.local_date(instant)
        closing = entity.week.closing(entity.zone, day)
        return (closing, day.isoformat()) if instant <= closing < before else None

    def _add_stray_cases(self) -> None:
        for document in self.books.returns:
            if self.random.random() >= self.mess.stray_cases:
                continue
            case = Case(
                case_id=self.numbers.next("CS"),
                customer=document.customer,
                rma_written=self.random.choice((None, f"RMA-{self.random.randrange(900_000, 999_999)}")),
                channel_code=document.channel_code,
                opened_at=document.created_at - self.random.randrange(HOUR, DAY),
                note=self.random.choice(_SUBJECTS),
            )
            case.closed_at = case.opened_at + 6 * HOUR
            self.books.stray_cases.append(case)
