"""A ticket that is gone because it was merged into another one: what was known of it stays, and it counts no more."""

from __future__ import annotations

from auditlib.pipeline import steps
from auditlib.sandbox import serve, world
from tests.pipeline.house import House
from tests.sources.boxed import SEED

SOURCE = '[[source]]\nname = "desk"\nkind = "front"\nconnection = "desk"\nsince = 2026-02-01\n'


def looked_at(setting, house, day):
    run = steps.begin_as_of(setting, setting.midnight_after(day)).run
    steps.collect(run, "desk", house.connection("desk"))
    steps.translate(run, "desk")


def test_a_conversation_that_was_loaded_before_it_was_merged_is_merged_and_keeps_its_history(tmp_path):
    company = world(tickets=60, seed=SEED)
    (plan,) = [plan for plan in company.plans if plan.facts.merged_into]
    gone, into = str(plan.id), str(plan.facts.merged_into.id)
    with serve(company, flavour="front") as box:
        house = House(tmp_path, [SOURCE], {"desk": box})
        with house.here() as setting:
            known = []
            for clock, day in (("2026-02-23T08:50:00Z", "2026-02-22"), ("2026-02-25T01:30:00Z", "2026-02-24")):
                box.set_clock(clock)
                looked_at(setting, house, day)
                tickets, events = house.table("tickets"), house.table("events")
                tickets = tickets[tickets.to_run.isna()].set_index("ticket")
                told = events[events.to_run.isna() & (events.ticket_key == tickets.ticket_key[gone])]
                known.append((tickets.loc[gone], tickets.ticket_key[into], len(told)))
    (open_, _, before), (merged, other, after) = known
    assert (open_.merged_into, open_.status) == (0, 2)
    assert (merged.merged_into, merged.has_history) == (other, 1)
    assert before == after > 2
