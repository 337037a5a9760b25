"""The views that leaders open: those of sql/views, and those that are generated from the metrics.

A view's file begins with a comment that says its grain and who reads it; each column of its last
SELECT carries its sentence behind `--`. Both become comments on PostgreSQL and rows of the data
dictionary. In the files
    {holds(t)}      is true of a version that leaders may see,
    {published}     is the list of published runs,
    {moment(x)}     is whole seconds as a moment,
    {seconds(x)}    is a moment as whole seconds,
    {day_after(x)}  is the day after a day such as 2026-03-02,
    {quarter_before(x)} is the day 91 days before it,
    {week_end(x)}   is the last day of a week, of its first.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType

import sqlalchemy as sa

from auditlib.store import generated_views, migrating
from auditlib.store.run_tables import STORE_FACTS

PUBLISHED = "(SELECT run FROM run_log WHERE state = 'published')"
HOLDS = f"({{0}}.from_run IN {PUBLISHED} AND ({{0}}.to_run IS NULL OR {{0}}.to_run NOT IN {PUBLISHED}))"
"""A version holds for leaders if a published run wrote it and no published run closed it. Rows of a past
night's own line are closed by the run that wrote them."""
MACRO = re.compile(r"\{(holds|moment|seconds|day_after|quarter_before|week_end|published)(?:\(([\w. ]+)\))?\}")
COLUMN = re.compile(r'AS "?(\w+)"?,? -- (.+)$', re.MULTILINE)
MEANING = {
    "sqlite": {
        "moment": "strftime('%Y-%m-%dT%H:%M:%SZ', {0}, 'unixepoch')",
        "seconds": "CAST(strftime('%s', {0}) AS INTEGER)",
        "day_after": "date({0}, '+1 day')",
        "quarter_before": "date({0}, '-91 days')",
        "week_end": "date({0}, '+6 days')",
    },
    "postgresql": {
        "moment": "to_timestamp({0})",
        "seconds": "CAST(EXTRACT(EPOCH FROM {0}) AS BIGINT)",
        "day_after": "CAST(CAST({0} AS DATE) + 1 AS TEXT)",
        "quarter_before": "CAST(CAST({0} AS DATE) - 91 AS TEXT)",
        "week_end": "CAST(CAST({0} AS DATE) + 6 AS TEXT)",
    },
}


@dataclass(frozen=True)
class View:
    """A view as it is written down: its statement with macros, and the sentences that explain it."""

    name: str
    statement: str

    @property
    def sentence(self) -> str:
        """What one row is, and who reads it."""
        lines = []
        for line in self.statement.splitlines():
            if not line.startswith("--"):
                break
            lines.append(line[2:].strip())
        return " ".join(lines)

    @property
    def is_for_leaders(self) -> bool:
        """Whether its first sentences say that leaders read it: whoever else does says so there too."""
        return "Read by leaders" in self.sentence

    @property
    def columns(self) -> dict[str, str]:
        """Column → its sentence, of the last SELECT."""
        return {column: sentence for column, sentence in COLUMN.findall(self.statement)}

    def on(self, dialect: str) -> str:
        """The statement as a database understands it."""
        meaning = {"holds": HOLDS, "published": PUBLISHED, **MEANING[dialect]}
        return MACRO.sub(lambda found: meaning[found[1]].replace("{0}", found[2] or ""), self.statement)

    def as_table(self, dialect: str) -> str:
        """The statement that keeps what the view shows now as a table."""
        return re.sub(r"^CREATE VIEW ", "CREATE TABLE ", self.on(dialect), count=1, flags=re.MULTILINE)


def create(c: sa.Connection, families: Mapping[str, Mapping[str, ModuleType]], force: bool = False) -> None:
    """Creates or renews the views, if they are not as they should be."""
    wanted = views(families)
    digest = hashlib.sha256("\n".join(view.statement for view in wanted).encode()).hexdigest()
    held = json.loads(c.scalar(sa.select(STORE_FACTS.c.value).where(STORE_FACTS.c.name == "views")) or "{}")
    if not force and held.get("digest") == digest:
        return
    names = [view.name for view in wanted]
    for name in [*(set(held.get("names", ())) - set(names)), *reversed(names)]:
        _execute(c, f'DROP VIEW IF EXISTS "{name}"')
    for view in wanted:
        _execute(c, view.on(c.dialect.name))
        if c.dialect.name == "postgresql":
            _comment(c, view)
    c.execute(sa.delete(STORE_FACTS).where(STORE_FACTS.c.name == "views"))
    kept = json.dumps({"digest": digest, "names": names})
    c.execute(sa.insert(STORE_FACTS).values(name="views", value=kept))


def views(families: Mapping[str, Mapping[str, ModuleType]]) -> list[View]:
    """Every view, in the order in which they build on each other."""
    files = [View(re.sub(r"^\d+_", "", path.stem), path.read_text()) for path in migrating.view_files()]
    return [
        View("ticket_audit", generated_views.ticket_audit(families)),
        *files,
        View("evidence", generated_views.evidence(families)),
    ]


def _comment(c: sa.Connection, view: View) -> None:
    """Writes the sentences where a PostgreSQL client shows them."""
    _execute(c, f'COMMENT ON VIEW "{view.name}" IS {_quoted(view.sentence)}')
    for column, sentence in view.columns.items():
        _execute(c, f'COMMENT ON COLUMN "{view.name}"."{column}" IS {_quoted(sentence)}')


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def _execute(c: sa.Connection, statement: str) -> None:
    # Without parameters the drivers leave percent signs alone.
    c.exec_driver_sql(statement, execution_options={"no_parameters": True})
