"""Erasing a customer: what goes, and taking it out of the store, the landing and what was written from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from auditlib.caselog import rows as r
from auditlib.caselog.batch import Batch
from auditlib.caselog.keys import Keys
from auditlib.caselog.text import fingerprint
from auditlib.pipeline.setting import Setting, wall_clock
from auditlib.pipeline.tombstones import Tombstones, mapped, mentions
from auditlib.sources import Page
from auditlib.store import StoreError, access, collecting, engine, erasing
from auditlib.store import figures as stored
from auditlib.store.erasing import Customer


@dataclass(frozen=True)
class Plan:
    """What an erasure would take away: who and what, landed parts (number, path), and lines of audit.toml that
    name them."""

    customer: Customer
    parts: list[tuple[int, str]]
    named: list[str]


def plan(setting: Setting, who: str) -> Plan:
    """What goes with a customer: an e-mail address, or source:id as the views show them."""
    with engine.reading(setting.store.engine) as c:
        people = _people(setting, c, who)
        customer = erasing.customer_of(c, people)
        staff = erasing.staff(c, customer.people)
    if not customer.people:
        raise StoreError(f"nobody is known as {who!r}; write their address, or source:id as `ticket_audit` shows it")
    if all(id == erasing.erased(key) for key, (_, id) in customer.people.items()):
        raise StoreError(f"{who} was erased already")
    if staff:
        names = ", ".join(":".join(customer.people[key]) for key in sorted(staff))
        raise StoreError(f"{names} answered tickets for you; only customers are erased")
    return Plan(customer, _parts(setting, customer), _named(setting, customer))


def _people(setting: Setting, c: engine.Connection, who: str) -> set[int]:
    source, colon, id = who.partition(":")
    if colon and source in setting.sources:
        return {Keys(setting.store.key).of("person", source, id)}
    known = fingerprint(who, setting.store.key)
    return erasing.people_by_address(c, known) if known else set()


def _parts(setting: Setting, customer: Customer) -> list[tuple[int, str]]:
    """Landed parts with anything of theirs, and those with one of the addresses that stand in these."""
    gone = Tombstones(set(customer.people), set(customer.tickets), set(customer.organizations), set())
    keys = Keys(setting.store.key)
    found: dict[int, str] = {}
    others: list[tuple[int, str, list[Page]]] = []
    addresses: set[bytes] = set()
    for source in sorted(customer.sources & set(setting.sources)):
        module, settings = setting.module(source), setting.sources[source]
        with engine.reading(setting.store.engine) as c:
            parts = erasing.landed(c, source)
        for part in parts:
            pages = setting.landing.get(collecting.landed_of(part))
            rows = list(module.read(pages, settings))
            if mentions(gone, keys, Batch.of(source, rows)):
                found[part.part] = part.path
                addresses.update(_addresses(rows, customer, keys, source))
            else:
                others.append((part.part, part.path, pages))
    for number, path, pages in others:
        if any(address in page.body for address in addresses for page in pages):
            found[number] = path
    return sorted(found.items())


def _addresses(rows: Iterable[r.Row], customer: Customer, keys: Keys, source: str) -> set[bytes]:
    """Addresses of theirs as they stand in pages."""
    told = [(row.person, row.value) for row in rows if isinstance(row, r.Identity)]
    told += [(row.person, row.email) for row in rows if isinstance(row, r.Person) and row.email]
    return {value.encode() for person, value in told if keys.unregistered("person", source, person) in customer.people}


def _named(setting: Setting, customer: Customer) -> list[str]:
    """Lines of audit.toml that name one of them, each with what to write instead."""
    old = {
        f'"{source}:{id}"': f"{source}:{erasing.erased(key)}"
        for of in (customer.people, customer.tickets)
        for key, (source, id) in of.items()
    }
    lines = setting.config.path.read_text(encoding="utf-8").splitlines()
    return [
        f"line {number} of audit.toml names {name}; write {new} instead"
        for number, line in enumerate(lines, 1)
        for name, new in old.items()
        if name in line
    ]


def carry_out(setting: Setting, planned: Plan) -> int:
    """Erases; gives the number of the erasure. Safe to repeat after an interruption."""
    from auditlib import pages

    for _, path in planned.parts:
        setting.landing.remove(path)
    fields = {name for source in setting.sources.values() for name in mapped(source.fields)}
    with engine.writing(setting.store.engine) as c:
        for part, _ in planned.parts:
            stored.expired(c, part)
        number = erasing.forget(c, planned.customer, fields, wall_clock(), len(planned.parts))
    erasing.sweep(setting.store.engine)
    access.write_leaders_file(setting.store.engine, setting.metrics)
    if (setting.config.folder / "page.html").exists():
        pages.write(setting)
    return number
