"""The condition that a case takes a path as returns are normalised."""

from __future__ import annotations

from mining.cohort.ground import Ground, Values
from mining.variants import normalisation_of_returns
from pipeline.errors import UsageError
from pipeline.macros import render


def of_normalised(variant_ids: list[str], ground: Ground, values: Values) -> str:
    """Return the condition on a row of `cases` that its normalised path has one of the ids, names of parameters.

    Raises UsageError for a log that does not know the rank of its activities or which of them are messages.
    """
    if not ground.has_relation("staging", "activities") or "activity_rank" not in ground.event_columns:
        raise UsageError("This log has no normalised variants; expected the log of a published build. Drop the rule.")
    if known := ground.whole.built("compared_paths"):
        return render("cohort_of_paths", paths=f"select * from {known}", variant_ids=variant_ids)  # noqa: S608 -- a relation of the build
    normalisation = normalisation_of_returns(ground.log)
    values.bound["technical"] = list(normalisation.technical)
    values.bound["tolerance_micros"] = round((normalisation.tolerance_seconds or 0.0) * 1_000_000)
    log = ground.log
    paths = render("normalised_paths", events=log.events, cases=log.cases, rank=normalisation.rank)
    return render("cohort_of_paths", paths=paths, variant_ids=variant_ids)
