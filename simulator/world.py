"""The master data of a simulated distributor: entities, sites, suppliers, products, customers and users."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from simulator.clock import OpenTime, Week, Zone, zone
from simulator.parameters import Scenario
from simulator.reference import Reference

AUTOMATION = {
    "SVC_PORTAL": "Customer Service",
    "SVC_EDI": "Customer Service",
    "SVC_RULES": "Sales",
    "SVC_WMS_IF": "Integration",
    "SVC_CREDIT": "Finance",
}
CATEGORIES = ("Bearings", "Electrical", "Fasteners", "Hydraulics", "Power Tools", "Safety", "Seals", "Valves")
_FORMS = ("kit", "set", "unit", 'DN50, 3/4"', "spare part", "assembly Ø12")
_FIRST = ("Alder", "Beacon", "Cobalt", "Dunmore", "Elbe", "Fairway", "Grünwald", "Hollis", "Isar", "Juniper", "Kestrel")
_SECOND = ("Fabrication", "Machine Works", "Maintenance, Inc.", "Metallbau", "Mills", '"Pro" Services', "Werke")
_SEGMENTS = ("A", "B", "C")


@dataclass(frozen=True)
class Entity:
    """A legal entity; ``open_time`` is its calendar in its own time zone."""

    entity_id: str
    currency: str
    zone: Zone
    week: Week
    open_time: OpenTime


@dataclass(frozen=True)
class Warehouse:
    """A site of an entity, in its own time zone."""

    site_id: str
    name: str
    entity: Entity
    zone: Zone
    share: float
    manual_posting: bool


@dataclass(frozen=True)
class Supplier:
    """A supplier; ``window_days`` is how long a claim may be filed after the first disposition."""

    supplier_id: str
    name: str
    recovery_agreement: bool
    window_days: int
    currency: str


@dataclass(frozen=True)
class Product:
    """A product; ``unit_cost`` in hundredths of its supplier's currency."""

    sku: str
    description: str
    category: str
    supplier: Supplier
    unit_cost: int
    hazardous: bool
    serialized: bool

    def price(self, reference: Reference, currency: str, day: date) -> int:
        """Return a list price in hundredths of a currency: 1.4 times the cost."""
        rate = reference.rate(self.supplier.currency, day) / reference.rate(currency, day)
        return int((self.unit_cost * Decimal("1.4") * rate).quantize(Decimal(1), ROUND_HALF_UP))


@dataclass(frozen=True)
class Customer:
    """A customer of one entity."""

    customer_id: str
    entity: Entity
    name: str
    segment: str


@dataclass
class World:
    """All master data. ``users`` maps user ids to (department, is_automation) and grows with the teams."""

    reference: Reference
    entities: dict[str, Entity]
    warehouses: dict[str, Warehouse]
    suppliers: dict[str, Supplier]
    products: list[Product]
    customers: dict[str, list[Customer]]
    users: dict[str, tuple[str, bool]] = field(default_factory=dict)


def make_world(scenario: Scenario, reference: Reference, returns: int, last: date, random: Random) -> World:
    """Return the master data of a scenario; calendars reach from 90 days before its start to ``last``."""
    entities = _entities(scenario, reference, last)
    suppliers = _suppliers(scenario, random)
    products = [_product(number, suppliers, scenario, random) for number in range(scenario.volume.skus)]
    warehouses = {
        site_id: Warehouse(
            site_id, site.name, entities[site.entity_id], zone(site.time_zone), site.share, site.manual_posting
        )
        for site_id, site in scenario.sites.items()
    }
    customers = _customers(list(entities.values()), returns // scenario.volume.returns_per_customer + 5, random)
    users = {user_id: (department, True) for user_id, department in AUTOMATION.items()}
    return World(reference, entities, warehouses, {s.supplier_id: s for s in suppliers}, products, customers, users)


def _entities(scenario: Scenario, reference: Reference, last: date) -> dict[str, Entity]:
    first = scenario.horizon.start - timedelta(days=90)
    made = {}
    for row in reference.tables["entities"]:
        where, week = zone(row["time_zone"]), reference.week(row["calendar_id"])
        made[row["entity_id"]] = Entity(
            row["entity_id"], row["currency"], where, week, OpenTime(week, where, first, last)
        )
    return made


def _suppliers(scenario: Scenario, random: Random) -> list[Supplier]:
    planted = scenario.root_cause.supplier_id if scenario.root_cause else None
    made = []
    for number in range(1, scenario.volume.suppliers + 1):
        supplier_id = f"S{number:05}"
        agreement = supplier_id == planted or random.random() < 0.75
        window = random.choice((30, 45, 60))
        currency = random.choice(("USD", "USD", "EUR", "GBP"))
        made.append(Supplier(supplier_id, f"{_company(random)} {number}", agreement, window, currency))
    return made


def _product(number: int, suppliers: Sequence[Supplier], scenario: Scenario, random: Random) -> Product:
    """Return one product; each supplier keeps to one category and so does the planted one."""
    index = random.randrange(len(suppliers))
    supplier, category = suppliers[index], CATEGORIES[index % len(CATEGORIES)]
    planted = scenario.root_cause
    if planted and supplier.supplier_id == planted.supplier_id:
        category = planted.category
    cost = round(random.lognormvariate(4.0, 0.9) * 100) + 150
    return Product(
        sku=f"{number * 37 + 100:06}-{category[:2].upper()}",
        description=f"{category} {random.choice(_FORMS)} {number}",
        category=category,
        supplier=supplier,
        unit_cost=cost,
        hazardous=random.random() < 0.05,
        serialized=random.random() < 0.3,
    )


def _customers(entities: Sequence[Entity], count: int, random: Random) -> dict[str, list[Customer]]:
    made: dict[str, list[Customer]] = {entity.entity_id: [] for entity in entities}
    for number in range(max(count, 3 * len(entities))):
        entity = entities[number % len(entities)]
        name = f"{_company(random)} {number}"
        made[entity.entity_id].append(Customer(f"{number + 10_000:010}", entity, name, random.choice(_SEGMENTS)))
    return made


def _company(random: Random) -> str:
    return f"{random.choice(_FIRST)} {random.choice(_SECOND)}"
