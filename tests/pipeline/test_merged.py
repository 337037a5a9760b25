"""Merged tickets in audited nights: what was said in them counts where they went, and they chase what was open."""

from __future__ import annotations

import pathlib

import pytest

from tests import shop
from tests.shop import Shop

HEAD = "ticket,created_at,requester,requester_email,channel,subject,status,group,assignee,topic,merged_into\n"
EVENTS = "ticket,occurred_at,kind,actor,actor_class,is_public,old,new,body\n"
FIRST = "1,2026-03-02T09:00:00Z,ann,ann@example.org,email,Invoice,open,Billing,,billing,\n"
ASKED = """\
1,2026-03-02T09:00:00Z,created,ann,customer,,,new,
1,2026-03-02T09:00:00Z,message,ann,customer,true,,,The invoice is wrong.
"""
# Ann asks again in two more tickets, under another topic; Grace merges the last into the second, and that into the
# first. What they add to the first is a request for news at once, and thanks an hour later.
MERGED = """\
2,2026-03-02T09:10:00Z,ann,ann@example.org,email,Colour,closed,Billing,,lamp,1
3,2026-03-02T10:10:00Z,ann,ann@example.org,email,Colour,closed,Billing,,lamp,2
"""
MORE = """\
2,2026-03-02T09:10:00Z,created,ann,customer,,,new,
2,2026-03-02T09:10:00Z,message,ann,customer,true,,,The colour is wrong too.
2,2026-03-10T09:00:00Z,status,grace,agent,,new,closed,
2,2026-03-10T09:00:00Z,merged_into,grace,agent,,,1,
3,2026-03-02T10:10:00Z,created,ann,customer,,,new,
3,2026-03-02T10:10:00Z,message,ann,customer,true,,,Thanks!
3,2026-03-10T08:00:00Z,status,grace,agent,,new,closed,
3,2026-03-10T08:00:00Z,merged_into,grace,agent,,,2,
"""


@pytest.fixture
def opened(tmp_path: pathlib.Path):
    with shop.opened(tmp_path / "shop") as one:
        yield one


def deliver(opened: Shop, name: str, tickets: str, events: str, until: str) -> None:
    exports = opened.folder / "exports"
    (exports / f"tickets-{name}.csv").write_text(HEAD + tickets)
    (exports / f"events-{name}.csv").write_text(EVENTS + events)
    (exports / "manifest.json").write_text(f'{{"complete_until": "{until}"}}')


def first(opened: Shop) -> tuple:
    """What is said of the first ticket."""
    columns = "chasers, first_chase_minutes, first_chase_minutes_state, customer_messages"
    [row] = opened.rows(f"SELECT {columns} FROM ticket_audit WHERE ticket = 'shop:1'").itertuples(index=False)
    return tuple(None if one != one else one for one in row)


def test_a_ticket_that_was_merged_counts_where_it_went_from_the_night_in_which_that_is_known(opened: Shop) -> None:
    deliver(opened, "1", FIRST, ASKED, "2026-03-09T00:00:00Z")
    opened.night("2026-03-08")
    assert first(opened) == (0, None, "waiting", 1)
    deliver(opened, "2", MERGED, MORE, "2026-03-17T00:00:00Z")
    opened.night("2026-03-16")
    assert first(opened) == (1, 10, "observed", 3)
