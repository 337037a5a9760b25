"""The data dictionary: every view and every table, each column with its sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import ModuleType

from auditlib.store import dictionary

Families = Mapping[str, Mapping[str, ModuleType]]
HEAD = """# The data dictionary

Everything in the store, generated from the code that creates it. On PostgreSQL the same sentences are comments on the
views. **Views** are what people open; **tables** are what they are built on, and may change from one version to the
next. Tables whose names end in `_versions` keep every row that was ever known: `from_run` is the run that first knew
it, `to_run` the one that replaced or withdrew it.

Moments are UTC: `timestamptz` on PostgreSQL, text such as `2026-03-02T09:00:00Z` on SQLite. Surrogates (`…_key`,
`person`, `customer` and the like in tables) are keyed hashes; the table `register` says what they stand for.
"""


def page(families: Families) -> str:
    """The whole dictionary as Markdown."""
    views, tables = dictionary.views(families), dictionary.tables(families)
    parts = [HEAD, "## Views\n"]
    for view in sorted(views, key=lambda entry: entry.name):
        parts.append("\n".join(_section(view)))
    parts.append("## Tables\n")
    for table in sorted(tables, key=lambda entry: entry.name):
        parts.append("\n".join(_section(table)))
    return "\n".join(parts)


def _section(entry: dictionary.Entry) -> Iterator[str]:
    yield f"### {entry.name}\n"
    yield f"{entry.sentence}\n"
    typed = any(column.kind for column in entry.columns)
    yield "| column | type | |" if typed else "| column | |"
    yield "| --- | --- | --- |" if typed else "| --- | --- |"
    for column in entry.columns:
        sentence = column.sentence.replace("|", "\\|")
        yield f"| `{column.name}` | {column.kind} | {sentence} |" if typed else f"| `{column.name}` | {sentence} |"
    yield ""
