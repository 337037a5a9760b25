"""One company with two helpdesks of different vendors: its customers, and what they came for, know no border.

A simulated company is told once by one Zendesk, and once by two helpdesks that share its tickets out between
them, a Zendesk and a Zammad. Whoever came back did so in both tellings.
"""

from __future__ import annotations

import msgspec
import pandas as pd
import pytest

from auditlib.sandbox import World, serve, world
from auditlib.sandbox.plan import Plan
from tests.pipeline.house import House
from tests.pipeline.sameness import holding

BEFORE, AWAY, LAST = "2026-10-24", "2026-10-26", "2026-10-31"
MAPPED = {
    "zendesk": """\
statuses = { "Waiting on vendor" = "on_hold", "Escalated to engineering" = "open" }
fields = { topic = "custom_field:360001", tier = "organization.plan" }
topics = { topic_login = "login", topic_billing = "billing", topic_delivery = "delivery", topic_returns = "returns", \
topic_defect = "defect", topic_setup = "setup", topic_cancellation = "cancellation" }
""",
    "zammad": """\
statuses = { "on hold" = "on_hold", "Waiting on vendor" = "on_hold", "closed" = "closed" }
fields = { topic = "custom_field:topic", tier = "organization.plan" }
""",
}
BOTS = 'bots = ["assistant@nordlicht.example", "zapier@nordlicht.example"]\n'


class Part(World):
    """Some of a world's tickets, under their own numbers."""

    def plan(self, ticket: int) -> Plan | None:
        return next((plan for plan in self.plans if plan.id == ticket), None)


def source(name: str, kind: str) -> str:
    told = f'[[source]]\nname = "{name}"\nkind = "{kind}"\nconnection = "{name}"\nsince = 2026-09-28\n'
    return told + MAPPED[kind] + BOTS


def shared_out(company: World) -> dict[str, World]:
    """Tickets that name each other stay together at the desk; of the others every second one goes to the shop."""
    tied = {id(other) for plan in company.plans for other in (plan.follows, plan.incident_of, plan.quotes) if other}
    tied |= {id(plan) for plan in company.plans if plan.follows or plan.incident_of or plan.quotes}
    merged = {plan.facts.merged_into for plan in company.plans if plan.facts.merged_into}
    stays = [
        plan.id % 2 == 0 or id(plan) in tied or bool(plan.facts.merged_into) or plan.id in merged
        for plan in company.plans
    ]
    told = {f.name: getattr(company, f.name) for f in msgspec.structs.fields(World)}
    parts = {"desk": [True], "shop": [False]}
    return {
        name: Part(**{**told, "plans": [p for p, stay in zip(company.plans, stays, strict=True) if stay in which],
                      "follow_ups": {}})
        for name, which in parts.items()
    }  # fmt: skip


@pytest.fixture(scope="module")
def company() -> World:
    return world(tickets=140, seed=5, start="2026-09-28T00:00:00Z", end="2026-11-01T00:00:00Z")


@pytest.fixture(scope="module")
def halves(company: World) -> dict[str, World]:
    return shared_out(company)


@pytest.fixture(scope="module")
def one(company: World, tmp_path_factory: pytest.TempPathFactory) -> House:
    """All of it in one Zendesk, audited once."""
    with serve(company) as box:
        house = House(tmp_path_factory.mktemp("one"), [source("all", "zendesk")], {"all": box})
        house.night(LAST)
    return house


@pytest.fixture(scope="module")
def two(halves: dict[str, World], tmp_path_factory: pytest.TempPathFactory) -> House:
    """Two helpdesks and three nights; in the second the desk's credentials have expired."""
    with serve(halves["desk"]) as desk, serve(halves["shop"], flavour="zammad") as shop:
        sources = [source("desk", "zendesk"), source("shop", "zammad")]
        house = House(tmp_path_factory.mktemp("two"), sources, {"desk": desk, "shop": shop})
        for day in (BEFORE, AWAY, LAST):
            house.locked_out = {"desk"} if day == AWAY else set()
            house.night(day)
    return house


