"""Everything of an Intercom workspace that is no conversation: teammates, teams, contacts and companies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditlib.caselog.rows import Group, Organization, Person, Row
from auditlib.sources import Page, Settings
from auditlib.sources._intercom import shapes
from auditlib.sources._intercom.shapes import SHAPES
from auditlib.sources._intercom.words import key, word
from auditlib.sources._shared.identities import identities
from auditlib.sources._shared.records import of_stream


def read_company(pages: Sequence[Page], settings: Settings) -> Iterator[Row]:
    """The rows of one chunk that holds no conversations."""
    bots = {bot.lower() for bot in settings.bots}
    teams = SHAPES.read(of_stream(pages, "teams"), shapes.Team, "teams")
    yield from teams.said
    yield from (Group(group=str(team.id), name=team.name or str(team.id)) for team in teams.good)
    admins = SHAPES.read(of_stream(pages, "admins"), shapes.Admin, "admins")
    yield from admins.said
    for admin in admins.good:
        yield from _admin(admin, bots)
    contacts = SHAPES.read(of_stream(pages, "contacts"), shapes.Contact, "data")
    yield from contacts.said
    for contact in contacts.good:
        yield from _contact(contact, bots)
    companies = SHAPES.read(of_stream(pages, "companies"), shapes.Company, "data")
    yield from companies.said
    for company in companies.good:
        yield _organization(company)


def _admin(told: shapes.Admin, bots: set[str]) -> Iterator[Row]:
    number, email = str(told.id), told.email.lower() if told.email else None
    yield Person(person=number, role="bot" if {number, email} & bots else "agent", name=told.name, email=email)
    yield from identities(number, "email", email, is_verified=True)


def _contact(told: shapes.Contact, bots: set[str]) -> Iterator[Row]:
    """A user or a lead. Only a user's address was given by the company; a lead may type in any."""
    number, email = str(told.id), told.email.lower() if told.email else None
    companies = (told.companies.data if told.companies else None) or []
    language = told.language_override or told.browser_language
    yield Person(
        person=number,
        role="bot" if {number, email} & bots else "customer",
        name=told.name,
        email=email,
        language=language.split("-")[0] if language else None,
        organization=next((key(company.id) for company in companies), None),
    )
    for kind, value in (("email", email), ("phone", told.phone), ("external", told.external_id)):
        yield from identities(number, kind, value, is_verified=told.role == "user")


def _organization(told: shapes.Company) -> Organization:
    own = {"plan": told.plan.name if told.plan else None, "industry": told.industry}
    values = {name: word(value) for name, value in {**own, **(told.custom_attributes or {})}.items()}
    fields = {name: value for name, value in values.items() if value is not None}
    return Organization(organization=str(told.id), name=told.name or str(told.id), fields=fields)
