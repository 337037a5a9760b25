"""What leaders see now, how old it is, and when that is too old."""

import pytest

from tests.commands.conftest import MORNING, Desk


def test_the_newest_night_is_not_stale_on_its_morning(cli: Desk) -> None:
    said = cli("status", "--now", MORNING)
    assert said.exit_code == 0, said.output
    assert "Leaders see publication 2: everything up to the end of 2026-10-25, of the newest night." in said.stdout
    assert "Customers opened" in said.stdout


@pytest.mark.parametrize(
    ("now", "code"),
    [
        ("2026-10-27T06:59:00+01:00", 0),  # the next night may still be running
        ("2026-10-27T07:00:00+01:00", 5),  # publish_by
        ("2026-11-20T12:00:00+01:00", 5),
    ],
)
def test_figures_are_stale_from_publish_by_on(cli: Desk, now: str, code: int) -> None:
    said = cli("status", "--now", now)
    assert said.exit_code == code
    assert ("Stale: the night of 2026-" in said.stdout) == (code == 5)


def test_as_data_it_says_the_same(cli: Desk) -> None:
    told = cli.data("status", "--now", "2026-10-28T12:00:00+01:00")
    assert told["publication"] == 2
    assert told["age_days"] == 2
    assert told["is_stale"]
    assert told["due_as_of"] == "2026-10-27T23:00:00Z"
    assert len(told["headlines"]) == 8


def test_without_any_publication_there_is_nothing_to_see(fresh: Desk) -> None:
    said = fresh("status")
    assert said.exit_code == 5
    assert "First command: auditlib run" in said.stdout
    assert not (fresh.folder / "audit.db").exists()


@pytest.mark.parametrize(("now", "right"), [("soon", "is no moment"), ("2026-10-27", "has no zone")])
def test_a_moment_without_its_zone_is_refused(cli: Desk, now: str, right: str) -> None:
    said = cli("status", "--now", now)
    assert said.exit_code == 2
    assert right in said.stderr
