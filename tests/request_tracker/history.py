"""Five weeks at a small company's helpdesk, written into Request Tracker through its own doors.

Customers write mails, agents act through REST2, and the clock is set before each act (UTC). Named tickets
have their audit values worked out by hand in `worked_by_hand.py`. Europe/London puts its clocks forward on
29 March 2026. Acts are told in the order of time, as they would happen.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from tests.request_tracker.server import Tracker

STARTS_AT = "2026-03-16 08:00:00"
ENDS_AT = "2026-04-20 09:00:00"

PEOPLE = {
    "zoe": "Zoë Ünal <zoe@kunde.example>",
    "kim": "Kim O'Neil <kim@client.example>",
    "lukasz": "Łukasz 李 <lukasz@firma.example>",
    "mira": "Mira <mira@client.example>",
    "omar": "Omar <omar@client.example>",
    "petra": "Petra Größe <petra@firma.example>",
    "rosa": "Rosa <rosa@client.example>",
    "sami": "Sami Ääni <sami@client.example>",
    "nina": "Nina <nina@firma.example>",
    "pavel": "Pavel Dvořák <pavel@client.example>",
    "tess": "Tess <tess@client.example>",
    "umi": "Umi 海 <umi@client.example>",
    "prize": "You Won <prize@spam.example>",
    "junk": "Junk <junk@spam.example>",
    "ana": "Ana Ågren <ana@tracker.example>",
}


def write(tracker: Tracker) -> dict[str, str]:
    """Writes the five weeks; the named tickets with their numbers."""
    pen = Pen(tracker)
    _first_week(pen)
    _second_week(pen)
    _week_of_the_clock_change(pen)
    _fourth_week(pen)
    _last_week(pen)
    tracker.at(ENDS_AT)
    return pen.tickets


@dataclasses.dataclass
class Pen:
    """Writes acts into the tracker: each is the moment, who, and what they do to which named ticket."""

    tracker: Tracker
    tickets: dict[str, str] = dataclasses.field(default_factory=dict)
    _subjects: dict[str, str] = dataclasses.field(default_factory=dict)

    def opens(self, at: str, who: str, name: str, subject: str, text: str, queue: str = "Support") -> None:
        """A customer's first mail. Its number is found as the newest one: numbers only grow."""
        self._at(at)
        self.tracker.mail(PEOPLE[who], subject, text, queue, Cc="boss@elsewhere.example")
        newest = self.tracker.act("ana", "GET", "tickets?query=id>0&orderby=id&order=DESC&per_page=1")
        self.tickets[name], self._subjects[name] = str(newest["items"][0]["id"]), subject

    def writes(self, at: str, who: str, name: str, text: str, queue: str = "Support") -> None:
        """A customer's further mail, threaded by the ticket's number in its subject."""
        self._at(at)
        subject = f"Re: [tracker.example #{self.tickets[name]}] {self._subjects[name]}"
        self.tracker.mail(PEOPLE[who], subject, text, queue)

    def calls_in(self, at: str, agent: str, name: str, **ticket: Any) -> None:
        """A ticket that an agent opens: for someone on the phone, or to write to them first."""
        self._at(at)
        opened = self.tracker.act(agent, "POST", "ticket", {"Queue": "Support", **ticket})
        self.tickets[name], self._subjects[name] = str(opened["id"]), ticket["Subject"]

    def replies(self, at: str, agent: str, name: str, text: str) -> None:
        self._post(at, agent, name, "correspond", {"Content": text, "ContentType": "text/plain"})

    def notes(self, at: str, agent: str, name: str, text: str) -> None:
        self._post(at, agent, name, "comment", {"Content": text, "ContentType": "text/plain"})

    def sets(self, at: str, agent: str, name: str, **values: Any) -> None:
        self._at(at)
        self.tracker.act(agent, "PUT", f"ticket/{self.tickets[name]}", values)

    def takes(self, at: str, agent: str, name: str, how: str = "take") -> None:
        self._at(at)
        self.tracker.act(agent, "PUT", f"ticket/{self.tickets[name]}/{how}", {})

    def deletes(self, at: str, agent: str, name: str) -> None:
        self._at(at)
        self.tracker.act(agent, "DELETE", f"ticket/{self.tickets[name]}")

    def _post(self, at: str, agent: str, name: str, door: str, body: dict[str, str]) -> None:
        self._at(at)
        self.tracker.act(agent, "POST", f"ticket/{self.tickets[name]}/{door}", body)

    def _at(self, at: str) -> None:
        self.tracker.at(f"2026-{at}:00")


