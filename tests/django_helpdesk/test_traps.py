"""What django-helpdesk's database does not say, or says in its own way, and how each is met."""

from __future__ import annotations

import contextlib
import datetime
import json
import pathlib
import shutil
import sqlite3
from collections.abc import Callable

import pytest
from click.testing import CliRunner

from auditlib.caselog.rows import Event, Notice, Rejected, Ticket
from auditlib.commands import auditlib
from auditlib.opening import opened
from auditlib.sources import Get, SourceChanged, SourceError, Window, django_helpdesk
from tests.django_helpdesk.conftest import LIVE, SINCE, collect, configured, connection
from tests.django_helpdesk.server import Application

Changed = Callable[..., Get]


@pytest.fixture
def changed(application: Application, tickets: dict[str, int], tmp_path: pathlib.Path) -> Changed:
    """A copy of the database in which something was changed, as a `Get`."""

    def with_statements(*statements: str) -> Get:
        path = tmp_path / "copy.sqlite3"
        shutil.copy(application.database, path)
        with contextlib.closing(sqlite3.connect(path)) as copy:
            for statement in statements:
                copy.execute(statement)
            copy.commit()
        return opened(django_helpdesk, configured(), {"conn_type": "sqlite", "host": str(path)})

    return with_statements


def test_the_database_cannot_be_written_and_keeps_its_secrets(get: Get, tickets: dict[str, int]) -> None:
    pages = [page for chunk in django_helpdesk.fetch(get, {}, LIVE, configured()) for page in chunk.pages]
    assert not any(b"secret_key" in page.body or b"password" in page.body for page in pages)
    with pytest.raises(SourceError, match="reads no table"):
        get("/auth_group", {}, stream="groups")
    with pytest.raises(KeyError):
        get("/auth_user", {"columns": "id,password"}, stream="users")


def test_a_file_that_is_no_database_and_one_without_the_tables_are_refused(tmp_path: pathlib.Path) -> None:
    with pytest.raises(SourceError, match="names no file"):
        opened(django_helpdesk, configured(), {"conn_type": "sqlite", "host": str(tmp_path / "none.sqlite3")})
    sqlite3.connect(tmp_path / "empty.sqlite3").close()
    (tmp_path / "empty.sqlite3").touch()
    empty = opened(django_helpdesk, configured(), {"conn_type": "sqlite", "host": str(tmp_path / "empty.sqlite3")})
    with pytest.raises(SourceError, match="may SELECT"):
        collect(empty)
    assert "SELECT on helpdesk_ticket" in django_helpdesk.introduce(empty, configured()).streams["tickets"]
    with pytest.raises(SourceError, match="write sqlite or postgres"):
        opened(django_helpdesk, configured(), {"conn_type": "mysql", "host": "db"})


def test_a_status_of_the_companys_own_must_be_mapped(changed: Changed, tickets: dict[str, int]) -> None:
    number = tickets["still waiting"]
    get = changed(
        f"UPDATE helpdesk_ticket SET status = 7 WHERE id = {number}",
        f"UPDATE helpdesk_followup SET new_status = 7 WHERE ticket_id = {number} AND user_id IS NOT NULL",
    )
    with pytest.raises(SourceChanged, match=r'statuses = \{ "7" = "open" \}'):
        collect(get)
    assert django_helpdesk.introduce(get, configured()).statuses["7"] is None
    rows = collect(get, configured(statuses={"7": "pending_customer"}))
    assert [row.status for row in rows if isinstance(row, Ticket) and row.ticket == str(number)] == ["pending_customer"]


def test_what_can_be_chosen_in_a_list_is_told_line_by_line(get: Get) -> None:
    told = django_helpdesk.introduce(get, configured())
    assert told.choices == {"custom_field:kind": ["billing", "repair"]}


def test_fields_in_another_language_are_named_in_the_settings(changed: Changed, tickets: dict[str, int]) -> None:
    get = changed("UPDATE helpdesk_ticketchange SET field = 'Besitzer' WHERE field = 'Owner'")
    number = str(tickets["invoice"])
    without = collect(get)
    assert not next(row for row in without if _is_ticket(row) and row.ticket == number).has_history
    assert any("""words = { "Besitzer" =""" in row.field for row in without if isinstance(row, Notice))
    told = collect(get, configured(options={"words": {"Besitzer": "Owner"}}))
    assert [e.occurred_at for e in told if _is(e, number, "assignee")] == [_second("03-16 10:20")]


