"""One customer of two helpdesks: tied by an address, parted when it was a mistake, and by organization if declared."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from tests.pipeline.house import House, files_source
from tests.shop import HEAD, events

COLUMNS = HEAD.replace("requester_email,", "requester_email,organization,")
RULES = """
[clock]
business = { "*" = "Mon-Fri 09:00-17:00 Europe/Berlin" }

[figures]
breakdowns = ["source"]
min_n = 1
"""
# ticket: day, who, address, organization, topic; each is answered and solved after an hour.
MAIL = {
    "1": ("02", "ann", "ann@example.org", "", "billing"),
    "3": ("02", "desk", "info@example.org", "", "billing"),
    "5": ("02", "", "", "", "billing"),
    "7": ("02", "xaver", "x@acme.example", "Acme", "login"),
    "8": ("05", "yann", "y@acme.example", "Acme", "login"),
    "9": ("02", "anonymous", "noreply@example.org", "", "billing"),
}
CHAT = {
    "2": ("04", "u77", "anna@example.net", "", "billing"),
    "4": ("03", "u78", "info@example.org", "", "billing"),
    "6": ("03", "", "", "", "billing"),
    "10": ("03", "u79", "noreply@example.org", "", "billing"),
}


def rows(told: dict[str, tuple[str, ...]], columns: str = COLUMNS) -> tuple[str, str]:
    """A delivery's tickets and events."""
    lines = [
        f"{ticket},2026-03-{day}T09:00:00Z,{who},{address},{organization},email,A question,solved,Desk,grace,{topic},,"
        for ticket, (day, who, address, organization, topic) in told.items()
    ]
    lives = [line.replace(f",{told[line.split(',')[0]][3]},email", ",email") for line in lines]
    return "\n".join([columns, *lines]) + "\n", events("\n".join(lives))


class Two(House):
    """A company with a mail and a chat desk, both told by files."""

    columns = COLUMNS

    def deliver(self, source: str, name: str, told: dict[str, tuple[str, ...]], until: str) -> None:
        folder = self.folder / source
        folder.mkdir(exist_ok=True)
        tickets, happened = rows(told, self.columns)
        (folder / f"tickets-{name}.csv").write_text(tickets)
        (folder / f"events-{name}.csv").write_text(happened)
        (folder / "manifest.json").write_text(json.dumps({"complete_until": until}))

    def ties(self) -> dict[str, str]:
        """Ticket → the earlier one that it repeats."""
        found = self.rows("SELECT later, earlier FROM repeat_links")
        return dict(zip(found.later, found.earlier, strict=True))

    def customers(self, *tickets: str) -> set[str]:
        named = ", ".join(f"'{ticket}'" for ticket in tickets)
        return set(self.rows(f"SELECT customer FROM ticket_audit WHERE ticket IN ({named})").customer)

    def reasons(self, night: int) -> pd.DataFrame:
        """Why the whole company's share of those who came back was restated by a night."""
        return self.rows(
            "SELECT p.reason, f.value FROM restatement_parts p JOIN figures f ON f.figure_id = p.figure_id "
            "WHERE f.metric = 'came_back_rate_7d' AND f.period = 'week' AND f.breakdown = 'all' "
            f"AND f.publication_run = {night}"
        )


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Two:
    sources = [files_source("mail", "2026-01-01"), files_source("chat", "2026-01-01")]
    house = Two(tmp_path_factory.mktemp("two") / "house", sources, rules=RULES)
    house.deliver("mail", "1", MAIL, "2026-03-15T00:00:00Z")
    house.deliver("chat", "1", CHAT, "2026-03-15T00:00:00Z")
    house.night("2026-03-14")
    return house


def test_an_address_ties_across_sources_and_a_mistake_is_parted_again(two: Two) -> None:
    """Shared mailboxes, nobody, anonymous senders and colleagues of one organization tie nobody."""
    assert two.ties() == {}
    assert len(two.customers("mail:1", "chat:2")) == 2

    # The chat desk learns Ann's address.
    two.deliver("chat", "2", {"2": ("04", "u77", "ann@example.org", "", "billing")}, "2026-03-16T00:00:00Z")
    two.deliver("mail", "2", {}, "2026-03-16T00:00:00Z")
    two.night("2026-03-15")
    assert two.ties() == {"chat:2": "mail:1"}
    assert len(two.customers("mail:1", "chat:2")) == 1
    merged = two.reasons(2)
    assert "IDENTITY_MERGE" in set(merged.reason)
    assert merged.value.max() > 0

    # It was a mistake: the address was somebody else's.
    two.deliver("chat", "3", {"2": ("04", "u77", "anna@example.net", "", "billing")}, "2026-03-17T00:00:00Z")
    two.deliver("mail", "3", {}, "2026-03-17T00:00:00Z")
    two.night("2026-03-16")
    assert two.ties() == {}
    assert len(two.customers("mail:1", "chat:2")) == 2
    parted = two.reasons(3)
    assert "IDENTITY_MERGE" in set(parted.reason)
    assert parted.value.max() == 0

    # Whoever declares organizations to be customers has colleagues come back for each other.
    two.rules = RULES + '\n[repeat]\ncustomer_is = "organization"\n'
    two.write_config()
    two.deliver("mail", "4", {}, "2026-03-18T00:00:00Z")
    two.deliver("chat", "4", {}, "2026-03-18T00:00:00Z")
    two.night("2026-03-17")
    assert two.ties() == {"mail:8": "mail:7"}
    assert len(two.customers("mail:7", "mail:8")) == 1
    sums = two.rows("SELECT outcome_code, COUNT(*) AS n FROM ticket_audit GROUP BY outcome_code")
    assert sums.n.sum() == len(MAIL) + len(CHAT)
