"""What is measured, and a metric tried out."""

import pathlib

import pytest

from tests.commands.conftest import Desk

REPLIES = "    return t.count(t.replies).astype(float)\n"


def test_every_metric_is_listed_with_its_figures(cli: Desk) -> None:
    rows = {row["metric"]: row for row in cli.data("metrics")}
    assert rows["came_back"]["figures"] == ["came_back_rate_7d (rate)"]
    assert rows["first_reply"]["unit"] == "minutes"
    assert "first_reply" in cli("metrics").stdout


@pytest.mark.parametrize("name", ["came_back", "came_back_within_7d", "came_back_rate_7d", "repeat/came_back"])
def test_a_metric_is_found_by_any_of_its_names(cli: Desk, name: str) -> None:
    page = cli.data("metrics", name)
    assert page["metric"] == "came_back"
    assert [version["run"] for version in page["versions"]] == [1]
    assert page["coverage"][0]["measured"] == "yes"
    assert page["page"].startswith("# Came back")


def test_a_misspelt_metric_is_named_with_the_nearest(cli: Desk) -> None:
    said = cli("metrics", "came_bakc")
    assert said.exit_code == 2
    assert "did you mean came_back?" in said.stderr


def test_the_list_needs_no_store(fresh: Desk) -> None:
    assert fresh("metrics", "first_reply").exit_code == 0
    assert not (fresh.folder / "audit.db").exists()


def test_trying_a_metric_shows_its_distribution_and_why_others_have_no_value(cli: Desk) -> None:
    tried = cli.data("try", "first_reply")
    summary = tried["measures"]["first_reply_minutes"]
    assert summary["units"] == summary["with_a_value"] + sum(summary["without"].values())
    assert summary["least"] <= summary["p50"] <= summary["most"]
    assert "waiting" in summary["without"]
    least = summary["examples"][0]
    measures = cli.data("explain", least["ticket"])["measures"]
    assert next(m["value"] for m in measures if m["measure"] == "first_reply_minutes") == pytest.approx(least["value"])


def test_what_is_not_known_yet_is_told_from_what_does_not_apply(cli: Desk) -> None:
    without = cli.data("try", "came_back")["measures"]["came_back_within_30d"]["without"]
    assert set(without) == {"not known yet: its window is still open", "it does not apply, or has not happened yet"}


def test_turns_are_tried_too(cli: Desk) -> None:
    said = cli("try", "next_reply")
    assert said.exit_code == 0
    assert "closed unanswered" in said.stdout


def test_a_new_metric_fails_until_it_is_filled_in_and_then_works(cli: Desk, tmp_path: pathlib.Path) -> None:
    made = cli.data("new", "metric", "answers_given", "--family", "oddities", "--to", str(tmp_path / "own"))
    file = pathlib.Path(made["file"])
    said = cli("try", str(file))
    assert said.exit_code == 2
    assert "answers_given has no formula yet" in said.stderr
    formula, _, _ = file.read_text().partition("    raise NotImplementedError")
    file.write_text(formula + REPLIES)
    said = cli("try", str(file))
    assert said.exit_code == 2
    assert "T1 answers_given is '1', the page says '?'" in said.stdout
    file.write_text((formula + REPLIES).replace("| T1            | ?", "| T1            | 1").replace("| ?  ", "| 0  "))
    tried = cli.data("try", str(file))
    assert tried["measures"]["answers_given"]["with_a_value"] > 100


@pytest.mark.parametrize(
    ("words", "right"),
    [
        (("metric", "First"), "write small letters"),
        (("source", "help scout"), "write small letters"),
    ],
)
def test_a_name_that_cannot_be_is_refused(
    cli: Desk, tmp_path: pathlib.Path, words: tuple[str, ...], right: str
) -> None:
    said = cli("new", *words, "--to", str(tmp_path))
    assert said.exit_code == 2
    assert right in said.stderr
    assert not list(tmp_path.rglob("*.py"))


def test_a_file_that_is_there_is_never_overwritten(cli: Desk, tmp_path: pathlib.Path) -> None:
    assert cli("new", "source", "helpscout", "--to", str(tmp_path)).exit_code == 0
    assert cli("new", "source", "helpscout", "--to", str(tmp_path)).exit_code == 2


def test_a_new_source_is_known_by_its_name_and_says_what_is_missing(fresh: Desk, tmp_path: pathlib.Path) -> None:
    fresh("new", "source", "helpscout", "--to", str(tmp_path / "sources"))
    fresh.change('# sources = ["company/sources"]', 'sources = ["sources"]')
    said = fresh("connect", "helpscout", AIRFLOW_CONN_HELPSCOUT='{"host": "http://127.0.0.1:9", "password": "x"}')
    assert said.exit_code == 2
    assert "helpscout cannot be introduced yet: write introduce in its file" in said.stdout


def test_a_file_that_is_not_there_is_said(cli: Desk) -> None:
    said = cli("try", "nowhere.py")
    assert said.exit_code == 2
    assert "there is no file nowhere.py" in said.stderr