def measured(house: House, family: str, *columns: str) -> pd.DataFrame:
    """What holds of each ticket, by the number that it has in the simulated company."""
    rows = holding(house.table(f"{family}_versions")).set_index("ticket_key")
    tickets = holding(house.table("ticket_versions")).set_index("ticket_key").ticket
    rows = rows.join(tickets)
    rows.index = rows.ticket.str.rpartition(":")[2].astype(int)
    return rows[list(columns)].sort_index()


def links(house: House) -> set[tuple[int, int]]:
    """Each ticket that continues an issue, with the one that it continues."""
    rows = house.rows("SELECT later, earlier FROM repeat_links")
    return {(number(one), number(other)) for one, other in rows.itertuples(index=False, name=None)}


def number(ticket: str) -> int:
    return int(ticket.rpartition(":")[2])


def test_the_company_is_shared_out_whole(company: World, halves: dict[str, World]) -> None:
    assert sorted(plan.id for half in halves.values() for plan in half.plans) == [plan.id for plan in company.plans]
    assert min(len(half.plans) for half in halves.values()) > 40


def test_who_wrote_to_both_is_one_customer(two: House, one: House) -> None:
    together, alone = (house.rows("SELECT DISTINCT customer FROM ticket_audit") for house in (two, one))
    assert len(together) == len(alone)
    both = two.rows(
        "SELECT customer FROM ticket_audit WHERE customer IS NOT NULL GROUP BY customer "
        "HAVING COUNT(DISTINCT substr(ticket, 1, 4)) = 2"
    )
    assert len(both) > 5


def test_issues_cross_the_helpdesks_as_if_they_were_one(
    two: House, one: House, company: World, halves: dict[str, World]
) -> None:
    assert links(two) == links(one)
    at_shop = {plan.id for plan in halves["shop"].plans}
    assert sum((one in at_shop) != (other in at_shop) for one, other in links(two)) >= 3
    # Of a call only the topic can tie it: the desk's words for topics are told in the company's, which are the shop's.
    calls = {plan.id for plan in company.plans if plan.channel == "voice"}
    assert any(later in calls for later, _ in links(two))


@pytest.mark.parametrize(
    ("family", "column"), [("repeat", "came_back_within_7d"), ("repeat", "is_repeat"), ("repeat", "issue_contacts")]
)
def test_coming_back_is_measured_as_if_they_were_one(two: House, one: House, family: str, column: str) -> None:
    here, there = measured(two, family, column), measured(one, family, column)
    pd.testing.assert_frame_equal(here, there, check_dtype=False)


def test_figures_are_told_by_source_and_together(two: House, halves: dict[str, World]) -> None:
    rows = two.table("figures").sort_values("publication_run").drop_duplicates("cell_id", keep="last")
    rows = rows[(rows.metric == "tickets_created") & (rows.period == "week") & (rows.weighting == "ticket")]
    whole = rows[rows.breakdown == "all"].groupby("period_start").value.sum()
    parts = rows[rows.breakdown == "source"].groupby("period_start").value.sum()
    assert set(rows[rows.breakdown == "source"].breakdown_value) == set(halves)
    assert len(whole) >= 4
    # A week is told in parts once it is over.
    assert len(parts) >= 4
    pd.testing.assert_series_equal(parts, whole.reindex(parts.index))


def test_while_one_is_away_what_may_have_come_back_through_it_is_not_known(two: House) -> None:
    assert two.run_sources(2)["desk"]["state"] == "missing"
    known, now = two.run_sources(1)["desk"]["complete_until"], two.run_sources(2)["shop"]["complete_until"]
    assert now > known
    windows = two.rows("SELECT from_run FROM repeat_versions WHERE causes LIKE '%MATURATION%'").from_run
    # No window ends while silence may only mean that the desk was not heard.
    assert 2 not in set(windows)
    assert 3 in set(windows)
