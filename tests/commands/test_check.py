"""Configuration, store and connections: what is wrong is named with its place and what would be right."""

import json
import re

from auditlib.sandbox import World
from tests.commands.conftest import Desk


def found(cli: Desk) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for finding in cli.data("check")["findings"]:
        told.setdefault(finding["state"], []).append(finding["told"])
    return told


def test_a_desk_that_is_right_says_so(cli: Desk, company: World) -> None:
    said = cli("check")
    assert said.exit_code == 0, said.output
    assert "Everything is right for the next night." in said.stdout
    counted = re.search(r"(\d+) tickets", said.stdout)
    assert counted, said.stdout
    assert 0.9 * len(company.plans) < int(counted[1]) <= len(company.plans)


def test_nothing_is_stuck_when_leaders_see_the_newest_night(cli: Desk) -> None:
    said = cli("check", "--night")
    assert said.exit_code == 0
    assert "Nothing is stuck" in said.stdout


def test_a_missing_connection_is_named_with_an_example(fresh: Desk) -> None:
    said = fresh("check")
    assert said.exit_code == 2
    assert "AIRFLOW_CONN_SANDBOX is not set" in said.stdout
    assert not (fresh.folder / "audit.db").exists()


def test_a_wrong_password_is_told_without_showing_it(cli: Desk) -> None:
    assert cli.connection is not None
    wrong = json.dumps({**json.loads(cli.connection), "password": "hunter2-is-wrong"})
    said = cli("check", AIRFLOW_CONN_SANDBOX=wrong)
    assert said.exit_code == 2
    assert "answered 401" in said.stdout
    assert "hunter2" not in said.output


def test_targets_and_exclusions_of_what_does_not_exist_are_named_with_their_lines(copied: Desk) -> None:
    copied.change('metric = "first_reply_business_minutes"', 'metric = "first_reply_busines_minutes"')
    excluded = '[[exclude]]\nticket = "sandbox:90211"\nwhy = "a load test"\nby = "j.doe"\n\n[alerts]'
    copied.change("[alerts]", excluded)
    wrong = "\n".join(found(copied)["wrong"])
    line = copied.line_of("first_reply_busines_minutes")
    assert f"audit.toml:{line}: " in wrong
    assert "did you mean first_reply_business_minutes?" in wrong
    assert f"audit.toml:{copied.line_of('90211')}: " in wrong
    assert copied("check").exit_code == 2


def test_an_exclusion_of_a_ticket_that_exists_is_fine(copied: Desk) -> None:
    copied.change("[alerts]", '[[exclude]]\nticket = "sandbox:10"\nwhy = "a test"\nby = "j.doe"\n\n[alerts]')
    assert "wrong" not in found(copied)


def test_a_status_without_a_meaning_comes_with_the_line_to_add(copied: Desk) -> None:
    exports = copied.folder / "exports"
    exports.mkdir()
    rows = "ticket,created_at,requester,status\n1,2026-03-02T09:00:00Z,c1,weird\n"
    (exports / "tickets.csv").write_text(rows)
    block = '[[source]]\nname = "shop"\nkind = "files"\nsince = 2025-11-01\noptions = { folder = "exports" }\n\n[clock]'
    copied.change("[clock]", block)
    assert any('statuses = { "weird" = "…" }' in told for told in found(copied)["wrong"])


def test_every_mistake_of_the_file_is_told_with_its_line(fresh: Desk) -> None:
    fresh.change('time_zone = "Europe/Berlin"', 'time_zone = "Europe/Berln"')
    fresh.change("min_n = 10", "min_n = 0")
    for verb in ("check", "run", "status", "runs", "metrics"):
        said = fresh(verb)
        assert said.exit_code == 2, verb
        assert f"audit.toml:{fresh.line_of('Berln')}: " in said.stderr
        assert f"audit.toml:{fresh.line_of('min_n = 0')}: " in said.stderr


def test_a_store_that_cannot_be_reached_is_no_traceback(fresh: Desk) -> None:
    nowhere = "postgresql+psycopg://auditor:secret@127.0.0.1:9/audit"
    said = fresh("status", AUDITLIB_STORE=nowhere)
    assert said.exit_code == 4
    assert "the store cannot be reached" in said.stderr
    assert "secret" not in said.output
    assert "Traceback" not in said.output
    checked = fresh("check", AUDITLIB_STORE=nowhere)
    assert "cannot be reached" in checked.stdout


def test_errors_are_data_too(fresh: Desk) -> None:
    said = fresh("explain", "sandbox:1", "--json")
    told = json.loads(said.stdout)
    assert told["exit_code"] == said.exit_code == 2
    assert "is not there yet" in told["error"]
