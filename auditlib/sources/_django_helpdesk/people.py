"""Who is named in a chunk: users of django-helpdesk, and customers who are only an address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditlib.caselog.rows import Person, Row
from auditlib.sources._django_helpdesk.shapes import User
from auditlib.sources._shared.identities import identities


class People:
    """People by number, by name and by address; an address that no user has is a person by itself."""

    def __init__(self, users: Iterable[User], bots: frozenset[str]) -> None:
        self._users = {user.id: user for user in users}
        self._by_name = {user.username: user for user in self._users.values()}
        # Of two users with one address the one who works here: a customer's account may be a colleague's as well.
        ordered = sorted(self._users.values(), key=lambda user: (bool(user.is_staff), -user.id))
        self._by_address = {user.email.lower(): user for user in ordered if user.email}
        self._bots = bots
        self._addresses: set[str] = set()

    def by_name(self, name: str) -> str | None:
        user = self._by_name.get(name)
        return str(user.id) if user else None

    def by_address(self, address: str | None) -> str | None:
        """A person's id: the user's, or the address itself."""
        if not address:
            return None
        user = self._by_address.get(address.lower())
        if user is None:
            self._addresses.add(address.lower())
        return str(user.id) if user else address.lower()

    def is_staff(self, number: int | None) -> bool:
        user = self._users.get(number or 0)
        return bool(user and user.is_staff)

    def rows(self) -> Iterator[Row]:
        """Everybody who was named, once."""
        for user in self._users.values():
            is_bot = not {user.username, user.email}.isdisjoint(self._bots)
            name = " ".join(filter(None, (user.first_name, user.last_name))) or user.username
            role = "bot" if is_bot else "agent" if user.is_staff else "customer"
            yield from _person(str(user.id), role, name, user.email.lower() or None, bool(user.is_active))
        for address in sorted(self._addresses):
            role = "bot" if address in self._bots else "customer"
            yield from _person(address, role, None, address, True)


def _person(person: str, role: str, name: str | None, email: str | None, is_active: bool) -> Iterator[Row]:
    yield Person(person=person, role=role, name=name, email=email, is_active=is_active)
    # Verified by use: mails are sent to this address, and whoever writes from it is told the answers.
    yield from identities(person, "email", email, is_verified=True)
