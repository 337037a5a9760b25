"""A contact of Front's that is reached in several ways, in the sandbox's flavour."""

from __future__ import annotations

from auditlib.caselog import rows as r
from auditlib.sandbox import serve, world
from auditlib.sources import load
from tests.sources.boxed import LIVE, SEED, Asking
from tests.sources.front_answers import SETTINGS


def test_a_contact_is_known_by_its_address_and_its_number_whichever_is_read_last():
    company, front = world(tickets=60, seed=SEED), load("front")
    with serve(company, flavour="front") as box:
        chunks = list(front.fetch(Asking(box, SETTINGS), {}, LIVE, SETTINGS))
    rows = list(front.read([page for chunk in chunks for page in chunk.pages], SETTINGS))
    known: dict[str, set[str]] = {}
    for row in rows:
        if isinstance(row, r.Identity):
            known.setdefault(row.value, set()).add(row.person)
    in_both_ways = writers(company, "email") & writers(company, "native_messaging")
    both = {
        (plan.customer.emails[0], plan.customer.phone.replace(" ", ""))
        for plan in company.plans
        if plan.customer.phone and plan.customer.id in in_both_ways
    }
    assert len(both) > 2
    for address, number in both:
        assert len(known[address] | known[number]) == 1, address


def writers(company, channel):
    return {plan.customer.id for plan in company.plans if plan.channel == channel}
