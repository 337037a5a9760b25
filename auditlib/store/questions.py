"""The questions of sql/questions: what leaders ask, each answered by one statement over the views.

A file begins with comments: its first line is the question, the next say what the answer is and who may ask it;
`For example:` names a value for each parameter.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from auditlib.places import SQL

EXAMPLE = "For example:"
OF_ANALYSTS = "Analysts ask it"
ORDER = (
    "how_did_last_week_go",
    "which_teams_are_beyond_noise",
    "where_did_we_fail_one_customer_again",
    "why_did_it_change",
    "are_any_customers_treated_worse",
    "which_promises_were_broken",
    "how_much_only_asks_again",
    "how_reliable_is_each_figure",
    "what_is_signed",
    "what_changed_since_the_signed_report",
)
"""In which they are asked; whatever else lies in the folder follows by name."""


@dataclass(frozen=True)
class Question:
    """A question with the statement that answers it."""

    name: str
    title: str
    words: str
    """What the answer is, and who may ask."""
    example: Mapping[str, str]
    """Parameter → a value with which the demo has an answer; empty where there is nothing to fill in."""
    statement: str

    @property
    def is_for_leaders(self) -> bool:
        """Whether it asks only what leaders read; the others ask about tickets."""
        return OF_ANALYSTS not in self.words


@functools.cache
def questions() -> tuple[Question, ...]:
    """Every question, in the order in which they are asked."""
    files = {path.stem: path.read_text(encoding="utf-8") for path in (SQL / "questions").glob("*.sql")}
    names = [*ORDER, *sorted(set(files) - set(ORDER))]
    return tuple(_question(name, files[name]) for name in names)


def ask(c: sa.Connection, question: Question, values: Mapping[str, Any] | None = None) -> tuple[list[str], list[tuple]]:
    """A question's columns and rows; moments as ISO 8601 text. Without values it is asked with its example's."""
    told = dict(question.example if values is None else values)
    found = c.execute(sa.text(question.statement), {name: _typed(value) for name, value in told.items()})
    return list(found.keys()), [tuple(_plain(value) for value in row) for row in found]


def _question(name: str, text: str) -> Question:
    head = re.match(r"(?:--.*\n)*", text)
    assert head is not None
    title, *words = [line.removeprefix("--").strip() for line in head[0].splitlines()]
    example = next((line for line in words if line.startswith(EXAMPLE)), "")
    said = " ".join(line for line in words if line != example)
    return Question(name, title, said, _example(example), text[head.end() :].strip())


def _example(line: str) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in line.removeprefix(EXAMPLE).split(";") if pair.strip()]
    return {name.strip(): value.strip() for name, _, value in pairs}


def _typed(value: Any) -> Any:
    """Numbers as numbers: what people type is text."""
    return int(value) if isinstance(value, str) and value.isdecimal() else value


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value
