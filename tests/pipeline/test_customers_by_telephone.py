"""One customer of two helpdesks, tied by a telephone number or by the company's own id of them."""

from __future__ import annotations

import pytest

from tests.pipeline.house import files_source
from tests.pipeline.test_customers_of_two_sources import COLUMNS, RULES, Two

# ticket: day, who, telephone and own id, organization, topic.
MAIL = {
    "1": ("02", "ann", "+49 30 1234567,", "", "billing"),
    "3": ("02", "bert", "030 7654321,", "", "billing"),
    "5": ("02", "carl", ",C-7", "", "billing"),
    "7": ("02", "dora", "+49 30 5555123,", "", "billing"),
}
CHAT = {
    "2": ("04", "u77", "0049 (0)30 1234-567,", "", "billing"),
    "4": ("04", "u78", "030 7654321,", "", "billing"),
    "6": ("04", "u79", ",c-7", "", "billing"),
    "8": ("04", "u80", ",+49 30 5555123", "", "billing"),
}
DECLARED = """
[[customer]]
aliases = ["030 7654321", "mail:bert"]
why = "confirmed on the phone"
by = "j.doe"
"""


class Called(Two):
    columns = COLUMNS.replace("requester_email,", "requester_phone,requester_external_id,")


@pytest.fixture(scope="module")
def called(tmp_path_factory: pytest.TempPathFactory) -> Called:
    sources = [files_source("mail", "2026-01-01"), files_source("chat", "2026-01-01")]
    house = Called(tmp_path_factory.mktemp("called") / "house", sources, rules=RULES)
    house.deliver("mail", "1", MAIL, "2026-03-15T00:00:00Z")
    house.deliver("chat", "1", CHAT, "2026-03-15T00:00:00Z")
    house.night("2026-03-14")
    return house


def test_a_number_with_its_country_and_an_own_id_tie_until_the_line_is_shared(called: Called) -> None:
    """A number without its country ties nobody, nor does an id that looks like somebody's number."""
    assert called.ties() == {"chat:2": "mail:1", "chat:6": "mail:5"}
    assert len(called.customers("mail:3", "chat:4")) == len(called.customers("mail:7", "chat:8")) == 2

    # A colleague of Ann's calls from the same line: the mail desk knows two people by it.
    called.deliver("mail", "2", {"9": ("06", "alan", "+49 30 1234567,", "", "login")}, "2026-03-16T00:00:00Z")
    called.deliver("chat", "2", {}, "2026-03-16T00:00:00Z")
    called.night("2026-03-15")
    assert called.ties() == {"chat:6": "mail:5"}
    assert len(called.customers("mail:1", "mail:9", "chat:2")) == 3
    assert "IDENTITY_MERGE" in set(called.reasons(2).reason)

    # It was a mistake, and what a number without its country is worth, the company says itself.
    called.rules = RULES + DECLARED
    called.write_config()
    called.deliver("mail", "3", {"9": ("06", "alan", "+49 30 7777123,", "", "login")}, "2026-03-17T00:00:00Z")
    called.deliver("chat", "3", {}, "2026-03-17T00:00:00Z")
    called.night("2026-03-16")
    assert called.ties() == {"chat:2": "mail:1", "chat:4": "mail:3", "chat:6": "mail:5"}
    held = called.rows("SELECT kind, COUNT(*) AS n FROM identities WHERE to_run IS NULL GROUP BY kind")
    assert dict(zip(held.kind, held.n, strict=True)) == {"phone": 6, "external": 3}