def _first_week(pen: Pen) -> None:
    pen.opens("03-16 10:00", "zoe", "invoice", "Rechnung für März fehlt", "Wo ist meine Rechnung? 😀")
    pen.takes("03-16 10:20", "ana", "invoice")
    pen.notes("03-16 10:25", "ana", "invoice", "Die Rechnung hängt im Export, ich frage die Buchhaltung.")
    pen.replies("03-16 11:30", "ana", "invoice", "Liebe Zoë, die Rechnung liegt jetzt in Ihrem Postfach.")
    pen.sets("03-17 09:13", "ana", "invoice", CustomFields={"Root cause": "Billing error"})
    pen.sets("03-17 09:14", "ana", "invoice", CustomFields={"CSAT": "5"})
    pen.sets("03-17 09:15", "ana", "invoice", Status="resolved")
    pen.opens("03-17 10:00", "ana", "colleague", "My own laptop is slow", "It takes ten minutes to start.")
    pen.replies("03-17 10:30", "bo", "colleague", "Come by at noon, I will look at it.")
    pen.sets("03-17 10:31", "bo", "colleague", Status="resolved")
    pen.calls_in(
        *("03-18 15:00", "bo", "outbound"),
        Subject="Your contract ends soon", Requestor="ola@client.example", Content="Shall we renew it?",
    )  # fmt: skip
    pen.sets("03-18 15:05", "bo", "outbound", Status="resolved")
    pen.opens("03-19 14:00", "zoe", "invoice again", "Rechnung für März fehlt immer noch", "Nichts da.")
    pen.replies("03-20 16:30", "bo", "invoice again", "Jetzt ist sie wirklich verschickt, hier die Kopie.")
    pen.sets("03-20 16:40", "bo", "invoice again", CustomFields={"Root cause": "Billing error"})
    pen.sets("03-20 16:45", "bo", "invoice again", Status="resolved")
    pen.writes("03-21 08:00", "zoe", "invoice again", "Thanks a lot!")
    pen.opens("03-21 11:00", "rosa", "weekend", "Where is the opt-out?", "I cannot find it anywhere.")
    pen.replies("03-22 10:00", "ana", "weekend", "It is at the bottom of each newsletter.")


def _second_week(pen: Pen) -> None:
    pen.sets("03-23 09:00", "ana", "weekend", Status="resolved")
    pen.sets("03-23 09:05", "bo", "invoice again", Status="resolved")
    pen.opens("03-24 09:00", "mira", "login, merged", "Cannot log in", "The page says no.")
    pen.opens("03-24 09:40", "mira", "login", "Cannot log in since this morning", "Still no.")
    pen.sets("03-24 10:10", "ana", "login, merged", MergeInto=pen.tickets["login"])
    pen.replies("03-24 11:00", "ana", "login", "Your account is unlocked now.")
    pen.sets("03-24 11:30", "ana", "login", Status="resolved")
    pen.opens("03-25 09:00", "petra", "unanswered", "Öffnungszeiten", "Wann haben Sie geöffnet?")
    pen.sets("03-25 15:00", "ana", "unanswered", Status="resolved")
    pen.opens("03-26 08:00", "prize", "rejected", "You won", "Click here.")
    pen.sets("03-26 09:00", "bo", "rejected", Status="rejected")
    pen.opens("03-27 16:00", "kim", "printer", "Printer prints blank pages", "All pages are blank.")


