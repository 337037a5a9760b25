"""django-helpdesk itself, in a process of its own that lives at whatever moment it is told.

    python tests/django_helpdesk/application.py FOLDER

Reads one JSON object a line, what somebody does at which moment, and answers each with one. People act through
the application's own pages, customers' mails through its own mail reader. Its time zone is New York's.
"""

from __future__ import annotations

import datetime
import email.message
import json
import logging
import pathlib
import sys
from typing import Any

PASSWORD = "correct-horse"


class Clock:
    """The moment at which the application lives."""

    at = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)

    @classmethod
    def now(cls) -> datetime.datetime:
        return cls.at


def started(folder: pathlib.Path) -> Desk:
    import django
    from django.conf import settings
    from django.utils import timezone

    timezone.now = Clock.now  # before the application takes it for its own
    settings.configure(
        SECRET_KEY="only for tests",
        ALLOWED_HOSTS=["testserver"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "helpdesk.sqlite3"}},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        TIME_ZONE="America/New_York",
        USE_TZ=True,
        ROOT_URLCONF="application",
        STATIC_URL="/static/",
        MEDIA_ROOT=str(folder),
        SITE_ID=1,
        LOGIN_URL="/helpdesk/login/",
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        INSTALLED_APPS=[
            "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.sites",
            "django.contrib.humanize", "django.contrib.messages", "django.contrib.admin", "django.contrib.staticfiles",
            "rest_framework", "helpdesk",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.contrib.auth.context_processors.auth",
                        "django.template.context_processors.request",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        HELPDESK_TEAMS_MODE_ENABLED=False,
        HELPDESK_PUBLIC_ENABLED=True,
        HELPDESK_VIEW_A_TICKET_PUBLIC=True,
    )  # fmt: skip
    logging.disable(logging.CRITICAL)
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    return Desk()


