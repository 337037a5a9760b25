"""Every object of the organization at a moment, as records of fields."""

from __future__ import annotations

from typing import Any

from auditlib.sandbox import people
from auditlib.sandbox.instants import iso
from auditlib.sandbox.past import acts_until, state
from auditlib.sandbox.people import Somebody
from auditlib.sandbox.plan import Act, Change, Plan
from auditlib.sandbox.view import View
from auditlib.sandbox.words import body, names, subject

Record = dict[str, Any]

STATUSES = {
    "new": ("New", False), "open": ("Working", False), "pending": ("Waiting on Customer", False),
    "hold": ("On Hold", False), "solved": ("Solved", True), "closed": ("Closed", True),
    "Waiting on vendor": ("Waiting on vendor", False),
    "Escalated to engineering": ("Escalated to engineering", False),
}  # fmt: skip
ORIGINS = {"email": "Email", "web": "Web", "api": "API", "voice": "Phone", "chat": "Chat",
           "native_messaging": "Messaging"}  # fmt: skip
PLATFORM = "005000000000000001"
"""The automated process."""
UNASSIGNED = "00G000000000000001"
HOURS = "01m"


def when(at: int) -> str:
    """A moment as Salesforce writes it."""
    return iso(at).replace("Z", ".000+0000")


def identity(prefix: str, number: int) -> str:
    """Eighteen letters and digits, of which the first three tell the kind."""
    return f"{prefix}{number:015d}"


def everyone(view: View) -> dict[int, Somebody]:
    """Everybody by number."""
    return {told.id: told for told in people.everybody(view.world, view.now)}


def is_user(told: Somebody) -> bool:
    """Whoever works here has, or had, an account."""
    return told.role in ("agent", "admin") or told.has_left


def _by(view: View, plan: Plan, act: Act) -> str:
    """Who did it: what a customer sends, the platform files."""
    who = view.once(everyone).get(act.actor)
    rules = act.via.startswith("rule") or who is None or not is_user(who) or who.id == plan.customer.id
    return PLATFORM if rules else identity("005", act.actor)


def cases(view: View) -> list[Record]:
    """Every case, those in the recycle bin among them."""
    return [_case(view, plan) for plan in view.plans]


def _case(view: View, plan: Plan) -> Record:
    acts = acts_until(plan, view.now)
    now_is = state(plan, acts)
    first = acts[0].message if acts[0].message and acts[0].message.is_public else None
    status = now_is.custom_status or ("closed" if now_is.status == "deleted" else now_is.status)
    return {
        "Id": identity("500", plan.id), "CaseNumber": str(plan.id), "CreatedDate": when(plan.created_at),
        "SystemModstamp": when(_touched(view, plan)), "Status": STATUSES[status][0],
        "IsDeleted": plan.is_deleted(view.now), "MasterRecordId": None,
        "Priority": (now_is.priority or "normal").title(), "Origin": ORIGINS[plan.channel],
        "OwnerId": _owner(now_is.assignee_id),
        "ContactId": identity("003", plan.customer.id),
        "AccountId": identity("001", plan.customer.organization) if plan.customer.organization else None,
        "SuppliedEmail": None, "Subject": subject(plan),
        "Description": body(plan, first, names(view.world.company).get(acts[0].actor, "")) if first else None,
        "CreatedById": _by(view, plan, acts[0]), "Topic__c": now_is.topic, "Team__c": _team(view, now_is.group_id),
        "BusinessHoursId": identity(HOURS, now_is.schedule) if now_is.schedule else None,
    }  # fmt: skip


def _touched(view: View, plan: Plan) -> int:
    """When the case itself last changed: a mail that comes in leaves it as it is, and so does a survey."""
    moved = [a.at for a in acts_until(plan, view.now) if any(c.field != "satisfaction_score" for c in a.changes)]
    whole = view.moved(plan)
    last = acts_until(plan, view.now)[-1].at
    return whole if whole > last else max([plan.created_at, *moved])


def _owner(number: int | None) -> str:
    return identity("005", number) if number else UNASSIGNED


def _team(view: View, number: int | None) -> str | None:
    return view.world.company.group(number).name if number else None


def history(view: View) -> list[Record]:
    """Each change of a tracked field; of an owner twice, by names and by ids."""
    return [row for plan in view.plans if not plan.is_deleted(view.now) for row in _Lines(view, plan).told]


