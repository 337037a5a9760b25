"""Brings a store up to date: Alembic's migrations first, then the views, all of sql/."""

from __future__ import annotations

import pathlib

import alembic.command
import sqlalchemy as sa
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from auditlib.places import SQL
from auditlib.store import engine


def migrate(opened: sa.Engine) -> None:
    """Migrates to the newest version if the store is not there yet; safe to call each time."""
    settings = Config()
    settings.set_main_option("script_location", str(SQL / "migrations"))
    newest = ScriptDirectory.from_config(settings).get_current_head()
    with engine.reading(opened) as connection:
        if MigrationContext.configure(connection).get_current_revision() == newest:
            return
    with engine.writing(opened) as connection:
        settings.attributes["connection"] = connection
        alembic.command.upgrade(settings, "head")


def view_files() -> list[pathlib.Path]:
    """The views of sql/views in the order in which they build on each other: by name."""
    return sorted((SQL / "views").glob("*.sql"))
