"""How the words of rules are said in English."""

from __future__ import annotations

PERIODS = {
    "contained": "that lie wholly in the time",
    "intersecting": "that were under way",
    "started": "that began",
    "completed": "that ended",
}
ATTRIBUTES = {
    "entity_id": "of entity",
    "site": "at site",
    "channel": "through channel",
    "reason": "for reason",
    "category": "in category",
    "supplier": "from supplier",
    "segment": "of customer segment",
    "value_band": "in value band",
    "requested_resolution": "asking for",
}
MEASURES = {"cycle_time": "that took", "waiting": "that waited in all", "longest_wait": "whose longest wait was"}
KPI_ITEMS = {
    "counted": "counted by the KPI",
    "in_numerator": "in the numerator of the KPI",
    "left_out": "left out by the KPI",
}
DEVIATIONS = {
    "skipped": "by skipping {}",
    "extra": "with an extra {}",
    "out_of_order": "with {} out of order",
    "wrong_branch": "with {} on the wrong branch",
}
UNITS = {"days": "day", "business_days": "business day"}
