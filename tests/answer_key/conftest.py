"""One audit of the sandbox, and what the sandbox intended: shared by everything that compares the two."""

import json
import sqlite3

import pytest

from auditlib import pipeline
from auditlib.sandbox import answers, serve, world

TICKETS, SEED = 400, 11
AS_OF = "2026-10-26T23:00:00Z"

CONFIG = """
[audit]
name = "Answer key"
time_zone = "Europe/Berlin"
schedule = "0 2 * * *"
publish_by = "07:00"
store = "sqlite:///audit.db"
landing = "landing"
landing_days = 30

[[source]]
name = "sandbox"
kind = "zendesk"
connection = "sandbox"
since = 2025-10-01
statuses = { "Waiting on vendor" = "on_hold", "Escalated to engineering" = "open" }
fields = { topic = "custom_field:360001", tier = "organization.plan" }
bots = ["assistant@nordlicht.example", "zapier@nordlicht.example"]

[figures]
breakdowns = ["team", "source"]

[[exclude]]
when = { tag = ["test", "qa"] }
why = "tests"
by = "j.doe"

[[exclude]]
when = { tag = "spam" }
kind = "spam"
why = "spam"
by = "j.doe"

[[exclude]]
when = { tag = "monitoring" }
kind = "machine"
why = "alerts that devices write themselves"
by = "j.doe"

[[exclude]]
when = { tag = "internal" }
why = "colleagues"
by = "j.doe"
"""


@pytest.fixture(scope="session")
def audited(tmp_path_factory):
    """Two nights of the sandbox, and its answers by ticket."""
    folder = tmp_path_factory.mktemp("answer-key")
    (folder / "audit.toml").write_text(CONFIG)
    company = world(tickets=TICKETS, seed=SEED)
    with pytest.MonkeyPatch.context() as patch, serve(company, now="2026-10-26T01:00:00Z") as box:
        connection = {"conn_type": "http", "host": box.url, "login": f"{box.email}/token", "password": box.token}
        patch.setenv("AUDITLIB_CONFIG", str(folder / "audit.toml"))
        patch.setenv("AIRFLOW_CONN_SANDBOX", json.dumps(connection))
        pipeline.night("2026-10-25T23:00:00Z")
        box.set_clock("2026-10-27T01:00:00Z")
        pipeline.night(AS_OF)
    store = sqlite3.connect(folder / "audit.db")
    store.row_factory = sqlite3.Row
    return store, {f"sandbox:{answer['ticket']}": answer for answer in answers(company)}


@pytest.fixture(scope="session")
def tickets(audited):
    """Ticket → its row, for every ticket that was created before the watermark."""
    store, _ = audited
    rows = store.execute(
        "SELECT a.*, v.first_reply_at FROM ticket_audit a "
        "JOIN ticket_versions v ON v.ticket = a.ticket AND v.to_run IS NULL"
    )
    return {row["ticket"]: row for row in rows}


@pytest.fixture(scope="session")
def in_scope(audited, tickets):
    """Answers of the tickets that the audit counts."""
    _, key = audited
    return {name: key[name] for name, row in tickets.items() if row["exclusion_reason"] is None}
