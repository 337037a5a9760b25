"""Brings a store up to date: Alembic's migrations first, then the views, all of sql/."""

from __future__ import annotations

import functools
import pathlib

import alembic.command
import sqlalchemy as sa
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations.ops import (
    AlterColumnOp,
    CreateTableCommentOp,
    DropTableCommentOp,
    MigrateOperation,
    ModifyTableOps,
)
from alembic.script import ScriptDirectory
from sqlalchemy.schema import SetColumnComment, SetTableComment

from auditlib.places import SQL
from auditlib.store import engine
from auditlib.store.columns import METADATA


def migrate(opened: sa.Engine) -> None:
    """Migrates to the newest version if the store is not there yet; safe to call each time."""
    with engine.reading(opened) as connection:
        if MigrationContext.configure(connection).get_current_revision() == newest():
            return
    settings = _settings()
    with engine.writing(opened) as connection:
        settings.attributes["connection"] = connection
        alembic.command.upgrade(settings, "head")
        _comment(connection)


@functools.cache  # every step of a night opens the store, and the files are read and compiled to know it
def newest() -> str | None:
    """The newest version that there is a migration to."""
    return ScriptDirectory.from_config(_settings()).get_current_head()


def _settings() -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(SQL / "migrations"))
    return settings


def missing_operations(opened: sa.Engine) -> str:
    """What a migration would still have to do, as its code; empty if the tables are as the code knows them.

    Tables of families are left out: they are made from the metrics that there are.
    """
    with engine.reading(opened) as connection:
        options = {"include_object": _is_migrated, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        needed = produce_migrations(context, METADATA).upgrade_ops
        assert needed is not None
        needed.ops = [op for op in needed.ops if not _says_only(op)]
        return "" if needed.is_empty() else render_python_code(needed)


def _comment(connection: sa.Connection) -> None:
    """PostgreSQL keeps each table's and column's sentence; they are the code's, so no migration repeats them."""
    if connection.dialect.name != "postgresql":
        return
    for table in METADATA.sorted_tables:
        if not _is_of_family(table):
            connection.execute(SetTableComment(table))
            for column in table.columns:
                connection.execute(SetColumnComment(column))


def _is_migrated(thing: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:
    table = METADATA.tables.get(name or "")
    return kind != "table" or (table is not None and not _is_of_family(table))


def _is_of_family(table: sa.Table) -> bool:
    return "changes_at" in table.columns


def _says_only(operation: MigrateOperation) -> bool:
    """Whether it changes nothing but sentences."""
    if isinstance(operation, ModifyTableOps):
        operation.ops = [op for op in operation.ops if not _says_only(op)]
        return not operation.ops
    if isinstance(operation, AlterColumnOp):
        return operation.modify_type is None and operation.modify_nullable is None
    return isinstance(operation, CreateTableCommentOp | DropTableCommentOp)


def view_files() -> list[pathlib.Path]:
    """The views of sql/views in the order in which they build on each other: by name."""
    return sorted((SQL / "views").glob("*.sql"))