class _Lines:
    def __init__(self, view: View, plan: Plan) -> None:
        self._view, self._plan, self.told = view, plan, list[Record]()
        self._status = STATUSES["new" if plan.acts[0].actor == plan.customer.id else "open"][0]
        for i, act in enumerate(acts_until(plan, view.now)):
            custom = next((c.new for c in act.changes if c.field == "custom_status"), None)
            for change in act.changes:
                self._changed(i, act, change, custom)

    def _changed(self, update: int, act: Act, change: Change, custom: str | None) -> None:
        if change.field in ("status", "custom_status"):
            to = custom or change.new
            if to in STATUSES:
                before, self._status = self._status, STATUSES[to][0]
                self._add(update, act, "Status", before, self._status)
        elif change.field == "assignee_id":
            self._add(update, act, "Owner", "Somebody", "Somebody else")
            self._add(update, act, "Owner", _owner(change.old), _owner(change.new))
        elif change.field == "group_id":
            self._add(update, act, "Team__c", _team(self._view, change.old), _team(self._view, change.new))
        elif change.field == "schedule" and change.old:
            company = self._view.world.company
            self._add(update, act, "BusinessHours", *(company.schedule(n).name for n in (change.old, change.new)))
            self._add(update, act, "BusinessHours", *(identity(HOURS, n) for n in (change.old, change.new)))
        elif change.field == "topic":
            self._add(update, act, "Topic__c", change.old, change.new)
        elif change.field == "priority":
            self._add(update, act, "Priority", (change.old or "normal").title(), change.new.title())

    def _add(self, update: int, act: Act, field: str, old: Any, new: Any) -> None:
        if update and old != new:
            self.told.append({
                "Id": identity("017", self._plan.id * 10_000 + len(self.told)),
                "CaseId": identity("500", self._plan.id), "Field": field, "OldValue": old, "NewValue": new,
                "CreatedDate": when(act.at),
                "CreatedById": _by(self._view, self._plan, act),
            })  # fmt: skip


def _written(view: View) -> list[tuple[Plan, int, Act]]:
    return [
        (plan, i, act)
        for plan in view.plans
        if not plan.is_deleted(view.now)
        for i, act in enumerate(acts_until(plan, view.now))
        if act.message
    ]


def mails(view: View) -> list[Record]:
    """What customers and agents wrote to each other; the description stands for the first, unless that was a mail."""
    found = []
    for plan, i, act in _written(view):
        assert act.message is not None
        incoming = act.actor in (plan.customer.id, plan.copied)
        if act.message.is_public and (i or (plan.channel == "email" and incoming)):
            who = view.once(everyone).get(act.actor)
            found.append({
                "Id": identity("02s", plan.id * 10_000 + i), "ParentId": identity("500", plan.id),
                "CreatedDate": when(act.at), "MessageDate": when(act.at), "Incoming": incoming,
                "Status": "0" if incoming else "3", "FromAddress": who.email if who else "support@nordlicht.example",
                "TextBody": body(plan, act.message, names(view.world.company).get(act.actor, "")),
                "CreatedById": _by(view, plan, act), "SystemModstamp": when(act.at),
            })  # fmt: skip
    return found


def comments(view: View) -> list[Record]:
    """Notes among colleagues."""
    return [
        {
            "Id": identity("00a", plan.id * 10_000 + i), "ParentId": identity("500", plan.id),
            "CreatedDate": when(act.at), "IsPublished": False, "CreatedById": _by(view, plan, act),
            "CommentBody": body(plan, act.message, names(view.world.company).get(act.actor, "")),
            "SystemModstamp": when(act.at),
        }
        for plan, i, act in _written(view)
        if act.message and not act.message.is_public
    ]  # fmt: skip


def users(view: View) -> list[Record]:
    """Who works here, or did; and the platform."""
    platform = {"Id": PLATFORM, "Username": "autoproc@nordlicht.example", "UserType": "AutomatedProcess",
                "Name": "Automated Process", "Email": None, "IsActive": True, "ContactId": None}  # fmt: skip
    return [
        platform,
        *(
            {"Id": identity("005", told.id), "Username": told.email, "UserType": "Standard", "Name": told.name,
             "Email": told.email, "IsActive": not told.has_left, "ContactId": None}
            for told in view.once(everyone).values() if is_user(told)
        ),
    ]  # fmt: skip


def contacts(view: View) -> list[Record]:
    """Whoever has written."""
    return [
        {"Id": identity("003", told.id), "Name": told.name, "Email": told.email,
         "AccountId": identity("001", told.organization) if told.organization else None}
        for told in view.once(everyone).values() if not is_user(told) or told.customer is not None
    ]  # fmt: skip


def accounts(view: View) -> list[Record]:
    """The business customers, with their plan as a field of the company's own."""
    return [{"Id": identity("001", org.id), "Name": org.name, "Plan__c": org.tier}
            for org in people.organizations(view.world)]  # fmt: skip


def queues(view: View) -> list[Record]:
    """The one queue that has what nobody has."""
    return [{"Id": UNASSIGNED, "Name": "Unassigned", "Type": "Queue"}]


def statuses(view: View) -> list[Record]:
    """The statuses of cases."""
    return [{"Id": identity("01J", i), "ApiName": name, "MasterLabel": name, "IsClosed": closed}
            for i, (name, closed) in enumerate(STATUSES.values())]  # fmt: skip
