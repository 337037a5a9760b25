"""Every mistake is told with its line, with what was found and with what would be right."""

from __future__ import annotations

import contextlib
import json
import pathlib
import pickle
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditlib import config
from auditlib.config import ConfigError
from auditlib.config.keys import TABLES
from tests.config import EXAMPLE, HERE, written

MISTAKES = tomllib.loads((HERE / "mistakes.toml").read_text("utf-8"))["mistake"]


def problems(path: pathlib.Path) -> list[str]:
    """What is wrong with a file, without its name before the line."""
    with pytest.raises(ConfigError) as error:
        config.load(path)
    assert all(problem.file == path for problem in error.value.problems)
    return [str(problem).removeprefix(f"{path}:") for problem in error.value.problems]


@pytest.mark.parametrize("mistake", MISTAKES, ids=[mistake["name"] for mistake in MISTAKES])
def test_a_mistake_is_told_with_its_line_and_what_would_be_right(
    company: pathlib.Path, mistake: dict[str, Any]
) -> None:
    assert mistake["found"] in EXAMPLE
    path = written(company, EXAMPLE.replace(mistake["found"], mistake["instead"], 1))
    assert problems(path) == [told.replace("{company}", str(company)) for told in mistake["told"]]


def test_all_mistakes_of_a_file_are_told_at_once_in_its_order(company: pathlib.Path) -> None:
    text = EXAMPLE.replace('"07:30"', '"noon"').replace('"p90"', '"p9"').replace("min_n = 12", "min_n = -1")
    told = problems(written(company, text.replace('by = "j.doe"\n', "")))
    assert [int(one.partition(":")[0]) for one in told] == [5, 50, 57, 59, 63]


TEXTS = ["", "a", "*", "a:b", ":", "24/7 UTC", "DE", "../x", "\u0000"]
OTHERS = ["0", "-1", "9e99", "0.5", "nan", "true", "2026-01-01", "2026-01-01T01:00:00Z", "07:00:00"]


def _containers(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.dictionaries(st.sampled_from(['"*"', "a", "when", "folder"]), inner, max_size=2)
    lists = st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
    return lists | pairs.map(lambda items: "{" + ", ".join(f"{key} = {item}" for key, item in items.items()) + "}")


ANYTHING = st.recursive(st.sampled_from([*map(json.dumps, TEXTS), *OTHERS]), _containers, max_leaves=4)
WRITTEN = [line.partition(" = ")[0] for line in EXAMPLE.splitlines() if " = " in line]


@given(st.integers(0, len(WRITTEN) - 1), ANYTHING)
def test_no_value_of_a_key_breaks_the_reading(company: pathlib.Path, which: int, instead: str) -> None:
    rows = EXAMPLE.splitlines()
    place = [number for number, row in enumerate(rows) if " = " in row][which]
    rows[place] = f"{WRITTEN[which]} = {instead}"
    path = written(company, "\n".join(rows))
    with contextlib.suppress(ConfigError):
        config.load(path)
    with contextlib.suppress(ConfigError):
        config.source_names(path)
    with contextlib.suppress(ConfigError):
        config.schedule(path)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("instead", ["7", '"x"', "[]", "[7]", "{}", "[{}]", "[[]]", "2026-01-01"])
def test_no_value_of_a_table_breaks_the_reading(company: pathlib.Path, table: str, instead: str) -> None:
    path = written(company, f"{table} = {instead}\n")
    for read in (config.load, config.source_names, config.schedule):
        with contextlib.suppress(ConfigError):
            read(path)


def test_no_source_at_all_is_a_mistake(company: pathlib.Path) -> None:
    told = problems(written(company, EXAMPLE.partition("[[source]]")[0]))
    assert told == ["1: there is no [[source]]; add one; `auditlib connect KIND` prints it filled in"]


@pytest.mark.parametrize("cron", ["*/5 1-4 * JAN-MAR,12 mon-fri", "0 0 1,15 * 7", "59 23 31 12 0/2"])
def test_a_schedule_may_have_names_ranges_and_steps(company: pathlib.Path, cron: str) -> None:
    assert config.load(written(company, EXAMPLE.replace("30 2 * * *", cron))).audit.schedule == cron


@pytest.mark.parametrize("cron", ["60 2 * * *", "0 4-2 * * *", "0 2 0 * *", "*/0 2 * * *", "0 2 * FOO *", "0 2 * * 8"])
def test_a_schedule_beyond_its_bounds_is_refused(company: pathlib.Path, cron: str) -> None:
    (told,) = problems(written(company, EXAMPLE.replace("30 2 * * *", cron)))
    assert told.startswith(f'4: [audit] schedule = "{cron}" is no schedule: ')


def test_a_wrong_variable_is_named_without_its_password(company: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDITLIB_STORE", "postgresql://audit:hunter2@db/audit")
    assert problems(written(company, EXAMPLE)) == [
        '6: the variable AUDITLIB_STORE = "postgresql://…@db/audit" is no store; '
        "write sqlite:///audit.db or postgresql+psycopg://user@host/audit"
    ]


def test_a_file_that_is_not_there_is_told_with_the_variable_that_names_another(
    tmp_path: pathlib.Path,
) -> None:
    with pytest.raises(ConfigError) as error:
        config.load(tmp_path / "audit.toml")
    assert str(error.value) == (
        f"{tmp_path}/audit.toml: there is no such file; write one, or name another with the variable AUDITLIB_CONFIG"
    )


def test_a_file_in_another_encoding_is_told(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "audit.toml"
    path.write_bytes("[audit]\nname = 'Müller'\n".encode("latin-1"))
    with pytest.raises(ConfigError, match="it should be a readable text file in UTF-8"):
        config.load(path)


def test_an_error_survives_the_way_to_another_process(company: pathlib.Path) -> None:
    with pytest.raises(ConfigError) as error:
        config.load(written(company, EXAMPLE.replace("30 2 * * *", "")))
    assert str(pickle.loads(pickle.dumps(error.value))) == str(error.value)


def test_what_only_the_store_can_refute_is_told_with_its_line_too(company: pathlib.Path) -> None:
    read = config.load(written(company, EXAMPLE))
    assert read.line_of("exclude", 1, "ticket") == 65
    assert read.line_of("target", 0, "team") == 47, "a key that is left out: the table's line"
    problem = read.problem("exclude", 1, "ticket", found="there is no ticket zendesk:90210", right="take it out")
    assert str(problem) == f"{read.path}:65: there is no ticket zendesk:90210; take it out"
