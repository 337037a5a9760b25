"""Who may read what: the file that is handed around, and roles on PostgreSQL, tried by what must fail."""

import contextlib
import sqlite3

import psycopg
import pytest
from click.testing import CliRunner

from auditlib import commands, metrics, pipeline
from auditlib.pipeline.setting import Setting
from auditlib.places import SQL
from auditlib.store import access
from tests import shop
from tests.postgres import cluster, database  # noqa: F401

LEAD, READER = "audit_test_uma", "audit_test_reader"
PRIVATE = ("ticket_audit", "evidence", "turns", "quarantine", "repeat_links")


@pytest.fixture(scope="module")
def of_leaders():
    return {view.name for view in access.readable(metrics.load_all(), access.LEADER)}


def test_what_leaders_read_is_built_of_figures(of_leaders):
    assert {"scorecard", "headlines", "restatements", "definitions", "coverage", "freshness"} <= of_leaders
    assert not of_leaders & set(PRIVATE)


def test_each_publication_writes_the_leaders_file_anew(of_leaders, tmp_path):
    with shop.opened(tmp_path / "shop") as opened:
        opened.two_nights()
        pipeline.write_leaders_file()
        path = opened.folder / "leaders.db"
        held = sqlite3.connect(path)
        tables = {name for (name,) in held.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert tables == of_leaders | {"about"}
        for view in ("scorecard", "headlines", "restatements"):
            [(here,)] = held.execute(f"SELECT COUNT(*) FROM {view}")
            assert here == opened.rows(f"SELECT COUNT(*) AS n FROM {view}").n[0] > 0
        assert "plain sentence" in held.execute("SELECT sentence FROM about WHERE name = 'headlines'").fetchone()[0]
        before = path.read_bytes()
        access.write_leaders_file(Setting.here().store.engine, Setting.here().metrics)
        assert path.read_bytes() == before
        assert sorted(file.name for file in opened.folder.iterdir() if "unfinished" in file.name) == []


@pytest.fixture(scope="module")
def roles(cluster, tmp_path_factory):  # noqa: F811
    """A connection to the shop's store on PostgreSQL after two nights, with the roles in place."""
    folder = tmp_path_factory.mktemp("roles") / "shop"
    with database(cluster) as url, shop.opened(folder, url) as opened:
        config = folder / "audit.toml"
        config.write_text(
            config.read_text().replace('groups = ["shop:Billing"]', f'groups = ["shop:Billing"]\nleads = ["{LEAD}"]')
        )
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            for _ in range(2):
                connection.execute((SQL / "roles" / "postgresql.sql").read_text())
            connection.execute(f"DROP ROLE IF EXISTS {LEAD}")
            connection.execute(f"CREATE ROLE {LEAD} IN ROLE audit_team_lead")
            opened.two_nights()
            yield connection


def refused(connection, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement)


@contextlib.contextmanager
def as_role(connection, role):
    connection.execute(f"SET ROLE {role}")
    try:
        yield
    finally:
        connection.execute("RESET ROLE")


def test_leaders_read_their_views_and_nothing_beneath(roles, of_leaders):
    tables = [name for (name,) in roles.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    others = {view.name for view in access.readable(metrics.load_all(), access.TEAM_LEAD)}
    assert {"people", "tickets", "events", "register", "figures"} <= set(tables)
    with as_role(roles, access.LEADER):
        for view in sorted(of_leaders):
            roles.execute(f'SELECT * FROM "{view}" LIMIT 1')
        for name in sorted([*others, *tables]):
            refused(roles, f'SELECT * FROM "{name}" LIMIT 1')
        refused(roles, "CREATE TABLE mine (n INT)")


def test_leaders_ask_why_and_for_evidence_with_their_role(roles):
    roles.execute(f"DROP ROLE IF EXISTS {READER}")
    roles.execute(f"CREATE ROLE {READER} LOGIN IN ROLE {access.LEADER}")
    store = {"AUDITLIB_STORE": f"postgresql+psycopg://{READER}@127.0.0.1:{roles.info.port}/{roles.info.dbname}"}
    asked = {
        verb[0]: CliRunner().invoke(commands.auditlib, verb, env=store)
        for verb in (
            ["why-changed", "one_touch_rate", "2026-W10"],
            ["evidence", "--metric", "one_touch_rate", "--period", "2026-W10", "--weighting", "ticket"],
            ["explain", "shop:1"],
        )
    }
    assert [told.exit_code for told in asked.values()] == [0, 0, 2], [told.output for told in asked.values()]
    assert "the whole change" in asked["why-changed"].output
    assert "figures only" in asked["explain"].output
    assert not any("shop:" in asked[verb].output for verb in ("why-changed", "evidence"))
    roles.execute(f"DROP ROLE {READER}")


def test_analysts_read_every_view_and_never_the_case_log(roles):
    with as_role(roles, access.ANALYST):
        for view in access.readable(metrics.load_all(), access.ANALYST):
            roles.execute(f'SELECT * FROM "{view.name}" LIMIT 1')
        [(count,)] = roles.execute("SELECT COUNT(*) FROM ticket_audit").fetchall()
        assert count == 10
        for name in ("people", "events", "tickets", "register", "identities", "store_facts"):
            refused(roles, f'SELECT * FROM "{name}" LIMIT 1')
        refused(roles, "UPDATE ticket_versions SET subject = 'x'")


def test_team_leads_see_the_tickets_of_their_team_wherever_they_look(roles):
    [(of_all,)] = roles.execute("SELECT COUNT(*) FROM ticket_audit WHERE team = 'Billing'").fetchall()
    with as_role(roles, LEAD):
        assert {team for (team,) in roles.execute("SELECT DISTINCT team FROM ticket_audit")} == {"Billing"}
        [(count,)] = roles.execute("SELECT COUNT(*) FROM ticket_audit").fetchall()
        assert count == of_all > 0
        mine = {ticket for (ticket,) in roles.execute("SELECT ticket FROM ticket_audit")}
        assert {ticket for (ticket,) in roles.execute("SELECT DISTINCT ticket FROM turns")} <= mine
        beneath = roles.execute("SELECT DISTINCT ticket_key FROM turns_versions").fetchall()
        assert 0 < len(beneath) <= of_all
        refused(roles, "SELECT * FROM scorecard")
        refused(roles, "INSERT INTO team_leads VALUES (current_user, 'Repairs')")
    roles.execute("DELETE FROM team_leads")
    with as_role(roles, LEAD):
        assert roles.execute("SELECT COUNT(*) FROM ticket_audit").fetchall() == [(0,)]
