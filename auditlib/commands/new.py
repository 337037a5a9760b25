"""`auditlib new`: the skeleton of a metric or a source, to be filled in."""

from __future__ import annotations

import pathlib
import re
import string

import click

from auditlib.commands.answers import Answer, WrongUse, answered

TEMPLATES = pathlib.Path(__file__).parent / "templates"
NAME = re.compile(r"[a-z][a-z0-9_]*")


@click.group()
def new() -> None:
    """Write the skeleton of a metric or a source.

    \b
    auditlib new metric first_call --family reply --to company/metrics
    auditlib new source helpscout --to company/sources
    """


@new.command()
@click.argument("name")
@click.option("--family", default="reply", show_default=True, help="The family, and table, that it belongs to.")
@click.option("--to", "folder", help="A folder of your own metrics, outside the package.")
@answered
def metric(name: str, family: str, folder: str | None) -> Answer:
    """Write a metric's file: its page, its worked example, its facts, its formula.

    Until it is filled in, `auditlib try` says so, and a night that finds it fails.

    \b
    auditlib new metric first_call --family reply
    auditlib new metric first_call --family reply --to company/metrics
    """
    _check_name(name, "metric")
    _check_name(family, "family")
    root = pathlib.Path(folder) if folder else _package() / "metrics"
    path = _written("metric", root / family / f"{name}.py", name)
    if not folder and not (path.parent / "__init__.py").exists():
        (path.parent / "__init__.py").write_text(f'"""The {family} family."""\n')
    steps = [f"1. Say in {path} what it measures, and what its example comes to.",
             f"2. auditlib try {path}"]  # fmt: skip
    if folder:
        steps.append(f'3. In audit.toml: [extend] metrics = ["{folder}"]')
    else:
        steps.append(f"3. pytest tests/test_metrics.py -k {name}")
    return Answer({"file": str(path), "next": steps}, [f"{path} is written.", *steps])


@new.command()
@click.argument("name")
@click.option("--to", "folder", help="A folder of your own sources, outside the package.")
@answered
def source(name: str, folder: str | None) -> Answer:
    """Write a source's file, a test of everything that is asked of every source, and a page to test it with.

    \b
    auditlib new source helpscout --to company/sources
    """
    _check_name(name, "source")
    root = pathlib.Path(folder) if folder else _package() / "sources"
    tests = root / f"_{name}" if folder else _package().parent / "tests" / "sources"
    pages = pathlib.Path("pages") if folder else pathlib.Path("pages") / name
    path = _written("source", root / f"{name}.py", name)
    _written("source_page", tests / pages / "1-tickets.json", name)
    own = "[str(HERE.parent)]" if folder else "()"
    test = _written("source_test", tests / f"test_{name}.py", name, pages=pages.as_posix(), sources=own)
    steps = [
        f"1. Write down in {tests / pages} what {name} answers, as it documents it, without a customer's words.",
        f"2. Say in {path} what {name} can tell, and write fetch and read.",
        f"3. pytest {test}",
        f"4. Write introduce; then: auditlib connect {name}",
    ]
    if folder:
        steps.append(f'5. In audit.toml: [extend] sources = ["{folder}"]')
    else:
        steps.append(
            "5. docs/new-helpdesk.md: a flavour of the sandbox, and a row in tests/sources/test_same_company.py"
        )
    return Answer({"file": str(path), "test": str(test), "next": steps}, [f"{path} is written.", *steps])


def _check_name(name: str, what: str) -> None:
    if not NAME.fullmatch(name):
        right = "write small letters, digits and _, beginning with a letter"
        raise WrongUse(f"{name!r} is no {what}'s name: it becomes a file and a column; {right}")


def _package() -> pathlib.Path:
    """The package in a checkout; an installed one is not written into."""
    package = pathlib.Path(__file__).resolve().parents[1]
    if not (package.parent / "pyproject.toml").exists():
        raise WrongUse("auditlib is installed, not checked out, so nothing is written into it; name a folder with --to")
    return package


def _written(template: str, path: pathlib.Path, name: str, **more: str) -> pathlib.Path:
    if path.exists():
        raise WrongUse(f"{path} is there already; choose another name, or edit it")
    text = string.Template((TEMPLATES / f"{template}.txt").read_text())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.substitute(name=name, title=name.replace("_", " ").capitalize(), **more))
    return path