def _week_of_the_clock_change(pen: Pen) -> None:
    pen.takes("03-30 08:20", "ana", "printer")
    pen.replies("03-30 08:30", "ana", "printer", "Please clean the drum as shown on page 4.")
    pen.sets("03-30 09:00", "ana", "printer", Status="resolved")
    pen.writes("03-31 10:00", "kim", "printer", "It still prints blank pages.")
    pen.takes("03-31 10:30", "bo", "printer", how="steal")
    pen.replies("03-31 12:00", "bo", "printer", "I have sent you a new drum, it arrives tomorrow.")
    pen.sets("03-31 12:05", "bo", "printer", Status="resolved")
    pen.opens("04-01 08:00", "junk", "deleted", "Cheap watches", "Buy now.")
    pen.opens("04-02 09:00", "tess", "robot", "Refund for order 77", "It was broken.", queue="Robots")
    pen.deletes("04-02 09:10", "bo", "deleted")
    pen.replies("04-02 09:30", "bo", "robot", "The refund is on its way.")
    pen.sets("04-02 09:35", "bo", "robot", Status="resolved")
    pen.opens("04-02 10:00", "umi", "restored", "住所の変更", "新しい住所をお知らせします。")
    pen.deletes("04-02 10:30", "bo", "restored")
    pen.sets("04-02 11:00", "bo", "restored", Status="open")
    pen.replies("04-02 11:10", "bo", "restored", "ありがとうございます。変更しました。")
    pen.sets("04-02 11:11", "bo", "restored", Status="resolved")


def _fourth_week(pen: Pen) -> None:
    pen.calls_in(
        *("04-07 10:00", "ana", "phone"),
        Subject="Nina's phone has no signal", Requestor="nina@firma.example",
        Content="Nina called: no signal at home.", CustomFields={"Channel": "Phone"},
    )  # fmt: skip
    pen.sets("04-07 10:05", "ana", "phone", Status="resolved")
    pen.opens("04-08 07:00", "lukasz", "bounced", "VPN für Łódź", "Proszę o dostęp.")
    pen.sets("04-08 08:10", "cy", "bounced", Queue="Billing")
    pen.sets("04-08 08:40", "ana", "bounced", Queue="Support")
    pen.replies("04-08 09:00", "ana", "bounced", "Which device do you use?")
    pen.writes("04-08 09:01", "nina", "phone", "It happened again today.")
    pen.sets("04-08 09:30", "ana", "bounced", Status="stalled")
    pen.replies("04-08 09:41", "ana", "phone", "Please switch it off and on once more.")
    pen.sets("04-08 10:01", "ana", "phone", Status="resolved")
    pen.writes("04-09 10:00", "lukasz", "bounced", "A phone. Is that a problem?")
    pen.replies("04-09 10:45", "ana", "bounced", "Not at all, the profile is attached.")
    pen.sets("04-09 10:46", "ana", "bounced", Status="resolved")
    pen.opens("04-09 15:30", "petra", "agreed", "Kündigung", "Bitte bestätigen Sie.", queue="Contracts")
    pen.replies("04-09 16:10", "bo", "agreed", "Bestätigt zum Monatsende.")
    pen.sets("04-09 16:11", "bo", "agreed", Status="resolved")
    pen.calls_in(
        *("04-10 09:00", "bo", "outbound, answered"),
        Subject="Planned maintenance", Requestor="pavel@client.example", Content="We update on Monday.",
    )  # fmt: skip


def _last_week(pen: Pen) -> None:
    pen.writes("04-13 08:30", "pavel", "outbound, answered", "At what time exactly?")
    pen.replies("04-13 09:15", "bo", "outbound, answered", "From 20:00 to 21:00.")
    pen.sets("04-13 09:30", "bo", "outbound, answered", Status="resolved")
    pen.opens("04-14 13:00", "omar", "never answered", "Please cancel my order", "Order 4711.")
    pen.opens("04-15 08:00", "sami", "still waiting", "How do I export?", "I need a file.")
    pen.replies("04-15 08:30", "ana", "still waiting", "Use the menu File.")
    pen.writes("04-16 09:00", "omar", "never answered", "Is there any update on my order?")
    pen.writes("04-17 12:00", "sami", "still waiting", "Where is that menu?")
