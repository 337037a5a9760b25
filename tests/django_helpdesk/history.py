"""Five weeks at a small helpdesk, lived through django-helpdesk's own pages and mailbox.

Moments are UTC in 2026. Each ticket has a name, by which `worked_by_hand.py` says what the audit must tell.
"""

from __future__ import annotations

from typing import Any

from tests.django_helpdesk.server import Application

RESOLVED, CLOSED, REOPENED = 3, 4, 2


class Pen:
    """Writes history: what each did and when, to which ticket."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.tickets: dict[str, int] = {}

    def mails(self, at: str, who: str, name: str, subject: str, text: str, queue: str = "Support") -> None:
        """A mail: the first opens the ticket, others name it in their subject."""
        sender = who if "@" in who else f"{who}@client.example"
        if name in self.tickets:
            subject = f"Re: [{queue.lower()}-{self.tickets[name]}] {subject}"
        told = self.application.act(at, "mail", who=sender, subject=subject, text=text, queue=queue)
        self.tickets.setdefault(name, told["ticket"])
        assert told["ticket"] == self.tickets[name]

    def submits(self, at: str, who: str, name: str, subject: str, text: str) -> None:
        told = self.application.act(at, "submit", who=f"{who}@client.example", subject=subject, text=text)
        self.tickets[name] = told["ticket"]

    def writes_down(self, at: str, agent: str, who: str, name: str, subject: str, text: str, **fields: str) -> None:
        sender = f"{who}@client.example"
        told = self.application.act(at, "open", agent=agent, who=sender, subject=subject, text=text, **fields)
        self.tickets[name] = told["ticket"]

    def updates(self, at: str, agent: str, name: str, **form: Any) -> None:
        self.does(at, "update", name, agent=agent, **form)

    def replies(self, at: str, agent: str, name: str, text: str, **form: Any) -> None:
        self.updates(at, agent, name, comment=text, public=1, **form)

    def does(self, at: str, what: str, name: str, **how: Any) -> None:
        self.application.act(at, what, ticket=self.tickets[name], **how)

    def in_bulk(self, at: str, agent: str, name: str, action: str) -> None:
        self.application.act(at, "in_bulk", agent=agent, tickets=[self.tickets[name]], action=action)


def write(application: Application) -> dict[str, int]:
    """Writes all of it; gives name → ticket."""
    pen = Pen(application)
    for week in (_first_week, _second_week, _week_of_the_clock_change, _fourth_week, _last_week):
        week(pen)
    return pen.tickets


def _first_week(pen: Pen) -> None:
    pen.mails("03-16 10:00", "zoe", "invoice", "Rechnung für März fehlt", "Wo ist meine Rechnung?")
    pen.updates("03-16 10:20", "ana", "invoice", owner="ana")
    pen.updates("03-16 10:25", "ana", "invoice", comment="Sie hängt im Export.")
    pen.replies("03-16 11:30", "ana", "invoice", "Liebe Zoe, die Rechnung liegt jetzt in Ihrem Postfach.")
    pen.updates("03-17 09:15", "ana", "invoice", new_status=RESOLVED, custom_category="billing")
    pen.mails("03-19 14:00", "zoe", "invoice again", "Rechnung für März fehlt immer noch", "Nichts da.")
    pen.replies(
        *("03-20 16:30", "bo", "invoice again", "Jetzt ist sie wirklich verschickt, hier die Kopie."),
        new_status=RESOLVED, custom_category="billing",
    )  # fmt: skip
    pen.mails("03-21 08:00", "zoe", "invoice again", "Rechnung", "Thanks a lot!")
    pen.submits("03-21 11:00", "rosa", "weekend", "Where is the opt-out?", "I cannot find it anywhere.")
    pen.replies("03-22 10:00", "ana", "weekend", "It is at the bottom of each newsletter.")


def _second_week(pen: Pen) -> None:
    pen.updates("03-23 09:00", "ana", "weekend", new_status=CLOSED)
    pen.mails("03-24 09:00", "mira", "login, merged", "Cannot log in", "The page says no.")
    pen.mails("03-24 09:40", "mira", "login", "Cannot log in since this morning", "Still no.")
    pen.does("03-24 10:10", "merge", "login, merged", agent="ana", into=pen.tickets["login"])
    pen.replies("03-24 11:00", "ana", "login", "Your account is unlocked now.")
    pen.updates("03-24 11:30", "ana", "login", new_status=RESOLVED)
    pen.mails("03-27 16:00", "kim", "printer", "Printer prints blank pages", "All pages are blank.")


def _week_of_the_clock_change(pen: Pen) -> None:
    pen.in_bulk("03-30 08:20", "ana", "printer", "take")
    pen.replies("03-30 08:30", "ana", "printer", "Please clean the drum as shown on page 4.")
    pen.updates("03-30 09:00", "ana", "printer", new_status=CLOSED)
    pen.mails("03-31 10:00", "kim", "printer", "Printer", "It still prints blank pages.")
    pen.in_bulk("03-31 10:30", "bo", "printer", "take")
    pen.replies("03-31 12:00", "bo", "printer", "I have sent you a new drum, it arrives tomorrow.")
    pen.updates("03-31 12:05", "bo", "printer", new_status=CLOSED)
    pen.mails("04-01 08:00", "junk", "deleted", "Cheap watches", "Buy now.")
    pen.does("04-02 09:10", "delete", "deleted", agent="bo")


def _fourth_week(pen: Pen) -> None:
    pen.mails("04-06 09:00", "tess", "by mail", "Refund for order 77", "It was broken.")
    pen.mails("04-06 10:00", "ana@desk.example", "by mail", "Refund", "The refund is on its way.")
    pen.updates("04-06 10:30", "ana", "by mail", new_status=RESOLVED)
    pen.writes_down(
        *("04-07 10:00", "ana", "nina", "phone", "Nina's phone has no signal", "Nina called: no signal at home."),
        custom_reached_by="Phone",
    )  # fmt: skip
    pen.updates("04-07 10:05", "ana", "phone", new_status=RESOLVED)
    pen.mails("04-08 07:00", "lukasz", "bounced", "VPN for Lodz", "Prosze o dostep.")
    pen.updates("04-08 08:10", "bo", "bounced", queue="Billing")
    pen.updates("04-08 08:40", "ana", "bounced", queue="Support")
    pen.replies("04-08 09:00", "ana", "bounced", "Which device do you use?")
    pen.mails("04-08 09:01", "nina", "phone", "Phone", "It happened again today.")
    pen.does("04-08 09:30", "hold", "bounced", agent="ana")
    pen.updates("04-08 09:35", "ana", "phone", new_status=REOPENED)
    pen.replies("04-08 09:41", "ana", "phone", "Please switch it off and on once more.")
    pen.updates("04-08 10:01", "ana", "phone", new_status=RESOLVED)
    pen.mails("04-09 10:00", "lukasz", "bounced", "VPN", "A phone. Is that a problem?")
    pen.does("04-09 10:40", "hold", "bounced", agent="ana", how="unhold")
    pen.replies("04-09 10:45", "ana", "bounced", "Not at all, the profile is attached.", new_status=RESOLVED)
    pen.writes_down("04-10 09:00", "bo", "ola", "outbound", "Your contract ends soon", "Shall we renew it?")
    pen.updates("04-10 09:05", "bo", "outbound", new_status=RESOLVED)


def _last_week(pen: Pen) -> None:
    pen.mails("04-13 08:00", "pavel", "escalated", "Charged twice", "See my statement.", queue="Billing")
    pen.submits("04-13 13:00", "omar", "accepted", "Please cancel my order", "Order 4711.")
    pen.replies("04-13 14:00", "ana", "accepted", "It is cancelled.", new_status=RESOLVED)
    pen.does("04-13 15:00", "accept", "accepted")
    pen.mails("04-14 09:00", "uwe", "dragged", "Where is my parcel?", "It was due on Friday.")
    pen.replies("04-14 10:00", "bo", "dragged", "It is with the carrier.")
    pen.does("04-14 11:00", "drag", "dragged", agent="bo", status=RESOLVED)
    pen.submits("04-15 08:00", "sami", "still waiting", "How do I export?", "I need a file.")
    pen.replies("04-15 08:30", "ana", "still waiting", "Use the menu File.")
    pen.application.act("04-16 08:00", "escalate")
    pen.replies("04-16 09:15", "bo", "escalated", "The second charge is refunded.")
    pen.updates("04-16 09:30", "bo", "escalated", new_status=RESOLVED)
    pen.mails("04-17 12:00", "sami", "still waiting", "Export", "Where is that menu?")