class Desk:
    """What people do, each with the page, the form or the mail that it takes."""

    def __init__(self) -> None:
        from django.contrib.auth.models import User
        from helpdesk.models import CustomField, Queue

        self.users = {}
        for name, is_staff in (("ana", True), ("bo", True), ("dora", False)):
            user = User.objects.create_user(name, f"{name}@desk.example", PASSWORD, is_staff=is_staff)
            user.is_superuser = is_staff
            user.first_name = name.title()
            user.save()
            self.users[name] = user
        self.queues = {
            title: Queue.objects.create(
                title=title, slug=title.lower(), allow_public_submission=True, allow_email_submission=True,
                email_address=f"{title.lower()}@desk.example", escalate_days=days,
            )
            for title, days in (("Support", 0), ("Billing", 2))
        }  # fmt: skip
        for name, label in (("category", "Category"), ("reached_by", "Reached by")):
            CustomField.objects.create(name=name, label=label, data_type="varchar", max_length=50)
        words = "billing\n\n repair \n"
        CustomField.objects.create(name="kind", label="Kind", data_type="list", list_values=words, required=False)

    def act(self, asked: dict[str, Any]) -> dict[str, Any]:
        Clock.at = datetime.datetime.fromisoformat(asked.pop("at")).replace(tzinfo=datetime.UTC)
        return getattr(self, asked.pop("do"))(**asked) or {}

    def mail(self, who: str, subject: str, text: str, queue: str = "Support") -> dict[str, Any]:
        """A mail that arrives in a queue's mailbox."""
        from helpdesk.email import extract_email_metadata

        message = email.message.EmailMessage()
        message["From"], message["To"], message["Subject"] = who, f"{queue.lower()}@desk.example", subject
        message["Message-Id"] = f"<{Clock.at.timestamp()}.{len(subject)}@client.example>"
        message.set_content(text)
        ticket = extract_email_metadata(message.as_string(), self.queues[queue], logging.getLogger("mail"))
        return {"ticket": ticket.id}

    def submit(self, who: str, subject: str, text: str, queue: str = "Support") -> dict[str, Any]:
        """The public form."""
        form = {"queue": self.queues[queue].id, "title": subject, "body": text, "submitter_email": who, "priority": 3}
        return self._opened(self._client(None), form)

    def open(self, agent: str, who: str, subject: str, text: str, **fields: str) -> dict[str, Any]:
        """The form in which staff write down what somebody told them."""
        queue = self.queues["Support"].id
        form = {"queue": queue, "title": subject, "body": text, "submitter_email": who, "priority": 3}
        form |= {"assigned_to": self.users[agent].id, **fields}
        return self._opened(self._client(agent), form)

    def _opened(self, client: Any, form: dict[str, Any]) -> dict[str, Any]:
        from helpdesk.models import Ticket

        before = Ticket.objects.count()
        answer = client.post("/helpdesk/tickets/submit/", form)
        if Ticket.objects.count() != before + 1:
            raise AssertionError(f"no ticket was opened: {answer.status_code} {answer.content[-3000:]!r}")
        return {"ticket": Ticket.objects.latest("id").id}

    def update(self, agent: str, ticket: int, **form: Any) -> None:
        """The form below a ticket."""
        if "owner" in form:
            form["owner"] = self.users[form["owner"]].id if form["owner"] else 0
        if "queue" in form:
            form["queue"] = self.queues[form["queue"]].id
        self._post(self._client(agent), f"/helpdesk/tickets/{ticket}/update/", self._as_it_is(ticket) | form)

    def accept(self, ticket: int) -> None:
        """The link by which a customer accepts an answer."""
        from helpdesk.models import Ticket

        known = Ticket.objects.get(id=ticket)
        asked = {"ticket": known.ticket_for_url, "email": known.submitter_email, "key": known.secret_key, "close": ""}
        self._ok(self._client(None).get("/helpdesk/view/", asked))

    def _as_it_is(self, ticket: int) -> dict[str, Any]:
        from helpdesk.models import Ticket

        known = Ticket.objects.get(id=ticket)
        values = {v.field.name: v.value for v in known.ticketcustomfieldvalue_set.all()}
        fields = {f"custom_{name}": values.get(name, "") for name in ("category", "reached_by")}
        return {"title": known.title, "priority": known.priority, "queue": known.queue_id, "comment": "", **fields}

    def hold(self, agent: str, ticket: int, how: str = "hold") -> None:
        self._post(self._client(agent), f"/helpdesk/tickets/{ticket}/{how}/", {})

    def in_bulk(self, agent: str, action: str, tickets: list[int]) -> None:
        """The list's own menu."""
        self._post(self._client(agent), "/helpdesk/tickets/update/", {"ticket_id": tickets, "action": action})

    def merge(self, agent: str, into: int, ticket: int) -> None:
        address = f"/helpdesk/tickets/merge?tickets={into}&tickets={ticket}"
        self._post(self._client(agent), address, {"chosen_ticket": into})

    def drag(self, agent: str, ticket: int, status: int) -> None:
        """A card that is dragged over the board."""
        from django.urls import reverse

        address = reverse("helpdesk:kanban_update", args=[ticket])
        self._ok(self._client(agent).post(address, {"status": status}, content_type="application/json"))

    def delete(self, agent: str, ticket: int) -> None:
        self._post(self._client(agent), f"/helpdesk/tickets/{ticket}/delete/", {})

    def escalate(self) -> None:
        from django.core.management import call_command

        call_command("escalate_tickets", verbosity=0)

    def _client(self, name: str | None) -> Any:
        from django.test import Client

        client = Client()
        if name:
            client.force_login(self.users[name])
        return client

    def _post(self, client: Any, address: str, form: dict[str, Any]) -> None:
        self._ok(client.post(address, form))

    @staticmethod
    def _ok(answer: Any) -> None:
        refused = b"errorlist" in answer.content or "/login/" in answer.headers.get("Location", "")
        if answer.status_code not in (200, 302) or refused:
            raise AssertionError(f"{answer.status_code}: {answer.content[-2000:]!r}")


def urls() -> list[Any]:
    from django.contrib import admin
    from django.urls import include, path

    return [path("admin/", admin.site.urls), path("helpdesk/", include("helpdesk.urls", namespace="helpdesk"))]


def __getattr__(name: str) -> Any:
    if name == "urlpatterns":
        return urls()
    raise AttributeError(name)


if __name__ == "__main__":
    sys.modules["application"] = sys.modules["__main__"]
    desk = started(pathlib.Path(sys.argv[1]))
    for line in sys.stdin:
        print(json.dumps(desk.act(json.loads(line))), flush=True)
