"""What happens in an adversarial world, one return at a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from .reference import SITES
from .world import (
    CHANNELS,
    CURRENCIES,
    DAY,
    DISPOSITIONS,
    HOUR,
    LINE_NUMBERS,
    MESSAGE_TYPES,
    PRICES,
    QUANTITIES,
    REASONS,
    RMA_FORMS,
    RMA_WORDS,
    SKUS,
    STATUSES,
    USERS,
    ZONES,
    Row,
    World,
)

ENTITY_IDS = ("0100", "0100", "0200", "0200", "0300", "0300", "0400", "0900", "100")
CHANGES = ("pending_approval", "approved", "approved", "declined", "closed", "closed", "reopened", "cancelled", "odd")
CASE_EVENTS = ("info_requested", "info_received", "escalated", "reassigned", "note")
TRACKING = ("picked_up", "exception", "delivered", "in_transit")
LONG_AGO = "2024-06-01T00:00:00Z"


def rma_number(world: World) -> str:
    return world.pick(RMA_WORDS) if world.chance(0.25) else world.pick(RMA_FORMS).format(world.rng.randrange(1, 60))


def beginning(world: World, entity_id: str) -> datetime:
    """Often at a full hour of a working day, so that limits are hit exactly."""
    days_back = world.rng.randrange(1, 75)
    zone = ZoneInfo(ZONES.get(entity_id, "UTC"))
    day = (world.horizon - days_back * DAY).astimezone(zone)
    start = day.replace(hour=world.rng.randrange(0, 24), minute=0, second=0, microsecond=0).astimezone(UTC)
    return start + timedelta(seconds=world.rng.randrange(86400)) if world.chance(0.4) else start


def add_return(world: World) -> None:
    entity_id = world.pick(ENTITY_IDS)
    start = beginning(world, entity_id)
    rma = rma_number(world)
    if world.returns and world.chance(0.15):
        twin = world.pick(world.returns)
        entity_id, rma, start = twin["entity"], twin["rma"].lower(), world.pick((twin["start"], start))
    story = {"id": world.next_id("R"), "entity": entity_id, "rma": rma, "start": start}
    story["lines"] = world.pick(LINE_NUMBERS)[: world.pick((0, 1, 1, 2, 3))]
    story["skus"] = [world.pick(SKUS) for _ in story["lines"]]
    story["currency"] = world.pick((*CURRENCIES, "USD", "EUR", "EUR"))
    world.returns.append(story)
    add_header(world, story)
    if world.chance(0.05):
        return
    if world.chance(0.15):
        add_smooth_course(world, story)
        return
    for add in (add_changes, add_receipts, add_decisions, add_credits, add_claims, add_conversation, add_transport):
        add(world, story)


def stamps(world: World, story: Row, **instants: datetime | None) -> Row:
    return {name: world.utc(instant, story["entity"]) for name, instant in instants.items()}


def updated(world: World, story: Row) -> str:
    return world.utc(world.near(story["start"] + 20 * DAY), story["entity"])


def add_header(world: World, story: Row) -> None:
    deleted = ""
    if world.chance(0.15):
        late = world.pick(("2089-12-31", "2026-02-01T00:00:00Z", ""))
        deleted = late or world.utc(world.near(story["start"] + 5 * DAY), story["entity"])
    world.add(
        "erp.returns", return_id=story["id"], entity_id=story["entity"], rma_number=story["rma"], customer_id="K1",
        channel=world.pick(CHANNELS), order_id=world.pick(("O1", "O2", "O3", "O9", "")), currency=story["currency"],
        requested_resolution=world.pick(("credit", "replacement", "replacement", "")),
        **stamps(world, story, created_at=story["start"]), created_by=world.pick(USERS), deleted_at=deleted,
        updated_at=updated(world, story),
    )  # fmt: skip
    for line_no, sku in zip(story["lines"], story["skus"], strict=True):
        world.add(
            "erp.return_lines", return_id=story["id"], line_no=line_no, sku=sku, quantity=world.pick(QUANTITIES),
            order_line_no=world.pick(("1", "01", "2", "7", "")), unit_price=world.pick(PRICES),
            reason_code=world.pick(REASONS), updated_at=updated(world, story),
        )  # fmt: skip


def add_smooth_course(world: World, story: Row) -> None:
    """Approved, received, decided, credited and closed without a person, and nearly without a fault."""
    at = story["start"]
    person = world.pick(("bot1", "bot2", "bot1", "u1"))
    steps = [min(at + hours * HOUR, world.horizon) for hours in (0, 1, 2, 30, 31, 31, 33)]
    for status, moment in (("approved", steps[1]), ("closed", steps[6])):
        row = {"change_id": world.next_id("C"), "return_id": story["id"], "to_status": status, "changed_by": "bot2"}
        world.add("erp.return_status_changes", **row, **stamps(world, story, changed_at=moment))
    site, receipt_id = world.pick(sites_of(story["entity"])), world.next_id("W")
    sku = story["skus"][0] if story["skus"] else "P1"
    row = {"receipt_id": receipt_id, "site_id": site, "rma_number": story["rma"], "sku": sku, "quantity": "1"}
    world.add("wms.receipts", **row, lpn="L", received_at=world.wall(steps[2], site), received_by=person)
    row = {"posting_id": world.next_id("P"), "entity_id": story["entity"], "receipt_id": receipt_id}
    posting = {"stock_status": "repair", "posted_at": world.utc(steps[2], story["entity"]), "posted_by": person}
    world.add("erp.stock_postings", **row, **posting)
    made = stamps(world, story, created_at=steps[4], approved_at=steps[4], posted_at=steps[5], updated_at=steps[5])
    by = {"created_by": person, "approved_by": "bot2", "posted_by": "bot1", "gl_document": "GL2", "amount": "0"}
    row = {"credit_memo_id": world.next_id("G"), "entity_id": story["entity"], "return_id": story["id"]}
    world.add("erp.credit_memos", **row, currency=story["currency"], **made, **by)
    if world.chance(0.5):
        add_conversation(world, story)


def add_changes(world: World, story: Row) -> None:
    at = story["start"]
    for _ in range(world.pick((0, 1, 2, 3, 4, 6))):
        at = world.near(at)
        status = world.pick(CHANGES)
        world.add(
            "erp.return_status_changes", change_id=world.next_id("C"), return_id=story["id"], to_status=status,
            **stamps(world, story, changed_at=at), changed_by=world.pick(USERS),
        )  # fmt: skip
        if world.chance(0.2):
            world.add(
                "erp.return_status_changes", change_id=world.next_id("C"), return_id=story["id"],
                to_status=world.pick(("closed", "reopened")), **stamps(world, story, changed_at=at), changed_by="bot1",
            )  # fmt: skip


def sites_of(entity_id: str) -> list[str]:
    return [site_id for site_id, entity, _ in SITES if entity == entity_id] or ["S7"]


def add_receipts(world: World, story: Row) -> None:
    for _ in range(world.pick((0, 0, 1, 1, 2, 3))):
        site = world.pick(sites_of(story["entity"]))
        add_receipt(world, site, story["rma"], story["entity"], world.near(story["start"] + 2 * DAY), story["skus"])


def add_receipt(world: World, site: str, rma: str, entity_id: str, at: datetime, skus: list[str]) -> None:
    receipt_id = world.next_id("W")
    sku = world.pick(skus) if skus and world.chance(0.8) else world.pick(SKUS)
    scanned = world.pick((rma, rma.lower(), f" {rma}-", rma, rma, ""))
    world.add(
        "wms.receipts", receipt_id=receipt_id, site_id=site, rma_number=scanned,
        sku=sku, quantity=world.pick(QUANTITIES), lpn="L", received_at=world.wall(at, site),
        received_by=world.pick(USERS), updated_at=world.wall(world.maybe(0.7, at), site),
    )  # fmt: skip
    status, posted = world.pick(STATUSES), at
    for _ in range(world.pick((0, 1, 1, 2, 3))):
        status, posted = world.pick((status, world.pick(STATUSES))), world.near(posted)
        world.add(
            "erp.stock_postings", posting_id=world.next_id("P"), entity_id=entity_id, receipt_id=receipt_id,
            stock_status=status, posted_at=world.utc(posted, entity_id), posted_by=world.pick(USERS),
        )  # fmt: skip
    for _ in range(world.pick((0, 1, 1, 2))):
        moved = world.wall(world.near(posted), site)
        world.add(
            "wms.stock_moves", move_id=world.next_id("M"), receipt_id=receipt_id, moved_at=moved, moved_by="u1",
            stock_status=world.pick((status, status, world.pick(STATUSES))),
        )  # fmt: skip
    for _ in range(world.pick((0, 1, 1, 2))):
        begun = world.near(at)
        ended = world.maybe(0.8, begun)
        world.add(
            "wms.inspections", inspection_id=world.next_id("I"), receipt_id=receipt_id, inspected_by=world.pick(USERS),
            started_at=world.wall(begun, site), completed_at=world.wall(ended, site), condition_code="A",
            updated_at=world.wall(world.maybe(0.7, begun), site),
        )  # fmt: skip


def add_decisions(world: World, story: Row) -> None:
    for _ in range(world.pick((0, 1, 1, 2, 3))):
        at = world.near(story["start"] + 3 * DAY)
        worth = world.pick(("", "12.345678901", "-3", "0", "100"))
        world.add(
            "erp.dispositions", disposition_id=world.next_id("D"), return_id=story["id"],
            quantity=world.pick(QUANTITIES), line_no=world.pick((*story["lines"], "1")),
            disposition_code=world.pick(DISPOSITIONS),
            **stamps(world, story, decided_at=at, executed_at=world.maybe(0.7, at)), decided_by=world.pick(USERS),
            executed_by=world.pick((*USERS, "")), recovered_value=worth, updated_at=updated(world, story),
            currency=world.pick(("USD", "EUR", "AUD")),
        )  # fmt: skip


def memo_amount(world: World, story: Row) -> str:
    lines = [row for row in world.rows.get("erp.return_lines", []) if row["return_id"] == story["id"]]
    exact = sum(float(row["quantity"]) * float(row["unit_price"]) for row in lines)
    if lines and exact >= 0 and world.chance(0.4):
        return f"{exact + world.pick((0, 0.01, 0.02, 0.010000001)):.9f}"
    return world.pick(("500", "500.01", "400", "400.000000001", "0", "0.01", "25", "99.999999999", "1234.5"))


def add_credits(world: World, story: Row) -> None:
    for _ in range(world.pick((0, 1, 1, 2, 3))):
        add_memo(world, story["id"], story["entity"], story["start"] + 4 * DAY, memo_amount(world, story), story)


def add_memo(world: World, return_id: str, entity_id: str, start: datetime, amount: str, story: Row) -> None:
    created = world.near(start)
    posted = world.maybe(0.8, created)
    cancelled = world.maybe(0.15, posted or created)
    world.add(
        "erp.credit_memos", credit_memo_id=world.next_id("G"), entity_id=entity_id, return_id=return_id,
        line_no=world.pick(("", *story["lines"])), amount=amount, created_by=world.pick(USERS),
        currency=world.pick((story["currency"], story["currency"], "USD", "EUR")),
        **stamps(world, {"entity": entity_id}, created_at=created, approved_at=world.maybe(0.6, created),
                 posted_at=posted, cancelled_at=cancelled),
        approved_by=world.pick((*USERS, "")), posted_by=world.pick(USERS), cancelled_by=world.pick(("", "u1")),
        gl_document=world.pick(("", "GL1", "GL1")), updated_at=updated(world, story),
    )  # fmt: skip
    if world.chance(0.3):
        add_replacement(world, return_id, entity_id, created)


def add_replacement(world: World, return_id: str, entity_id: str, at: datetime) -> None:
    made = {"created_at": world.utc(at, entity_id), "shipped_at": world.utc(world.maybe(0.5, at), entity_id)}
    row = {"replacement_id": world.next_id("N"), "entity_id": entity_id, "return_id": return_id, "customer_id": "K1"}
    world.add("erp.replacement_orders", **row, sku="P1", quantity="1", created_by="u1", **made, updated_at=LONG_AGO)


def add_claims(world: World, story: Row) -> None:
    for _ in range(world.pick((0, 0, 1, 1, 2))):
        created = world.near(story["start"] + 4 * DAY)
        steps = {name: world.maybe(0.7, created) for name in ("submitted_at", "decided_at", "credited_at")}
        world.add(
            "erp.supplier_claims", claim_id=world.next_id("Q"), return_id=story["id"], supplier_id="V1",
            line_no=world.pick((*story["lines"], "9")), claimed_amount=world.pick(("10", "33.333333333", "0")),
            currency=world.pick(("USD", "EUR", "EUR", "JPY")), **stamps(world, story, created_at=created, **steps),
            created_by=world.pick(USERS), submitted_by=world.pick((*USERS, "")),
            decision=world.pick(("", "accepted", "rejected")), recovered_amount=world.pick(("", "7.77", "0", "12.5")),
            updated_at=updated(world, story),
        )  # fmt: skip


def add_conversation(world: World, story: Row) -> None:
    for _ in range(world.pick((0, 1, 1, 2))):
        rma = world.pick((story["rma"], story["rma"].upper()))
        add_case(world, story["entity"], rma, world.near(story["start"] - HOUR))


def add_case(world: World, entity_id: str, rma: str, opened: datetime) -> None:
    case_id = world.next_id("K")
    world.add(
        "crm.cases", case_id=case_id, entity_id=entity_id, customer_id="K1", rma_number=rma, channel="mail",
        customer_note=world.pick(("", "two\nlines", 'say "no", please')), opened_at=world.offset(opened, entity_id),
        closed_at=world.offset(world.maybe(0.5, opened), entity_id), owner="u1",
        updated_at=world.offset(world.near(opened), entity_id),
    )  # fmt: skip
    for _ in range(world.pick((0, 1, 2))):
        world.add(
            "crm.case_events", event_id=world.next_id("E"), case_id=case_id, event_type=world.pick(CASE_EVENTS),
            occurred_at=world.offset(world.near(opened), entity_id), user_id=world.pick((*USERS, "")),
        )  # fmt: skip
    for _ in range(world.pick((0, 2, 4, 6))):
        sent = world.near(opened + world.pick((0, 0, 1, 3, 5)) * DAY)
        world.add(
            "crm.messages", message_id=world.next_id("T"), case_id=case_id, message_type=world.pick(MESSAGE_TYPES),
            direction=world.pick(("outbound", "outbound", "inbound")), sent_at=world.offset(sent, entity_id),
        )  # fmt: skip


def add_transport(world: World, story: Row) -> None:
    for _ in range(world.pick((0, 0, 1, 2))):
        at = world.offset(world.near(story["start"] + DAY), story["entity"])
        world.add(
            "tms.tracking_events", event_id=world.next_id("B"), entity_id=story["entity"], rma_number=story["rma"],
            event_type=world.pick(TRACKING), occurred_at=at,
        )  # fmt: skip
    if world.chance(0.3):
        add_message(world, story["entity"], story["rma"], story["start"])


def add_message(world: World, entity_id: str, rma: str, start: datetime) -> None:
    """Attempts in any order of time; the last by number decides."""
    message_id = world.next_id("X")
    for attempt in world.rng.sample(range(1, 13), world.pick((1, 2, 3))):
        world.add(
            "middleware.messages", message_id=message_id, attempt=world.pick((str(attempt), f"{attempt:02d}")),
            interface="RMA", entity_id=world.pick((entity_id, entity_id, "")), rma_number=world.pick((rma, rma, "")),
            status=world.pick(("ok", "failed", "dead")), occurred_at=world.utc(world.near(start), entity_id),
        )  # fmt: skip
