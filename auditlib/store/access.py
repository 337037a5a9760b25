"""Who reads what: on SQLite a file for leaders beside the store, on PostgreSQL grants and row security.

SQLite knows no roles, so each publication writes `leaders.db` with the leaders' views as tables and
nothing else: the file to hand around. On PostgreSQL the roles of `sql/roles/postgresql.sql` are given
what they may read each night, if they are there:

    audit_leader     the views that leaders read, with the rights of the audit itself: no table beneath
    audit_analyst    every view; those of tickets with the reader's own rights on what they are made of
    audit_team_lead  the same views of tickets, in which they see only what `leads` of their team in
                     audit.toml lets them see: row security on every table beneath
"""

from __future__ import annotations

import contextlib
import os
import pathlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import ModuleType

import sqlalchemy as sa

from auditlib.store import engine as connecting
from auditlib.store import views as stored
from auditlib.store.run_tables import TEAM_LEADS

LEADER, ANALYST, TEAM_LEAD = "audit_leader", "audit_analyst", "audit_team_lead"
LEADERS_FILE = "leaders.db"
OWN_TEAM = f"team IN (SELECT l.team FROM {TEAM_LEADS.name} l WHERE l.lead = current_user)"
OWN_TICKETS = "ticket_key IN (SELECT t.ticket_key FROM ticket_versions t)"
"""What is beneath is bounded by the tickets that the reader sees: row security holds in the policy too."""

Families = Mapping[str, Mapping[str, ModuleType]]


def write_leaders_file(engine: sa.Engine, families: Families) -> pathlib.Path | None:
    """Writes `leaders.db` beside a SQLite store, whole or not at all; gives its path, None on PostgreSQL."""
    store = file_of(engine.url)
    if store is None:
        return None
    path, unfinished = leaders_file(store), store.with_name(f".{LEADERS_FILE}.unfinished")
    unfinished.unlink(missing_ok=True)
    # The standard library's own driver, as for the store: two SQLite libraries must not share a file.
    connection = sqlite3.connect(unfinished, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("ATTACH DATABASE ? AS store", (str(store),))
        connection.execute("BEGIN")
        connection.execute("CREATE TABLE about (name TEXT, sentence TEXT)")
        for view in readable(families, LEADER):
            # A name means what stands in this file already, else the store's: no view is worked out twice.
            connection.execute(view.as_table("sqlite"))
            connection.execute("INSERT INTO about VALUES (?, ?)", (view.name, view.sentence))
        connection.execute("COMMIT")
        connection.execute("DETACH DATABASE store")
    finally:
        connection.close()
    os.replace(unfinished, path)
    return path


@contextlib.contextmanager
def with_leaders_file(engine: sa.Engine, leaders: pathlib.Path | None) -> Iterator[sa.Engine]:
    """The store, with the leaders' views as the tables of their file, which was written a moment ago.

    Nothing in either can be changed. Without a file, as on PostgreSQL, it is the store itself.
    """
    store = file_of(engine.url)
    if leaders is None or store is None:
        yield engine
        return
    opened = connecting.connect(f"sqlite:///{leaders}", looks_only=True)
    # A name means what stands in the leaders' file, else the store's.
    sa.event.listen(opened, "connect", lambda file, _: file.execute("ATTACH DATABASE ? AS store", (str(store),)))
    yield opened
    opened.dispose()


def file_of(url: str | sa.URL) -> pathlib.Path | None:
    """The file that a store on SQLite is; None for PostgreSQL."""
    address = sa.make_url(url)
    is_file = address.get_backend_name() == "sqlite" and address.database
    return pathlib.Path(str(address.database)) if is_file else None


def leaders_file(store: pathlib.Path) -> pathlib.Path:
    """Where the leaders' file of a store lies: beside it."""
    return store.with_name(LEADERS_FILE)


def readable(families: Families, role: str) -> list[stored.View]:
    """The views that a role may read: leaders what is built of figures, team leads what is of tickets.

    Of these, team leads are not given what leaders' views are built on, where every ticket is seen.
    """
    chosen = {LEADER: (True,), ANALYST: (True, False), TEAM_LEAD: (False,)}[role]
    return [view for view in stored.views(families) if view.is_for_leaders in chosen]


def grant(c: sa.Connection, families: Families, leads: Sequence[tuple[str, str]]) -> None:
    """Gives the roles that are there what they may read; `leads` are pairs of a database login and its team.

    Safe to call each night: renewing a view takes its grants away.
    """
    c.execute(sa.delete(TEAM_LEADS))
    if leads:
        c.execute(sa.insert(TEAM_LEADS), [{"lead": lead, "team": team} for lead, team in leads])
    if c.dialect.name != "postgresql":
        return
    there = set(c.scalars(sa.text("SELECT rolname FROM pg_roles")))
    leaders, tickets = _names(families, LEADER), _names(families, TEAM_LEAD)
    # A view with its reader's rights asks for them even where a leaders' view uses it: such a view keeps the audit's.
    shared = set(_beneath(c, leaders)) & set(tickets)
    own = [view for view in tickets if view not in shared and not shared & set(_beneath(c, [view]))]
    if LEADER in there:
        _select(c, LEADER, leaders)
    if ANALYST in there:
        _select(c, ANALYST, _names(families, ANALYST))
    if TEAM_LEAD in there:
        _select(c, TEAM_LEAD, [*own, TEAM_LEADS.name])
    readers = [role for role in (ANALYST, TEAM_LEAD) if role in there]
    if readers:
        for view in own:
            c.execute(sa.text(f'ALTER VIEW "{view}" SET (security_invoker = true)'))
        beneath = _beneath(c, own)
        for role in readers:
            _select(c, role, beneath)
        for table in beneath:
            _secure(c, table, readers)


def _names(families: Families, role: str) -> list[str]:
    return [view.name for view in readable(families, role)]


def _select(c: sa.Connection, role: str, names: Iterable[str]) -> None:
    listed = ", ".join(f'"{name}"' for name in names)
    c.execute(sa.text(f"GRANT SELECT ON {listed} TO {role}"))


def _beneath(c: sa.Connection, views: Sequence[str]) -> list[str]:
    """The tables and views that some views are directly made of."""
    query = sa.text(
        "SELECT DISTINCT table_name FROM information_schema.view_table_usage "
        "WHERE view_schema = current_schema() AND view_name = ANY(:views) ORDER BY table_name"
    )
    return list(c.scalars(query, {"views": list(views)}))


def _secure(c: sa.Connection, table: str, readers: Sequence[str]) -> None:
    """Row security on a table of tickets: analysts see every row, team leads those of their teams."""
    query = sa.text(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = :t"
    )
    columns = set(c.scalars(query, {"t": table}))
    is_table = c.scalar(sa.text("SELECT relkind FROM pg_class WHERE oid = to_regclass(:t)"), {"t": f'"{table}"'}) == "r"
    if not is_table or "ticket_key" not in columns:
        return
    bound = {ANALYST: "true", TEAM_LEAD: OWN_TEAM if table == "ticket_versions" else OWN_TICKETS}
    held = set(c.scalars(sa.text("SELECT policyname FROM pg_policies WHERE tablename = :t"), {"t": table}))
    for role in readers:
        if f"{role}_reads" not in held:
            c.execute(sa.text(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'))
            c.execute(sa.text(f'CREATE POLICY {role}_reads ON "{table}" FOR SELECT TO {role} USING ({bound[role]})'))
