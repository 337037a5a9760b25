"""Answers of a small company in Front, as Front would write them, and what the source makes of them."""

from __future__ import annotations

import dataclasses
from urllib.parse import parse_qsl, urlsplit

from auditlib.caselog import rows as r
from auditlib.conformance import read_all
from auditlib.http import open_session
from auditlib.sources import Window, load
from tests.loopback import Answer, serving
from tests.sources.boxed import QUICK, settings_of

front = load("front")

SETTINGS = settings_of(
    "front", fields={"topic": "custom_field:Topic"}, bots=["assistant@nordlicht.example", "zapier@nordlicht.example"]
)


def rows_of(rows, kind, ticket=None):
    return [row for row in rows if isinstance(row, kind) and (ticket is None or row.ticket == ticket)]


def told(rows, ticket):
    return [(e.kind, e.actor or e.actor_class, e.old, e.new) for e in rows_of(rows, r.Event, ticket)]


AT = r.moment("2026-03-02T08:00:00Z")
SINCE = r.moment("2026-03-01T00:00:00Z")
BARE = dataclasses.replace(SETTINGS, fields={})
ANN = {"handle": "ann@rooms.example", "name": "Ann", "role": "from",
       "_links": {"related": {"contact": "https://acme.api.frontapp.com/contacts/crd_11"}}}  # fmt: skip
GRACE = {"id": "tea_51", "email": "grace@lamps.example", "first_name": "Grace", "last_name": "Ho", "type": "user"}
SYNC = {"id": "tea_50", "type": "integration"}
INBOX = {"id": "inb_7", "name": "Lamps", "is_private": False}
OTHER = {"id": "inb_8", "name": "Candles", "is_private": False}


def end(kind, data=None):
    return {"_meta": {"type": kind}, "data": data}


BY_GRACE = end("teammate", GRACE)


def conversation(cnv="1", **more):
    return {
        "id": f"cnv_{cnv}",
        "status": "unassigned",
        "created_at": AT,
        "subject": "Dark",
        "recipient": ANN,
        **more,
    }


def event(number, kind, at=AT, source=BY_GRACE, target=None, **about):
    return {"id": f"evt_{number}", "type": kind, "emitted_at": at, "source": source, "target": target,
            "conversation": conversation(**about)}  # fmt: skip


def message(number, at=AT, is_inbound=True, **more):
    ours = {"handle": "lamps@lamps.example", "role": "to" if is_inbound else "from"}
    theirs = {**ANN, "role": "from" if is_inbound else "to"}
    return {"id": f"msg_{number}", "type": "email", "is_inbound": is_inbound, "created_at": at, "draft_mode": None,
            "author": None if is_inbound else GRACE, "recipients": [ours, theirs], "text": f"text {number}",
            **more}  # fmt: skip


def of_message(number, kind, at, told, inbox=INBOX, **about):
    return event(number, kind, at, end("inboxes", [inbox]), end("message", told), **about)


def listed(rows, token=None):
    """A page; the next one is on another host, as Front's own are."""
    following = f"https://acme.api.frontapp.com/events?limit=15&page_token={token}" if token else None
    return {"_pagination": {"next": following}, "_links": {"self": None}, "_results": rows}


def answering(found):
    """A company of a few answers: `found(path, query)`; what it does not know is an empty list."""

    def answer(request):
        address = urlsplit(request.path)
        path, query = address.path.removeprefix("/"), dict(parse_qsl(address.query))
        told = found(path, query)
        if told is None and path in ("teammates", "inboxes"):
            told = listed([GRACE, SYNC] if path == "teammates" else [INBOX, OTHER])
        return told if isinstance(told, Answer) else Answer(listed([]) if told is None else told)

    return serving(answer)


def opened(server, settings=BARE):
    connection = {"host": server.url, "extra": {"token": "secret"}}
    return open_session(connection, settings, QUICK)


def fetched(server, window=None, settings=BARE, cursors=None):
    return list(front.fetch(opened(server, settings), cursors or {}, window or Window("live", SINCE), settings))


def asked(server, path):
    addresses = [urlsplit(request.path) for request in server.asked]
    return [dict(parse_qsl(address.query)) for address in addresses if address.path == f"/{path}"]


def company(events, messages):
    """Conversation → its events and messages; the list of all is made of them."""

    def found(path, query):
        if path == "events":
            after, before = float(query["q[after]"]), float(query.get("q[before]", "inf"))
            rows = [row for told in events.values() for row in told if after <= row["emitted_at"] <= before]
            return listed(sorted(rows, key=lambda row: row["emitted_at"]))
        parts = path.split("/")
        if parts[0] != "conversations":
            return None
        told = (events if parts[2] == "events" else messages).get(parts[1])
        return Answer({"_error": {"status": 404}}, status=404) if told is None else listed(told)

    return found


def one(*events, messages=None, **about):
    """The rows of one conversation that an inbound message began, the newest event telling of it as `about`."""
    first = message("1")
    return whole([of_message("1", "inbound", AT, first), *events], messages or [first], **about)


def whole(log, messages, **about):
    """The rows of one conversation of these events and messages, of which each event tells as `about`."""
    log = [{**row, "conversation": conversation(**about)} for row in log]
    with answering(company({"cnv_1": log[::-1]}, {"cnv_1": messages})) as server:
        return read_all(front, fetched(server), BARE)


def statuses(rows):
    return [(e.occurred_at - AT, e.actor or e.actor_class, e.new) for e in rows_of(rows, r.Event) if e.kind == "status"]
