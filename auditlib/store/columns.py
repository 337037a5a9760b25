"""The few kinds of column that the store's tables are made of."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

METADATA = sa.MetaData()


class Moment(sa.types.TypeDecorator):
    """A moment in UTC: timestamptz on PostgreSQL, ISO 8601 text with a Z on SQLite.

    Takes and gives ISO 8601 text such as 2026-03-02T09:00:00Z, on both.
    """

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.TIMESTAMP(timezone=True))
        return dialect.type_descriptor(sa.Text())

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> str | None:
        if value is None or isinstance(value, str):
            return value
        import datetime

        return value.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def table(name: str, comment: str, *columns: Any, **options: Any) -> sa.Table:
    """A table of the store with the sentence that explains it."""
    return sa.Table(name, METADATA, *columns, comment=comment, **options)


def key(name: str, comment: str, **options: Any) -> sa.Column:
    """A surrogate: a keyed 63-bit hash of what the register says it stands for."""
    return sa.Column(name, sa.BigInteger, comment=comment, nullable=False, **options)


def whole(name: str, comment: str, **options: Any) -> sa.Column:
    return sa.Column(name, sa.BigInteger, comment=comment, **options)


def small(name: str, comment: str, **options: Any) -> sa.Column:
    return sa.Column(name, sa.SmallInteger, comment=comment, **options)


def text(name: str, comment: str, **options: Any) -> sa.Column:
    return sa.Column(name, sa.Text, comment=comment, **options)


def flag(name: str, comment: str, **options: Any) -> sa.Column:
    return sa.Column(name, sa.Boolean, comment=comment, **options)


def number(name: str, comment: str, **options: Any) -> sa.Column:
    return sa.Column(name, sa.Double, comment=comment, **options)


def moment(name: str, comment: str, **options: Any) -> sa.Column:
    return sa.Column(name, Moment, comment=comment, **options)


def epoch(name: str, comment: str, **options: Any) -> sa.Column:
    """Whole seconds since 1970 in UTC, where millions of them are computed with."""
    return sa.Column(name, sa.BigInteger, comment=f"{comment} (seconds since 1970, UTC)", **options)


def versions() -> tuple[sa.Column, sa.Column]:
    """From which run a row was known, and by which run it was replaced or withdrawn."""
    return (
        whole("from_run", "The run that first knew this row.", primary_key=True, nullable=False),
        whole("to_run", "The run that replaced or withdrew it; NULL while it holds."),
    )
