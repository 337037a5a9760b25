"""The people who write: several addresses each, an organization or none, a language, a region."""

from __future__ import annotations

from random import Random

import msgspec

from auditlib.sandbox.chances import Chances
from auditlib.sandbox.company import Region

FIRST_CUSTOMER = 20_000_001
FIRST_ORGANIZATION = 50_000_001
FIRST_EMPLOYEE = 8_500_001
ONE_EMPLOYEE_IN = 211
COLLEAGUES = 15_000_000_000
CUSTOMERS_AN_ORGANIZATION = 8

GIVEN = [
    "Ada", "Ahmed", "Beatriz", "Björk", "Carlos", "Dörte", "Émile", "Fatima", "Giulia", "Håkon", "Irène",
    "João", "Kofi", "Łukasz", "María José", "Nils", "Olena", "Paweł", "Renée", "Saoirse", "Thị Mai", "Ulrike",
    "Václav", "Wei", "Yusuf", "Zoë",
]  # fmt: skip
FAMILY = [
    "Abadi", "Bjørnsen", "Černý", "D'Angelo", "Ekström", "Fröhlich", "Gómez", "Huang", "Işık", "Jönsson",
    "Kaur", "Lefèvre", "Muñoz", "Ndlovu", "O'Neill", "Pérez", "Quispe", "Ramírez", "Schäfer", "Smith",
    "Taylor", "Ünal", "Vũ", "Weiß", "Yılmaz", "Zając",
]  # fmt: skip
TIERS = ["premium", "standard", "standard", "free"]


class Customer(msgspec.Struct):
    """Somebody who writes to the company."""

    id: int
    name: str
    emails: list[str]
    phone: str | None
    language: str
    region: Region
    organization: int | None
    tier: str
    patience: float

    @property
    def is_employee(self) -> bool:
        """Somebody of the company who has a seat in the helpdesk, and asks for help like anybody else."""
        return self.id < FIRST_CUSTOMER


class Organization(msgspec.Struct):
    """A business customer with a plan."""

    id: int
    name: str
    domain: str
    tier: str


class Crowd:
    """Draws the customers of one region mix, each from its own number alone."""

    def __init__(self, seed: int, regions: list[Region]) -> None:
        self.seed = seed
        self.regions = regions
        self.where = Chances({i: r.share for i, r in enumerate(regions)})
        self.languages = [Chances(r.languages) for r in regions]

    def customer(self, number: int, rng: Random) -> Customer:
        """The customer with that number."""
        at = self.where.draw(rng)
        region = self.regions[at]
        given, family = rng.choice(GIVEN), rng.choice(FAMILY)
        in_business = rng.random() < 0.4
        org = organization(self.seed, number // CUSTOMERS_AN_ORGANIZATION) if in_business else None
        domain = org.domain if org else rng.choice(["mail.example", "post.example", "inbox.example"])
        emails = [f"customer{number + 1}@{domain}"]
        if rng.random() < 0.15:
            emails.append(f"customer{number + 1}.private@mail.example")
        customer = Customer(
            id=FIRST_CUSTOMER + number,
            name="<b>Bobby</b> Tables" if number % 997 == 13 else f"{given} {family}",
            emails=emails,
            phone=f"+49 30 55{number % 100_000:05d}" if rng.random() < 0.5 else None,
            language=self.languages[at].draw(rng),
            region=region,
            organization=org.id if org else None,
            tier=org.tier if org else "free",
            patience=rng.uniform(0.4, 2.5),
        )
        return _employee(customer, number // ONE_EMPLOYEE_IN) if number % ONE_EMPLOYEE_IN == 17 else customer


def _employee(customer: Customer, number: int) -> Customer:
    customer.id = FIRST_EMPLOYEE + number
    customer.emails = [f"employee{number + 1}@nordlicht.example"]
    customer.organization, customer.tier = None, "free"
    return customer


def organization(seed: int, number: int) -> Organization:
    """The organization with that number: nothing but the seed and the number make it."""
    rng = Random(f"organization:{seed}:{number}")
    name = f"{rng.choice(FAMILY)} {rng.choice(['GmbH', 'Ltd', 'SARL', 'S.A.', '& Søn', 'Inc.'])}"
    return Organization(FIRST_ORGANIZATION + number, name, f"org{number + 1}.example", rng.choice(TIERS))


def colleague(customer: Customer) -> int:
    """The id of the person whom this customer puts in copy."""
    return customer.id + COLLEAGUES
