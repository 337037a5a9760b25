"""Salesforce's words in the case log's: statuses, origins, and who somebody is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from auditlib.caselog.words import Status as Ours
from auditlib.sources import Settings
from auditlib.sources._salesforce.shapes import Contact, Status, User
from auditlib.sources._shared.statuses import unmapped

CUSTOM, ACCOUNT = "custom_field:", "organization."
_STATUSES = {
    "new": "new",
    "open": "working; open; in progress; escalated; reopened",
    "pending_customer": "waiting on customer; waiting for customer; pending customer; awaiting customer",
    "on_hold": "on hold; waiting on third party; pending",
}
STATUSES = {theirs: ours for ours, words in _STATUSES.items() for theirs in words.split("; ")}
"""Statuses that many organizations have, whatever their case. A closed one is solved: an answer may open it again."""
_ORIGINS = {"email": "email", "web": "web; site; community; portal", "phone": "phone; call", "chat": "chat; live chat",
            "messaging": "messaging; sms; whatsapp", "social": "social; facebook; twitter", "api": "api"}  # fmt: skip
ORIGINS = {theirs: ours for ours, words in _ORIGINS.items() for theirs in words.split("; ")}
CASE, QUEUE, PERSON, INVITATION = "500", "00G", "005", "0Ki"
"""How the ids of cases, queues, users and invitations to surveys begin; queues and users may own a case."""
PLATFORM = frozenset({"AutomatedProcess", "CloudIntegrationUser"})
STAFF = frozenset({"Standard", "PowerPartner", "Partner"})


def is_id(value: Any) -> bool:
    """Whether a value of the history is an id: what is looked up is told by names as well."""
    return isinstance(value, str) and len(value) in (15, 18) and value.isalnum() and value[0] == "0"


def word(value: Any) -> str | None:
    """A field's value as one word; nothing for an empty one."""
    if isinstance(value, bool):
        return str(value).lower()
    return None if value in (None, "") else str(value)


class People:
    """Who is meant by a user's id or by an address, and what they are."""

    def __init__(self, users: Iterable[User], contacts: Iterable[Contact], settings: Settings) -> None:
        self.users = {user.Id: user for user in users}
        self.contacts = {contact.Id: contact for contact in contacts}
        self._by_address = {c.Email.lower(): c.Id for c in reversed(self.contacts.values()) if c.Email}
        self._bots = frozenset(bot.lower() for bot in settings.bots)
        self._automated = frozenset(name.lower() for name in settings.options.get("automated", ()))
        self.addresses: dict[str, str] = {}
        """Somebody who is no contact → the address from which they wrote."""

    def person(self, user: str | None) -> str | None:
        """A user's key: somebody of a portal is the contact whom the portal knows."""
        known = self.users.get(user or "")
        return (known.ContactId if known and known.ContactId else user) or None

    def who(self, user: str | None) -> tuple[str | None, str | None]:
        """Person and class of whoever did something."""
        known = self.users.get(user or "")
        if known is None:
            return user, None if user else "unknown"
        names = {known.Username.lower(), (known.Email or "").lower()}
        if known.UserType in PLATFORM or names & self._automated:
            return None, "automation"
        return self.person(user), "bot" if names & self._bots else None

    def writer(self, address: str | None, requester: str | None, supplied: str | None) -> str | None:
        """Who wrote from an address: the requester, another contact, or somebody known by it alone."""
        told = (address or "").strip().lower()
        if not told:
            return requester
        own = self.contacts.get(requester or "")
        if told in ((own.Email or "").lower() if own else None, (supplied or "").lower()) and requester:
            return requester
        return self._by_address.get(told) or self.alone(told)

    def alone(self, address: str) -> str:
        """A key for somebody who is known by an address alone, which does not tell it."""
        key = "E-" + hashlib.blake2b(address.lower().encode(), digest_size=8).hexdigest()
        self.addresses[key] = address.lower()
        return key

    def role(self, user: User) -> str:
        """What a user is."""
        if self.who(user.Id)[1] == "bot":
            return "bot"
        return "agent" if user.UserType in STAFF else "customer" if user.ContactId else "unknown"


class Statuses:
    """Which status of the case log a case's status means, the company's own included."""

    def __init__(self, statuses: Iterable[Status], settings: Settings) -> None:
        self._source, self._mapped = settings.name, dict(settings.statuses)
        self._known = {status.ApiName: status for status in statuses}

    def known(self) -> Mapping[str, str | None]:
        """Each status and what it means, if that is known."""
        return {name: self._of(name) for name in self._known}

    def of(self, name: str) -> str:
        """The case log's word; a status that nobody mapped stops the source with the line to add."""
        ours = self._of(name)
        if ours is None:
            raise unmapped(self._source, name)
        return ours

    def _of(self, name: str) -> str | None:
        ours = self._mapped.get(name) or STATUSES.get(name.lower())
        known = self._known.get(name)
        if ours is None and known is not None and known.IsClosed:
            ours = "solved"
        return ours if ours in Ours.__members__ else None
