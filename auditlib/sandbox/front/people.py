"""Teammates, machines, contacts, inboxes and shifts, as Front shows them."""

from __future__ import annotations

from auditlib.sandbox.company import Company, Schedule
from auditlib.sandbox.customers import Customer
from auditlib.sandbox.front.words import FIELDS, Payload, address, identity, links, seconds
from auditlib.sandbox.people import Somebody, everybody
from auditlib.sandbox.plan import Plan
from auditlib.sandbox.staff import ASSISTANT, INTEGRATION
from auditlib.sandbox.view import View

RULE = 8_100_001
"""Who writes where a rule does, unless nobody is named at all."""
PRIVATE = 360_000_199
MACHINES = {ASSISTANT: "API", INTEGRATION: "integration", RULE: "rule"}
DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
MINUTES_A_DAY = 1440


def everyone(view: View) -> dict[int, Somebody]:
    """Everybody by number."""
    return {told.id: told for told in everybody(view.world, view.now)}


def works_here(told: Somebody | None) -> bool:
    """Whoever has, or had, a seat; machines among them."""
    return told is not None and (told.role in ("agent", "admin") or told.has_left)


def is_inbound(plan: Plan, actor: int) -> bool:
    """Whether somebody writes from outside: also a colleague who asks for something."""
    return actor in (plan.customer.id, plan.copied)


def teammate(view: View, number: int) -> Payload:
    """Somebody who works here, or a machine that acts like one."""
    company, told, kind = view.world.company, view.once(everyone).get(number), MACHINES.get(number, "user")
    first, _, last = (told.name if told else "Rule").partition(" ")
    key = identity("tea", number)
    bot = {"botSource": address(company, f"rules/{identity('rul', 1)}")} if kind == "rule" else {}
    return {
        "_links": links(company, f"teammates/{key}", "inboxes", "conversations", **bot), "id": key,
        "email": told.email if told else f"rule-{number}@bots.frontapp.example", "username": f"{first.lower()}{number}",
        "first_name": first, "last_name": last, "is_admin": told is not None and told.role == "admin",
        "is_available": told is not None and not told.has_left, "is_blocked": told is not None and told.has_left,
        "type": kind, "custom_fields": {},
    }  # fmt: skip


def teammates(view: View) -> list[Payload]:
    """Who has a seat: of those who left half are blocked, the others are gone. Machines have none."""
    return [
        teammate(view, told.id)
        for told in view.once(everyone).values()
        if works_here(told) and told.id not in MACHINES and (not told.has_left or told.id % 2)
    ]


def recipient(view: View, plan: Plan, number: int, role: str) -> Payload:
    """Somebody from outside, by the contact that Front keeps of them; who sends messages, by the telephone."""
    told = plan.customer if number == plan.customer.id else view.once(everyone)[number]
    phone = told.phone if isinstance(told, Customer) and plan.channel == "native_messaging" else None
    handle = (phone or "").replace(" ", "") or (told.emails[0] if isinstance(told, Customer) else told.email)
    contact = address(view.world.company, f"contacts/{identity('crd', number)}")
    return {"_links": {"related": {"contact": contact}}, "name": told.name, "handle": handle, "role": role}


def our_side(company: Company, group: int, role: str) -> Payload:
    """The address of an inbox: no contact is kept of it."""
    return {"_links": {"related": {"contact": None}}, "name": None, "role": role,
            "handle": f"inbox{group}@{company.subdomain}.example"}  # fmt: skip


def inbox(company: Company, number: int) -> Payload:
    """One inbox: the company's groups are its inboxes, and one belongs to a teammate alone."""
    key, is_private = identity("inb", number), number == PRIVATE
    return {
        "_links": links(company, f"inboxes/{key}", "teammates", "conversations", "channels",
                        owner=address(company, "teams/tim_k30")),
        "id": key, "name": "Olga Admin" if is_private else company.group(number).name, "is_private": is_private,
        "is_public": not is_private, "custom_fields": {},
    }  # fmt: skip


def inboxes(view: View) -> list[Payload]:
    """The inboxes of the company, which are not those of its teammates."""
    return [inbox(view.world.company, group.id) for group in view.world.company.groups.values()]


def teams(view: View) -> list[Payload]:
    """Front's teams are workspaces, of which the company has one."""
    company = view.world.company
    return [{"_links": {"self": address(company, "teams/tim_k30")}, "id": "tim_k30", "name": company.name}]


def rule(company: Company, name: str) -> Payload:
    """A rule, by its name."""
    key = identity("rul", sum(map(ord, name)))
    return {"_links": links(company, f"rules/{key}", owner=None), "id": key, "name": name, "actions": [],
            "is_private": False}  # fmt: skip


def tag(company: Company, name: str) -> Payload:
    """A tag, by its name."""
    key, since = identity("tag", tag_number(name)), seconds(company.since * 1000)
    return {
        "_links": links(company, f"tags/{key}", "conversations", "children", owner=None, parent_tag=None), "id": key,
        "name": name, "description": None, "highlight": None, "is_private": False,
        "is_visible_in_conversation_lists": True, "created_at": since, "updated_at": since,
    }  # fmt: skip


def tag_number(name: str) -> int:
    """The number of a tag: its name's letters tell it."""
    return int.from_bytes(name.encode()[:7], "big")


def custom_fields(view: View) -> list[Payload]:
    """The fields of conversations."""
    company = view.world.company
    values = {"topic": [topic.name for topic in company.topics], "priority": ["low", "normal", "high", "urgent"]}
    return [
        custom_field(company, ours) | {"values": [{"value": word, "label": word} for word in values[ours]]}
        for ours in FIELDS
    ]


def custom_field(company: Company, ours: str) -> Payload:
    """One field, without what may stand in it."""
    number, name = FIELDS[ours]
    key = identity("fld", number)
    return {"_links": {"self": address(company, f"custom_fields/{key}")}, "id": key, "name": name, "description": "",
            "type": "enum"}  # fmt: skip


def shifts(view: View) -> list[Payload]:
    """When which team works: the hours of a week, and no holidays."""
    return [_shift(view, schedule) for schedule in view.world.company.schedules.values()]


def _shift(view: View, schedule: Schedule) -> Payload:
    company, key = view.world.company, identity("shf", schedule.id)
    held = [week for week in schedule.weeks if week.since.toordinal() <= 719_163 + view.now // 86_400]
    times = {}
    for begin, end in (held or schedule.weeks[:1])[-1].intervals:
        day = begin // MINUTES_A_DAY
        times[DAYS[day]] = {
            name: f"{minute // 60:02d}:{minute % 60:02d}"
            for name, minute in (("start", begin - day * MINUTES_A_DAY), ("end", end - day * MINUTES_A_DAY))
        }
    since = seconds(company.since * 1000)
    return {"_links": links(company, f"shifts/{key}", "teammates", owner=address(company, "teams/tim_k30")),
            "id": key, "name": schedule.name, "color": "green", "timezone": schedule.iana, "times": times,
            "created_at": since, "updated_at": since}  # fmt: skip
