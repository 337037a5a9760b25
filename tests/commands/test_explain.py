"""One ticket's life, held against what the sandbox meant to happen."""

from typing import Any

import pytest

from auditlib.sandbox import Box, World, answers
from tests.commands.conftest import Desk, local
from tests.sandbox.client import Client


@pytest.fixture(scope="session")
def meant(company: World) -> dict[int, dict[str, Any]]:
    return {row["ticket"]: row for row in answers(company)}


def named(life: dict[str, Any], measure: str) -> dict[str, Any]:
    return next(row for row in life["measures"] if row["measure"] == measure)


def lines(life: dict[str, Any], numbers: list[int]) -> list[dict[str, Any]]:
    return [line for line in life["story"] if line["line"] in numbers]


def before_the_audit(meant: dict[int, dict[str, Any]]) -> list[dict[str, Any]]:
    """Tickets that were over long before the nights, so that the key says what the audit could know."""
    return [row for row in meant.values() if row["created_at"] < "2026-09-01" and row["in_scope"] == "yes"
            and not row["merged_into"] and not row["deleted_at"]]  # fmt: skip


def test_the_first_reply_rests_on_the_question_and_on_the_human_answer(cli: Desk, meant: dict) -> None:
    row = next(r for r in before_the_audit(meant) if r["opened_by"] == "customer" and r["agent_replies"] >= 2)
    life = cli.data("explain", f"sandbox:{row['ticket']}")
    reply = named(life, "first_reply_minutes")
    asked, answered = lines(life, reply["decided_by"])
    assert (asked["at"], answered["at"]) == (local(row["created_at"]), local(row["first_human_reply_at"]))
    assert asked["who"] == "the customer"
    assert any(phrase.startswith("answers") for phrase in answered["what"])
    assert life["teams"]["reply"] is not None
    assert life["channel"] is not None


def test_reopenings_are_counted_and_shown_where_they_happened(cli: Desk, meant: dict) -> None:
    row = next(r for r in before_the_audit(meant) if r["reopens"])
    life = cli.data("explain", f"sandbox:{row['ticket']}")
    reopens = named(life, "reopens")
    assert reopens["value"] == len(row["reopens"])
    decided = lines(life, reopens["decided_by"])
    assert [line["at"] for line in decided] == [local(reopen["at"]) for reopen in row["reopens"]]
    assert all(any(phrase.startswith("reopens it") for phrase in line["what"]) for line in decided)


def test_coming_back_names_the_ticket_with_which_they_came(cli: Desk, meant: dict) -> None:
    later = next(
        r for r in before_the_audit(meant) if r["repeat_of"] and meant[r["repeat_of"]]["came_back"]
        and r["topic"] == meant[r["repeat_of"]]["topic"] and meant[r["repeat_of"]]["in_scope"] == "yes"
    )  # fmt: skip
    earlier = f"sandbox:{later['repeat_of']}"
    life = cli.data("explain", earlier)
    assert named(life, "came_back_within_7d")["value"] is True
    link = next(link for link in life["links"] if link["later"] == f"sandbox:{later['ticket']}")
    assert link["came_back_at"] == local(later["created_at"])
    said = cli("explain", earlier).stdout
    assert f"The customer came back about it with sandbox:{later['ticket']}" in said
    assert f"It came back about {earlier}" in cli("explain", f"sandbox:{later['ticket']}").stdout


def test_turns_are_those_that_were_meant(cli: Desk, meant: dict) -> None:
    row = next(r for r in before_the_audit(meant) if len(r["turns"]) >= 2 and r["opened_by"] == "customer")
    life = cli.data("explain", f"sandbox:{row['ticket']}")
    opened = [lines(life, turn["decided_by"][:1])[0]["at"] for turn in life["turns"]]
    assert opened == [local(turn["opened_at"]) for turn in row["turns"]]


def test_what_was_published_is_what_the_events_say_now(cli: Desk, meant: dict) -> None:
    for row in before_the_audit(meant)[:3]:
        life = cli.data("explain", f"sandbox:{row['ticket']}")
        assert not any(measure["differs"] for measure in life["measures"])


def test_a_ticket_out_of_every_figure_says_why(cli: Desk, meant: dict) -> None:
    row = next(r for r in meant.values() if r["merged_into"] and r["created_at"] < "2026-10-01")
    said = cli("explain", f"sandbox:{row['ticket']}").stdout
    assert "Out of every figure: merged into another ticket (X4)" in said


def test_no_word_of_a_customer_is_in_the_story(cli: Desk, box: Box, meant: dict) -> None:
    client = Client(box.url, box.email, box.token)
    for row in before_the_audit(meant)[:3]:
        said = cli("explain", f"sandbox:{row['ticket']}", "--all").stdout
        ticket = client.page(f"tickets/{row['ticket']}")["ticket"]
        user = client.page(f"users/{ticket['requester_id']}")["user"]
        assert ticket["subject"] not in said
        assert user["name"] not in said
        assert user["email"] not in said


def test_a_short_story_leaves_tags_out_and_all_tells_them(cli: Desk, meant: dict) -> None:
    ticket = f"sandbox:{before_the_audit(meant)[0]['ticket']}"
    assert "changes the tags" not in cli("explain", ticket).stdout
    assert "changes the tags" in cli("explain", ticket, "--all").stdout


@pytest.mark.parametrize(
    ("ticket", "right"),
    [
        ("4711", "write sandbox:4711, with one of sandbox"),
        ("zendesk:4711", "names no source"),
        ("sandbox:99999", "has no ticket sandbox:99999"),
    ],
)
def test_a_ticket_that_is_not_there_is_told_from_one_that_is_misspelt(cli: Desk, ticket: str, right: str) -> None:
    said = cli("explain", ticket)
    assert said.exit_code == 2
    assert right in said.stderr


def test_before_the_first_night_there_is_no_life_to_tell(fresh: Desk) -> None:
    said = fresh("explain", "sandbox:1")
    assert said.exit_code == 2
    assert "is not there yet" in said.stderr
