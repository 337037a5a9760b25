"""Help is quick, has an example for every verb, and is a page by itself."""

import subprocess
import sys

import click
import pytest

from auditlib.commands import SLOW, VERBS, auditlib, help_page
from tests.commands.conftest import Desk

HEAVY = ("pandas", "numpy", "sqlalchemy", "great_expectations", "rich", "requests")


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['auditlib', '--help']\n"
        "from auditlib.__main__ import main\n"
        f"try: main()\nfinally: print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "[]"
    assert "explain" in done.stdout


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_an_example_and_json(cli: Desk, verb: str) -> None:
    said = cli(verb, "--help")
    assert said.exit_code == 0
    assert f"  auditlib {verb}" in said.stdout
    command = auditlib.get_command(click.Context(auditlib), verb)
    if not isinstance(command, click.Group):
        assert "--json" in said.stdout


def test_the_page_has_every_verb_and_every_exit_code() -> None:
    page = help_page()
    for verb in VERBS:
        assert f"\n## auditlib {verb}\n" in page
    assert "| 5 | the published figures are stale |" in page
    assert "## auditlib new metric" in page
    assert "\b" not in page


def test_what_help_says_of_a_slow_verb_is_what_the_verb_says(cli: Desk) -> None:
    for verb, sentence in SLOW.items():
        assert sentence in cli(verb, "--help").stdout


def test_a_verb_that_does_not_exist_is_named_with_the_nearest(cli: Desk) -> None:
    said = cli("stauts")
    assert said.exit_code == 2
    assert "did you mean status?" in said.stderr


def test_the_module_is_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "auditlib", "--version"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stdout.startswith("auditlib, version ")
