"""The leaders' tables in a browser, with the questions as forms: what `make explore` starts.

Datasette opens `leaders.db` read-only on this machine's loopback; with `--tickets` the store beside it too, for
analysts. The variable PORT chooses another port than 8001.
"""

from __future__ import annotations

import json
import os
import pathlib
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from auditlib import config, metrics
from auditlib.store import access
from auditlib.store.questions import Question, questions

DEMO = pathlib.Path(".demo")
HOST = "127.0.0.1"
LEADERS = "leaders"
SETTINGS = {"sql_time_limit_ms": 10_000, "max_returned_rows": 5_000, "allow_download": "off", "suggest_facets": "off"}


class NothingThere(Exception):
    """There is no file to open; the message says what makes one."""


def main(words: Sequence[str]) -> None:
    """Opens what there is until somebody stops it."""
    try:
        from datasette.cli import cli
    except ImportError:
        sys.exit("Datasette is not installed; `pip install 'auditlib[explore]'` brings it")
    try:
        files = found("--tickets" in words)
    except NothingThere as error:
        sys.exit(str(error))
    port = os.environ.get("PORT", "8001")
    with tempfile.TemporaryDirectory() as folder:
        told = pathlib.Path(folder) / "metadata.json"
        told.write_text(json.dumps(metadata(files)), encoding="utf-8")
        print(f"{files[LEADERS]} at http://{HOST}:{port}/ (read-only; Ctrl-C ends it)", flush=True)
        cli(["serve", *_opened(files), "--metadata", str(told), "--host", HOST, "--port", port, *_settings()])


def found(with_tickets: bool) -> dict[str, pathlib.Path]:
    """Database → its file: of the store that audit.toml names, or of the demo where that has none yet."""
    store = access.file_of(config.load().audit.store)
    demo = DEMO.absolute() / "audit.db"
    for path in (store, demo):
        if path is not None and access.leaders_file(path).exists():
            files = {LEADERS: access.leaders_file(path)}
            return files | ({path.stem: path} if with_tickets else {})
    raise NothingThere(
        f"there is no {access.leaders_file(store or demo)}: the first published night writes it, and `make demo` "
        "writes one in its own folder. A store on PostgreSQL is read by its role audit_leader: docs/explore.md"
    )


def metadata(databases: Iterable[str]) -> dict[str, Any]:
    """What Datasette shows beside the tables: what views and columns mean, and the questions as forms."""
    return {
        "title": "Is our customer service good?",
        "description": "Figures of the audit, read-only. Values are never to be summed or averaged.",
        "databases": {name: _database(name == LEADERS) for name in databases},
    }


def _database(is_for_leaders: bool) -> dict[str, Any]:
    role = access.LEADER if is_for_leaders else access.ANALYST
    shown = access.readable(metrics.load_all(), role)
    return {
        "queries": {each.name: _form(each) for each in questions() if each.is_for_leaders or not is_for_leaders},
        "tables": {view.name: {"description": view.sentence, "columns": view.columns} for view in shown},
    }


def _form(question: Question) -> dict[str, Any]:
    example = ", ".join(f"{name} {value}" for name, value in question.example.items())
    words = f"{question.words} For example: {example}." if example else question.words
    return {"sql": question.statement, "title": question.title, "description": words, "params": [*question.example]}


def _opened(files: Mapping[str, pathlib.Path]) -> list[str]:
    # The leaders' file is replaced as a whole and never changed; the store goes on being written, and is locked for it.
    return [word for name, path in files.items() for word in (*(["--immutable"] * (name == LEADERS)), str(path))]


def _settings() -> list[str]:
    return [word for name, value in SETTINGS.items() for word in ("--setting", name, str(value))]


if __name__ == "__main__":
    main(sys.argv[1:])
