"""The tables as Python knows them and as the migrations make them are the same, on both databases."""

from __future__ import annotations

import pathlib

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext

import auditlib.store
from auditlib.store import engine, migrating, open_store
from auditlib.store.columns import METADATA
from auditlib.store.figure_tables import FIGURES
from tests.postgres import cluster, postgres_url  # noqa: F401

HOW = "write them into the next file of sql/migrations/versions"


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: pathlib.Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/audit.db"
    return str(request.getfixturevalue("postgres_url"))


def test_migrations_make_exactly_the_tables_that_the_code_knows(address: str) -> None:
    needed = migrating.missing_operations(open_store(address).engine)
    assert needed == "", f"the migrations lack operations; {HOW}:\n{needed}"


def test_a_column_that_no_migration_makes_is_told_with_its_operation(address: str) -> None:
    store = open_store(address)
    FIGURES.append_column(sa.Column("brand_new", sa.Text))
    try:
        assert "sa.Column('brand_new', sa.Text()" in migrating.missing_operations(store.engine)
    finally:
        FIGURES._columns.remove(FIGURES.c.brand_new)


def test_opening_a_store_again_changes_nothing(address: str) -> None:
    open_store(address)
    opened = engine.connect(address)
    migrating.migrate(opened)
    with engine.reading(opened) as c:
        assert MigrationContext.configure(c).get_current_revision() is not None


def test_postgresql_keeps_each_columns_sentence(postgres_url: str) -> None:  # noqa: F811
    with engine.reading(open_store(postgres_url).engine) as c:
        inspector = sa.inspect(c)
        told = {column["name"]: column["comment"] for column in inspector.get_columns("figures")}
        assert inspector.get_table_comment("figures")["text"] == FIGURES.comment
    assert told == {column.name: column.comment for column in FIGURES.columns}


def test_every_table_and_column_has_a_sentence() -> None:
    assert auditlib.store is not None, "it defines the tables"
    tables = [table for table in METADATA.tables.values() if "changes_at" not in table.columns]
    assert [table.name for table in tables if not table.comment] == []
    assert [str(column) for table in tables for column in table.columns if not column.comment] == []
