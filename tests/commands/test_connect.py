"""The connection to create, and the helpdesk's own words as a block of audit.toml that can be used as it is."""

import json
import pathlib
import tomllib

import pytest

from auditlib import config
from auditlib.sandbox import World, flavours, serve
from tests.commands.conftest import Desk

AUDIT = '[audit]\nname = "Acme"\ntime_zone = "Europe/Berlin"\n\n'
TICKETS = (
    "ticket,created_at,requester,status,group\n"
    "1,2026-03-02T09:00:00Z,c1,solved,Front desk\n"
    "2,2026-03-02T09:00:00Z,c1,weird,Billing\n"
)


def written(block: str, folder: pathlib.Path) -> config.Config:
    path = folder / "written.toml"
    path.write_text(AUDIT + block)
    return config.load(path)


def test_without_a_connection_it_says_which_to_create_with_the_least_rights(fresh: Desk) -> None:
    fresh.config.unlink()
    said = fresh("connect", "zendesk")
    assert said.exit_code == 0, said.output
    assert "export AIRFLOW_CONN_ZENDESK=" in said.stdout
    assert "airflow connections add zendesk --conn-type 'http'" in said.stdout
    assert "role admin" in said.stdout


def test_a_connection_is_tested_and_the_block_can_be_used_as_it_is(cli: Desk, tmp_path: pathlib.Path) -> None:
    told = cli.data("connect", "zendesk", "--name", "sandbox", "--share", "0.5")
    assert told["is_tested"]
    assert set(told["streams"].values()) == {"ok"}
    assert told["first_load"]["requests"] > 120
    assert told["first_load"]["hours"] == pytest.approx(told["first_load"]["requests"] / 50_000 / 60)
    found = written(told["audit_toml"], tmp_path)
    held = config.load(cli.config)
    assert found.source("sandbox").fields == held.source("sandbox").fields
    assert found.source("sandbox").statuses == held.source("sandbox").statuses
    assert found.source("sandbox").since == held.source("sandbox").since
    assert "Support EMEA" in {team.name for team in found.teams}
    assert found.source("sandbox").topics == held.source("sandbox").topics != {}
    assert "# topics = " not in told["audit_toml"]  # all that it offers have names


@pytest.mark.parametrize("kind", flavours())
def test_any_helpdesk_introduces_itself_and_its_block_can_be_used_as_it_is(
    kind: str, company: World, fresh: Desk, tmp_path: pathlib.Path
) -> None:
    fresh.config.write_text(AUDIT)  # which names no source yet
    with serve(company, flavour=kind) as box:
        found = {f"AIRFLOW_CONN_{kind.upper()}": json.dumps(box.connection)}
        said = fresh("connect", kind, "--json", **found)
    assert said.exit_code == 0, said.output
    told = json.loads(said.stdout)
    assert told["is_tested"]
    assert set(told["streams"].values()) == {"ok"}
    assert told["first_load"]["requests"] > 10
    source = written(told["audit_toml"], tmp_path).source(kind)
    assert source.kind == kind
    assert any(row["why"] is None for row in told["metrics"])


@pytest.mark.parametrize(
    ("kind", "path", "metric"),
    [
        ("servicenow", "asmt_metric_result", "csat"),
        ("zendesk", "slas/policies", "sla_met"),
        ("jira_service_management", "/sla", "counts"),
    ],
)
def test_what_is_closed_to_the_account_is_said_not_to_be_measured(
    kind: str, path: str, metric: str, company: World, fresh: Desk
) -> None:
    with serve(company, flavour=kind) as box:
        found = {f"AIRFLOW_CONN_{kind.upper()}": json.dumps(box.connection)}
        measured = {row["metric"]: row["measured"] for row in fresh.data("connect", kind, **found)["metrics"]}
        box.fault("refused", path=path, count=100)
        without = {row["metric"]: row["measured"] for row in fresh.data("connect", kind, **found)["metrics"]}
    lost = {name for name in measured if measured[name] == "yes" and without[name] == "no"}
    assert metric in lost


def topics_offered(block: str) -> set[str]:
    """The helpdesk's own topics, as the commented line has them."""
    (line,) = [line for line in block.splitlines() if line.startswith("# topics = ")]
    return set(tomllib.loads(line.removeprefix("# ").partition("    #")[0])["topics"])


@pytest.mark.parametrize(
    "kind",
    [
        "freshdesk",
        "front",
        "gorgias",
        "help_scout",
        "hubspot",
        "intercom",
        "jira_service_management",
        "zammad",
        "zendesk",
    ],
)
def test_the_topics_that_a_helpdesk_offers_stand_in_the_block_to_be_named(
    kind: str, company: World, fresh: Desk
) -> None:
    with serve(company, flavour=kind) as box:
        found = {f"AIRFLOW_CONN_{kind.upper()}": json.dumps(box.connection)}
        told = json.loads(fresh("connect", kind, "--json", **found).stdout)
    offered = {word.removeprefix("topic_") for word in topics_offered(told["audit_toml"])}
    assert offered == {topic.name for topic in company.company.topics}


def test_the_topics_that_stand_in_exports_are_to_be_named_unless_they_are_no_list(fresh: Desk) -> None:
    exports = pathlib.Path(fresh.config.parent / "exports")
    exports.mkdir()
    head, *rows = TICKETS.splitlines()
    (exports / "tickets.csv").write_text("\n".join([f"{head},topic", f"{rows[0]},Invoice", f"{rows[1]},"]))
    told = fresh.data("connect", "files", "--folder", str(exports), "--name", "shop")
    assert topics_offered(told["audit_toml"]) == {"Invoice"}
    (exports / "tickets.csv").write_text("\n".join([f"{head},topic", f"{rows[0]},{'so much to say ' * 9}"]))
    told = fresh.data("connect", "files", "--folder", str(exports), "--name", "shop")
    assert "# topics" not in told["audit_toml"]


def test_a_folder_of_exports_says_what_it_cannot_tell(fresh: Desk, tmp_path: pathlib.Path) -> None:
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "tickets.csv").write_text(TICKETS)
    told = fresh.data("connect", "files", "--folder", str(exports), "--name", "shop")
    why = {row["metric"]: row["why"] for row in told["metrics"]}
    assert why["first_reply"] == "the helpdesk does not tell solve history"
    assert why["reopens"] == "the helpdesk does not tell status history"
    assert why["tickets_created"] is None
    found = written(told["audit_toml"], tmp_path).source("shop")
    assert found.statuses == {"weird": "open"}
    assert found.options["folder"] == str(exports)


def test_a_folder_that_is_not_there_is_said(fresh: Desk) -> None:
    said = fresh("connect", "files", "--folder", "nowhere")
    assert said.exit_code == 2
    assert "there is no folder" in said.stdout


def test_a_kind_that_is_misspelt_is_named_with_the_nearest(fresh: Desk) -> None:
    said = fresh("connect", "file")
    assert said.exit_code == 2
    assert "did you mean files?" in said.stderr
