"""Who may read what: the file that is handed around, and roles on PostgreSQL, tried by what must fail."""

import contextlib
import json
import pathlib
import re
import sqlite3

import psycopg
import pytest
import sqlalchemy as sa
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


@pytest.fixture(scope="module")
def filed(tmp_path_factory):
    """The shop on SQLite after two nights, with its leaders' file."""
    with shop.opened(tmp_path_factory.mktemp("filed") / "shop") as opened:
        opened.two_nights()
        pipeline.write_leaders_file()
        yield opened


def test_each_publication_writes_the_leaders_file_anew(of_leaders, filed):
    path = filed.folder / "leaders.db"
    held = sqlite3.connect(path)
    tables = {name for (name,) in held.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables == of_leaders | {"about"}
    for view in ("scorecard", "headlines", "restatements"):
        [(here,)] = held.execute(f"SELECT COUNT(*) FROM {view}")
        assert here == filed.rows(f"SELECT COUNT(*) AS n FROM {view}").n[0] > 0
    assert "plain sentence" in held.execute("SELECT sentence FROM about WHERE name = 'headlines'").fetchone()[0]
    before = path.read_bytes()
    access.write_leaders_file(Setting.here().store.engine, Setting.here().metrics)
    assert path.read_bytes() == before
    assert sorted(file.name for file in filed.folder.iterdir() if "unfinished" in file.name) == []


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


@contextlib.contextmanager
def login(connection, role):
    """The environment of somebody who has a role and nothing else."""
    connection.execute(f"DROP ROLE IF EXISTS {READER}")
    connection.execute(f"CREATE ROLE {READER} LOGIN IN ROLE {role}")
    try:
        yield {
            "AUDITLIB_STORE": f"postgresql+psycopg://{READER}@127.0.0.1:{connection.info.port}/{connection.info.dbname}"
        }
    finally:
        connection.execute(f"DROP ROLE {READER}")


def test_leaders_ask_why_and_for_evidence_with_their_role(roles):
    with login(roles, access.LEADER) as store:
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
    assert "no leader's to see" in asked["evidence"].output
    assert "figures only" in asked["explain"].output
    assert not any("shop:" in asked[verb].output for verb in ("why-changed", "evidence"))


EXPLORE = pathlib.Path(__file__).parent.parent / "docs" / "explore.md"
DASHBOARDS = "dashboards"


def documented(language):
    """The statements of a language that docs/explore.md tells dashboards to run."""
    return re.findall(rf"```{language}\n(.*?)```", EXPLORE.read_text(encoding="utf-8"), re.DOTALL)


def looked_at(engine, of_leaders, refused):
    """What a dashboard does: it lists what there is with its columns, asks the documented panels, and may not write."""
    there = sa.inspect(engine)
    names = {*there.get_view_names(), *there.get_table_names()}
    assert of_leaders <= names
    assert {"value", "ci_low", "figure_id"} <= {column["name"] for column in there.get_columns("scorecard")}
    panels = [statement for statement in documented("sql") if statement.startswith("SELECT")]
    assert len(panels) == 3
    with engine.connect() as c:
        for panel in panels:
            c.execute(sa.text(panel)).fetchall()
        assert c.execute(sa.text("SELECT COUNT(*) FROM headlines")).scalar() >= 8
    for statement in ("DELETE FROM scorecard", "CREATE TABLE mine (n INT)"):
        with engine.connect() as c, pytest.raises(refused):
            c.execute(sa.text(statement))


def test_a_dashboard_on_postgresql_reads_what_the_page_on_it_says_and_nothing_else(roles, of_leaders):
    [login, *_] = documented("sql")
    assert "CREATE ROLE dashboards LOGIN" in login
    roles.execute(f"DROP ROLE IF EXISTS {DASHBOARDS}")
    for statement in filter(str.strip, login.split(";")):
        roles.execute(statement)
    engine = sa.create_engine(
        f"postgresql+psycopg://{DASHBOARDS}@127.0.0.1:{roles.info.port}/{roles.info.dbname}", poolclass=sa.NullPool
    )
    looked_at(engine, of_leaders, sa.exc.DBAPIError)
    for private in PRIVATE:
        with engine.connect() as c, pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
            c.execute(sa.text(f"SELECT * FROM {private}"))
    roles.execute(f"DROP ROLE {DASHBOARDS}")


def test_a_dashboard_on_the_leaders_file_opens_it_as_the_page_on_it_says(of_leaders, filed):
    path = filed.folder / "leaders.db"
    [told] = re.findall(r"`(sqlite:///\S+)`", EXPLORE.read_text(encoding="utf-8"))
    engine = sa.create_engine(told.replace("/srv/audit/leaders.db", str(path)), poolclass=sa.NullPool)
    looked_at(engine, of_leaders, sa.exc.OperationalError)
    assert sorted(file.name for file in filed.folder.glob("leaders.db*")) == ["leaders.db"]


@pytest.mark.parametrize(("metric", "statistic"), [("one_touch_rate", "rate"), ("tickets_created", "count")])
def test_an_analyst_lists_the_members_of_a_figure_and_counts_it_again(roles, metric, statistic):
    asked = ["--metric", metric, "--period", "2026-W10", "--statistic", statistic, "--weighting", "ticket"]
    with login(roles, access.ANALYST) as store:
        told = CliRunner().invoke(commands.auditlib, ["evidence", *asked, "--json"], env=store)
        shown = CliRunner().invoke(commands.auditlib, ["evidence", *asked], env=store)
    assert told.exit_code == shown.exit_code == 0, told.output
    assert "Counted again from these members: the value agrees." in shown.output
    answer = json.loads(told.output)
    assert answer["recomputed"]["value"] == pytest.approx(answer["figure"]["value"])
    assert {row["side"] for row in answer["members"]} == {"in", "out"}
    assert all(row["reason"] for row in answer["members"] if row["side"] == "out")


def test_an_analyst_notices_a_figure_that_does_not_follow_from_its_members(roles):
    roles.execute("UPDATE figures SET value = value + 1 WHERE metric = 'tickets_created'")
    with login(roles, access.ANALYST) as store:
        asked = ["evidence", "--metric", "tickets_created", "--period", "2026-W10"]
        told = CliRunner().invoke(commands.auditlib, asked, env=store)
    roles.execute("UPDATE figures SET value = value - 1 WHERE metric = 'tickets_created'")
    assert told.exit_code == 1
    assert "does NOT follow from its members" in told.output


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