def test_an_owner_who_has_another_name_now_cannot_be_traced(changed: Changed, tickets: dict[str, int]) -> None:
    rows = collect(changed("UPDATE auth_user SET username = 'anna' WHERE username = 'ana'"))
    ticket = next(row for row in rows if isinstance(row, Ticket) and row.ticket == str(tickets["invoice"]))
    assert not ticket.has_history
    assert Notice(stream="tickets", field="a ticket without its history: an owner has another name now") in rows


def test_moments_are_read_in_the_zone_that_the_database_keeps(get: Get, tickets: dict[str, int]) -> None:
    here = configured(options={"time_zone": "America/New_York"})
    created = {row.ticket: row.created_at for row in collect(get, here) if isinstance(row, Ticket)}
    assert created[str(tickets["invoice"])] == _second("03-16 10:00") + 4 * 3600


def test_a_moment_that_cannot_be_read_rejects_its_ticket_alone(changed: Changed, tickets: dict[str, int]) -> None:
    rows = collect(changed(f"UPDATE helpdesk_ticket SET created = 'soon' WHERE id = {tickets['invoice']}"))
    assert [row.ticket for row in rows if isinstance(row, Rejected)] == [str(tickets["invoice"])]
    assert sum(isinstance(row, Ticket) for row in rows) == len(tickets) - 2  # it, and the deleted one


def test_the_next_night_reads_what_changed_since(
    changed: Changed, get: Get, application: Application, tickets: dict[str, int]
) -> None:
    *_, last = django_helpdesk.fetch(get, {}, LIVE, configured())
    number = tickets["invoice"]
    later = changed(f"UPDATE helpdesk_ticket SET modified = '2026-04-21 10:00:00' WHERE id = {number}")
    window = Window("live", SINCE)
    chunks = list(django_helpdesk.fetch(later, {"tickets": last.cursor}, window, configured()))
    again = {row.ticket for c in chunks for row in django_helpdesk.read(c.pages, configured()) if _is_ticket(row)}
    assert str(number) in again
    assert len(again) < len(tickets) / 2


def test_only_queues_in_scope_are_read_and_one_that_is_not_there_is_refused(get: Get, tickets: dict[str, int]) -> None:
    rows = collect(get, configured(scope={"groups": ["Billing"]}))
    assert {row.ticket for row in rows if isinstance(row, Event)} == {str(tickets["escalated"])}
    with pytest.raises(SourceError, match="Billing, Support"):
        collect(get, configured(scope={"groups": ["Sales"]}))


def test_a_database_that_is_not_there_is_said_without_its_password() -> None:
    told = {"conn_type": "postgres", "host": "127.0.0.1", "port": 1, "login": "reader", "password": "se cret"}
    get = opened(django_helpdesk, configured(), told)
    with pytest.raises(SourceError, match="did not answer") as refused:
        get("/helpdesk_queue", {}, stream="queues")
    assert "se cret" not in str(refused.value)


def test_its_connection_is_the_one_that_connect_prints(application: Application) -> None:
    from auditlib.commands.connecting import WANTED

    assert set(connection(application)) <= set(WANTED["django_helpdesk"].connection)


def _is(row: object, ticket: str, kind: str) -> bool:
    return isinstance(row, Event) and row.ticket == ticket and row.kind == kind


def _is_ticket(row: object) -> bool:
    return isinstance(row, Ticket)


def _second(at: str) -> int:
    return int(datetime.datetime.fromisoformat(f"2026-{at}:00+00:00").timestamp())


def test_connect_tests_it_and_fills_in_the_block(
    application: Application, tickets: dict[str, int], monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AUDITLIB_CONFIG", raising=False)
    monkeypatch.setenv("AIRFLOW_CONN_DJANGO_HELPDESK", json.dumps(connection(application)))
    done = CliRunner().invoke(auditlib, ["connect", "django_helpdesk"])
    assert done.exit_code == 0, done.output
    words = ('kind = "django_helpdesk"', "3 = solved", "custom_field:category", 'groups = ["django_helpdesk:Billing"]')
    assert [told for told in words if told not in done.output] == []
    assert "requests" in done.output
