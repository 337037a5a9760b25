"""A whole night over a few conversations of Front whose right answers were worked out by hand."""

from __future__ import annotations

import dataclasses

import pytest

from tests.pipeline.house import House
from tests.sources.front_answers import AT, BY_GRACE, answering, company, conversation, end, event, message

BEGUN = AT - 6 * 86_400
NIGHT = "2026-02-28"
SOURCE = """\
[[source]]
name = "front"
kind = "front"
connection = "front"
since = 2026-02-20
max_share_of_rate_limit = 1.0
"""
ELSEWHERE = [{"handle": "factory@parts.example", "role": "to"}]
REMINDER = end("reminder", {"created_at": BEGUN, "scheduled_at": BEGUN + 4000})


@dataclasses.dataclass
class Server:
    connection: dict

    def set_clock(self, at: str) -> None:
        """It stands still."""


class Case:
    """One conversation: `said` and `done` in seconds since it was begun."""

    def __init__(self, name, **about):
        self.name, self.about = name, {"created_at": BEGUN, **about}
        self.log, self.messages = [], []

    def said(self, at, is_inbound=True, is_told=True, **more):
        told = message(f"{len(self.messages)}{self.name}", BEGUN + at, is_inbound, **more)
        self.messages.append(told)
        if is_told:
            self.done(at, "inbound" if is_inbound else "out_reply", end("inboxes", []), end("message", told))
        return self

    def done(self, at, kind, source=BY_GRACE, target=None):
        number = f"{len(self.log)}{self.name}"
        self.log.append(event(number, kind, BEGUN + at, source, target))
        return self

    def told(self):
        return [{**row, "conversation": conversation(self.name, **self.about)} for row in self.log]


ARCHIVED = {"status": "archived"}
CASES = [
    Case("answered", **ARCHIVED).said(0).said(600, False).done(601, "archive").said(7200).done(7800, "archive"),
    Case("snoozed").said(0).done(60, "archive", REMINDER).done(4000, "reminder", REMINDER).said(4200, False),
    Case("robot").said(0).said(2, False, author=None),
    Case("passed")
    .said(0)
    .said(60, False, recipients=ELSEWHERE)
    .done(61, "forward", target=end("message", {"id": "?"})),
    Case("unsent").said(0).said(60, False, False, error_type="smtp_error").said(1200, False),
    Case("undo", **ARCHIVED).said(0).done(600, "archive").said(620, False),
    Case("brought", created_at=BEGUN + 90_000).said(0, is_told=False).said(1800, False, False).done(90_060, "tag"),
    Case("ours").said(0, False).done(1, "archive").said(3600).said(4200, False),
]
# Minutes to the first reply, replies, messages of customers, notes, reopenings by customers, minutes to the last solve.
BY_HAND = {
    "answered": (10, 1, 2, 0, 1, 130),
    "snoozed": (70, 1, 1, 0, None, None),
    "robot": (None, 0, 1, 0, None, None),
    "passed": (None, 0, 1, 1, None, None),
    "unsent": (20, 1, 1, 0, None, None),
    "undo": (10 + 1 / 3, 1, 1, 0, 0, 10 + 1 / 3),
    "brought": (30, 1, 1, 0, None, None),
    "ours": (10, 1, 1, 0, 1, None),
}
COLUMNS = ["first_reply_minutes", "agent_replies", "customer_messages", "internal_notes", "customer_reopens",
           "full_resolution_minutes"]  # fmt: skip


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    events = {f"cnv_{case.name}": case.told() for case in CASES}
    messages = {f"cnv_{case.name}": case.messages for case in CASES}
    with answering(company(events, messages)) as server:
        box = Server({"host": server.url, "extra": {"token": "secret"}})
        house = House(tmp_path_factory.mktemp("front") / "house", sources=(SOURCE,), rules="")
        house.boxes = {"front": box}
        house.night(NIGHT)
        table = house.table("ticket_audit")
    return table.set_index(table["ticket"].str.removeprefix("front:"))


@pytest.mark.parametrize("name", BY_HAND)
def test_a_night_comes_to_what_was_worked_out_by_hand(audited, name):
    told = [None if value != value else value for value in audited.loc[name, COLUMNS]]
    assert told == pytest.approx(list(BY_HAND[name]))


def test_every_conversation_is_audited_once(audited):
    assert sorted(audited.index) == sorted(BY_HAND)
