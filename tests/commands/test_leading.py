"""What a leader can ask with the leaders' file alone, and that asking changes nothing."""

import hashlib

import pytest
import sqlalchemy as sa

from auditlib.store import engine, open_store
from auditlib.store.run_tables import STORE_FACTS

ABOUT = ("tickets_created", "2026-W43")


@pytest.fixture
def store(cli):
    return f"sqlite:///{cli.folder / 'audit.db'}"


@pytest.fixture
def leaders(cli):
    return {"AUDITLIB_STORE": f"sqlite:///{cli.folder / 'leaders.db'}"}


def fingerprint(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_leader_is_told_the_same_reasons_without_tickets(cli, leaders):
    figures = [row for row in cli.data("why-changed", *ABOUT) if row["parts"]]
    assert figures
    told = [row for row in cli.data("why-changed", *ABOUT, **leaders) if row["parts"]]
    for mine, theirs in zip(told, figures, strict=True):
        assert mine["adds_up"] is theirs["adds_up"] is True
        assert [mine[end]["value"] for end in ("before", "after")] == [
            theirs[end]["value"] for end in ("before", "after")
        ]
        assert [part | {"named": []} for part in theirs["parts"]] == mine["parts"]
    shown = cli("why-changed", *ABOUT, **leaders)
    assert "the whole change" in shown.output
    assert "sandbox:" not in shown.output


def test_a_leader_sees_what_a_figure_rests_on_and_who_can_list_it(cli, leaders):
    shown = cli("evidence", "--metric", ABOUT[0], "--period", ABOUT[1], **leaders)
    assert shown.exit_code == 0, shown.output
    figure = cli.data("evidence", "--metric", ABOUT[0], "--period", ABOUT[1], **leaders)["figure"]
    own = cli.data("evidence", figure["figure_id"])
    assert (own["figure"]["value"], own["agrees"]) == (figure["value"], True)
    assert f"auditlib evidence {figure['figure_id']}" in shown.output
    assert "sandbox:" not in shown.output
    assert "take an id from the view" in cli("evidence", "nothing", **leaders).output


def test_verbs_that_need_tickets_say_so(cli, leaders):
    told = cli("explain", "sandbox:1", **leaders)
    assert told.exit_code == 2
    assert "figures only" in told.output


def test_asking_changes_nothing_and_could_not(cli, store, leaders):
    files = [cli.folder / name for name in ("audit.db", "leaders.db")]
    before = [fingerprint(path) for path in files]
    for environment in ({}, leaders):
        assert cli("why-changed", *ABOUT, **environment).exit_code == 0
        assert cli("evidence", "--metric", ABOUT[0], "--period", ABOUT[1], **environment).exit_code == 0
    assert [fingerprint(path) for path in files] == before
    looked = open_store(store, looks_only=True)
    with pytest.raises(sa.exc.OperationalError, match="readonly"), engine.writing(looked.engine) as c:
        c.execute(sa.insert(STORE_FACTS).values(name="x", value="y"))
    looked.engine.dispose()
