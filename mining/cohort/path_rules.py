"""Rules about the path of a case: its activities and their order. Lists are sorted: their order says nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from mining.cohort.checks import check_one_of, check_range, make_floats, sort_texts
from pipeline.errors import UsageError


@dataclass(frozen=True)
class Endpoints:
    """Cases whose first event is one of `first` and whose last is one of `last`; an empty list asks nothing.

    The last event of an open case is not its end: a rule about the end does not keep it.
    """

    kind: ClassVar[str] = "endpoints"
    first: tuple[str, ...] = ()
    last: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check the values and bring them into their one form."""
        check_one_of("activities in `first` or `last`", self.first + self.last)
        sort_texts(self, "first", "last")


@dataclass(frozen=True)
class Activities:
    """Cases that have, so far, all of `all_of`, at least one of `any_of` and none of `none_of`.

    With `departments` only events of one of these count, each on its own.
    """

    kind: ClassVar[str] = "activities"
    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check the values and bring them into their one form."""
        check_one_of("activities in `all_of`, `any_of` or `none_of`", self.all_of + self.any_of + self.none_of)
        sort_texts(self, "all_of", "any_of", "none_of", "departments")


@dataclass(frozen=True)
class Follower:
    """Cases in which an event of `before` is followed, directly or eventually, by one of `after`; or never is.

    The bounds ``min_seconds <= elapsed <= max_seconds`` and the resource (the `same`, or a `different` one; an event
    without a resource is neither) are asked of the same pair of events: the never-rules keep the cases that have no
    such pair, also those without `before`. Order is that of the case, also at one instant. Source: the follower filter
    of Fluxicon Disco and the linear temporal rules of van der Aalst, de Beer and van Dongen (2005).
    """

    kind: ClassVar[str] = "follower"
    before: tuple[str, ...]
    after: tuple[str, ...]
    relation: Literal["directly", "eventually", "never_directly", "never_eventually"] = "eventually"
    min_seconds: float | None = None
    max_seconds: float | None = None
    resource: Literal["same", "different"] | None = None

    def __post_init__(self) -> None:
        """Check the values and bring them into their one form."""
        check_one_of("activities in `before`", self.before)
        check_one_of("activities in `after`", self.after)
        if self.min_seconds is not None or self.max_seconds is not None:
            check_range("time between the two events", self.min_seconds, self.max_seconds)
        make_floats(self, "min_seconds", "max_seconds")
        sort_texts(self, "before", "after")


@dataclass(frozen=True)
class Handover:
    """Cases in which an event of one of the `givers` is directly followed by one of another, of the `takers`.

    Both are departments or source systems, as `level` says; an empty list is any. An event of nobody neither gives nor
    takes. With `comes_back` the event after that is of the same giver again.
    """

    kind: ClassVar[str] = "handover"
    level: Literal["department", "system"]
    givers: tuple[str, ...] = ()
    takers: tuple[str, ...] = ()
    comes_back: bool = False

    def __post_init__(self) -> None:
        """Check the values and bring them into their one form."""
        check_one_of("names in `givers` or `takers`", self.givers + self.takers)
        sort_texts(self, "givers", "takers")


@dataclass(frozen=True)
class Deviates:
    """Cases whose path leaves the target process at an activity, in one of the classes of `mining.conformance`.

    Only the log of a published build knows the target process.
    """

    kind: ClassVar[str] = "deviation"
    how: Literal["skipped", "extra", "out_of_order", "wrong_branch"]
    activity: str


@dataclass(frozen=True)
class Variants:
    """Cases that took one of these paths, by variant_id.

    `normalised` when the ids are those of paths as returns are normalised, see `mining.variants`; then only the log of
    a published build knows them.
    """

    kind: ClassVar[str] = "variants"
    variant_ids: tuple[str, ...]
    normalised: bool = False

    def __post_init__(self) -> None:
        """Check the values and bring them into their one form."""
        check_one_of("variant ids", self.variant_ids)
        sort_texts(self, "variant_ids")


@dataclass(frozen=True)
class FrequentVariants:
    """Cases of the most frequent variants that together cover `share` of the cases which reach this step.

    As few variants as are enough, by number of cases, then variant_id; `share` is in 0..1, to six decimals.
    """

    kind: ClassVar[str] = "frequent_variants"
    share: float

    def __post_init__(self) -> None:
        """Check the values and bring them into their one form."""
        if not 5e-7 < self.share <= 1:
            raise UsageError(
                f"The share of cases is {self.share:g}; expected more than 0 and at most 1. Write 80 % as 0.8."
            )
        object.__setattr__(self, "share", round(float(self.share), 6))
