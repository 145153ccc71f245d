"""Change finished documents so that they hold exceptions, or only almost.

Every fault and every decoy is a function of the injector and one return. It changes that return and answers the id of
the object that is (or must not be) an exception, or it changes nothing and answers None when the return does not lend
itself to it. A return is used once only, so that faults and decoys do not meet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from simulator.documents import Books, Return
from simulator.findings import Audit, Finding
from simulator.flow import Numbers
from simulator.papers import CreditMemo

Changer = Callable[["Injector", Return], str | None]


@dataclass
class Injector:
    """The state of an injection. ``injected`` and ``decoys`` collect (exception type, object id)."""

    books: Books
    scope: Audit
    numbers: Numbers
    random: Random
    used: set[int]
    injected: list[Finding] = field(default_factory=list)
    decoys: list[Finding] = field(default_factory=list)

    def inject(
        self, faults: Mapping[str, Sequence[Changer]], wanted: Mapping[str, int], collected: list[Finding]
    ) -> None:
        """Apply the changers of each type, in turn, to unused returns until as many as wanted are changed."""
        for kind, changers in faults.items():
            left = wanted.get(kind, 0)
            if not left:
                continue
            candidates = [document for document in self.books.returns if document.number not in self.used]
            self.random.shuffle(candidates)
            for document in candidates:
                changer = changers[left % len(changers)]
                object_id = self._changed(document, (changer, *changers))
                if object_id is not None:
                    self.used.add(document.number)
                    collected.append((kind, object_id))
                    left -= 1
                if not left:
                    break

    def _changed(self, document: Return, changers: Sequence[Changer]) -> str | None:
        """Apply the first changer that the return lends itself to."""
        for changer in changers:
            object_id = changer(self, document)
            if object_id is not None:
                return object_id
        return None

    def between(self, first: int, last: int) -> int | None:
        """Draw an instant strictly between two; None when there is no room for at least ten minutes."""
        return self.random.randrange(first + 60, last - 60) if last - first > 600 else None

    def only_memo(self, document: Return) -> CreditMemo | None:
        """Return the return's memo when there is exactly one and it is effective."""
        memo = document.memos[0] if len(document.memos) == 1 else None
        return memo if memo is not None and memo.is_effective else None
