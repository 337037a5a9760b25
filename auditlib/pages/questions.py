"""docs/questions.md: what leaders ask, the statement that answers it, and its answer on the demo.

The answers are the demo's own: `make demo` writes the page beside its store as its last step, and
`python -m auditlib.pages.questions .demo/questions.md` takes it over into docs/. The page ends with a digest of the
questions, of the demo's settings and of the versions of every definition that it names; a test compares it, so that
answers of another time are noticed without three nights being audited.
"""

from __future__ import annotations

import hashlib
import json
import pathlib
import re
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from auditlib import metrics
from auditlib.metric import facts
from auditlib.store import engine
from auditlib.store.questions import Question, ask, questions

if TYPE_CHECKING:
    from auditlib.pipeline.setting import Setting

HOUSE = pathlib.Path(__file__).resolve().parents[2]
PAGE = HOUSE / "docs" / "questions.md"
SETTINGS = ("demo/audit.toml", "demo/nights.py")
ROWS = 10
HEAD = """\
# Ten questions, one query each

What a leader asks, and the statement that answers it. The statements are the files of `sql/questions`. They run on
SQLite and PostgreSQL alike, on `leaders.db` (those about tickets: on the store); `make explore` has a form for each.
The answers are those of `make demo`: an invented company, as of the end of 31 October 2026.
"""


def page(setting: Setting) -> str:
    """The page with the answers of a store."""
    with engine.reading(setting.store.engine) as c:
        told = [HEAD, *(_section(question, *ask(c, question)) for question in questions())]
    text = "\n".join(told)
    return f"{text}\n<!-- digest: {digest(text)} -->\n"


def digest(text: str) -> str:
    """What the answers on a page depend on, as a hash: they are to be written anew when it is another."""
    known = {name: facts(m).version for family in metrics.load_all().values() for name, m in _figures(family).items()}
    named = {name: known[name] for name in sorted(set(re.findall(r"\w+", text)) & set(known))}
    asked = [[question.name, question.statement, dict(question.example)] for question in questions()]
    settings = [(HOUSE / path).read_text(encoding="utf-8") for path in SETTINGS]
    return hashlib.sha256(json.dumps([asked, settings, named]).encode()).hexdigest()[:16]


def is_current(text: str) -> bool:
    """Whether a page's answers are those of today's questions, demo and definitions."""
    body, _, kept = text.rpartition("<!-- digest: ")
    return bool(body) and kept.startswith(digest(body.rstrip("\n") + "\n"))


def _figures(family: Mapping[str, Any]) -> dict[str, Any]:
    return {figure.name: module for module in family.values() for figure in module.METRIC.figures}


def _section(question: Question, columns: Sequence[str], rows: Sequence[tuple]) -> str:
    asked = "; ".join(f"`{name}` = {value}" for name, value in question.example.items())
    lines = [f"## {question.title}", "", question.words, "", "```sql", question.statement, "```", ""]
    lines += [f"On the demo, with {asked}:" if asked else "On the demo:", "", *_answer(columns, rows), ""]
    return "\n".join(lines)


def _answer(columns: Sequence[str], rows: Sequence[tuple]) -> list[str]:
    if not rows:
        return ["*Nothing.*"]
    table = [
        _row(columns),
        _row(["---"] * len(columns)),
        *(_row([_cell(value) for value in row]) for row in rows[:ROWS]),
    ]
    return [*table, *(["", f"… and {len(rows) - ROWS} more rows."] if len(rows) > ROWS else [])]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 1000 else f"{value:.0f}"
    return re.sub(r"([\\|<>*_`\[\]])", r"\\\1", str(value)).replace("\n", " ")


if __name__ == "__main__":
    PAGE.write_text(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"), encoding="utf-8")
    print(PAGE, file=sys.stderr)
