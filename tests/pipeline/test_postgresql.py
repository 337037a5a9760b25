"""The whole night on PostgreSQL gives what it gives on SQLite; readers never see half a night."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa

from auditlib.sandbox import Box
from auditlib.store import bulk, engine
from auditlib.store.caselog_tables import EVENTS, TICKETS
from tests.pipeline.conftest import FIRST, SECOND, THIRD
from tests.pipeline.house import House
from tests.pipeline.sameness import CASE_LOG, FIGURES, assert_same, measure_tables
from tests.postgres import cluster, postgres_url  # noqa: F401


@pytest.fixture(scope="module")
def database(cluster: str) -> str:  # noqa: F811
    with sa.create_engine(f"{_driver(cluster)}/postgres", isolation_level="AUTOCOMMIT").connect() as c:
        c.exec_driver_sql("CREATE DATABASE nights TEMPLATE template0 ENCODING 'UTF8'")
    return f"{_driver(cluster)}/nights"


def _driver(url: str) -> str:
    return url.replace("postgresql:", "postgresql+psycopg:")


@pytest.fixture(scope="module")
def on_postgresql(database: str, box: Box, tmp_path_factory: pytest.TempPathFactory) -> House:
    """The three nights of `third_night`, on PostgreSQL."""
    house = House(tmp_path_factory.mktemp("pg") / "house", boxes={"sandbox": box}, store=database)
    for day in (FIRST, SECOND, THIRD):
        house.night(day)
    return house


@pytest.mark.parametrize("tables", ["case log", "measures", "figures"])
def test_postgresql_and_sqlite_hold_the_same_row_for_row(on_postgresql: House, third_night: House, tables: str) -> None:
    one, other = plain(third_night.tables()), plain(on_postgresql.tables())
    names = {"case log": CASE_LOG, "measures": measure_tables(one), "figures": FIGURES}[tables]
    assert_same(one, other, names)


def test_the_same_night_once_more_finds_nothing_new_on_postgresql(on_postgresql: House) -> None:
    before = on_postgresql.tables()
    published = on_postgresql.again(THIRD)
    assert published["figures"] == 0
    after = on_postgresql.tables()
    assert_same(before, after, measure_tables(before))


def test_columns_come_out_of_both_alike(on_postgresql: House, third_night: House) -> None:
    query = sa.select(EVENTS.c.ticket_key, EVENTS.c.occurred_at, EVENTS.c.seq, EVENTS.c.is_public).order_by(
        EVENTS.c.ticket_key, EVENTS.c.occurred_at, EVENTS.c.seq, EVENTS.c.from_run
    )
    found = []
    for house in (third_night, on_postgresql):
        with house.here() as setting, engine.reading(setting.store.engine) as c:
            found.append(bulk.whole_columns(c, query))
    assert len(found[0]["seq"]) > 500
    with on_postgresql.here() as setting, engine.reading(setting.store.engine) as c:
        assert bulk.whole_columns(c, query.where(EVENTS.c.kind == 99))["seq"].tolist() == []
    for name in found[0]:
        np.testing.assert_array_equal(found[0][name], found[1][name])


def test_a_null_among_whole_numbers_is_refused(on_postgresql: House) -> None:
    with on_postgresql.here() as setting, engine.reading(setting.store.engine) as c:
        for columns in ((EVENTS.c.seq, EVENTS.c.to_run), (EVENTS.c.to_run,), (EVENTS.c.to_run, EVENTS.c.seq)):
            with pytest.raises(ValueError, match="NULL"):
                bulk.whole_columns(c, sa.select(*columns))


def test_writers_wait_for_each_other(database: str, third_night: House) -> None:
    for address in (database, third_night.address):
        opened, order = engine.connect(address), []

        def second(opened: sa.Engine = opened, order: list[str] = order) -> None:
            with engine.writing(opened):
                order.append("second")

        waiting = threading.Thread(target=second)
        with engine.writing(opened):
            waiting.start()
            waiting.join(0.3)
            order.append("first")
        waiting.join()
        assert order == ["first", "second"]


def test_copy_takes_every_kind_of_value(on_postgresql: House) -> None:
    odd = 'tab\t, newline\n, backslash \\N, quote ", nothing, Ω'
    with on_postgresql.here() as setting, engine.reading(setting.store.engine) as c:
        rows = bulk.frame(c, sa.select(TICKETS).limit(2)).drop(columns=["to_run"])
        rows = rows.assign(ticket_key=[1, 2], subject=[odd, None], sketch=[b"\x00\x01\\", None], from_run=9)
        bulk.write(c, TICKETS, rows)
        back = bulk.frame(c, sa.select(TICKETS).where(TICKETS.c.from_run == 9).order_by(TICKETS.c.ticket_key))
        assert back.subject.tolist() == [odd, None]
        assert back.sketch.tolist() == [b"\x00\x01\\", None]
        assert back.to_run.isna().all()
        c.rollback()


def while_a_night_is_written(house: House, day: str, look: Callable[[], object]) -> set[object]:
    """What a reader sees again and again, from before the night begins until its last line."""
    seen, done = set(), threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.add(look())

    reader = threading.Thread(target=read)
    reader.start()
    try:
        house.night(day, tell=lambda line: seen.add(look()) if not line.startswith("published") else None)
    finally:
        done.set()
        reader.join()
    return seen


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_a_reader_sees_the_old_publication_or_the_new_one_and_nothing_between(
    store: str, request: pytest.FixtureRequest, third_night: House, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if store == "sqlite":
        house = third_night.copy(tmp_path_factory.mktemp("read") / "house")
    else:
        house = request.getfixturevalue("on_postgresql")

    opened = engine.connect(house.address)

    def look() -> tuple[object, ...]:
        with engine.reading(opened) as c:
            tickets = c.exec_driver_sql("SELECT COUNT(*), MAX(created_at) FROM ticket_audit").one()
            figures = c.exec_driver_sql("SELECT COUNT(*), SUM(value) FROM scorecard").one()
            return tuple(round(v, 6) if isinstance(v, float) else str(v) for v in (*tickets, *figures))

    before = look()
    seen = while_a_night_is_written(house, "2026-10-22", look)
    after = look()
    assert before != after
    assert seen <= {before, after}


def plain(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Values as both databases can say them: moments as ISO text, flags as numbers, bytes as bytes."""
    return {
        name: pd.DataFrame({column: [_plain(v) for v in rows[column].tolist()] for column in rows}, dtype=object)
        for name, rows in tables.items()
    }


def _plain(value: object) -> object:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, pd.Timestamp):
        return None if value is pd.NaT else value.tz_convert("UTC").strftime("%Y-%m-%dT%H:%M:%SZ")
    if value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return bytes(value) if isinstance(value, memoryview) else value
