"""Kills a step in the middle: in a process of its own, before or after its n-th transaction."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from types import ModuleType
from typing import Any

import sqlalchemy as sa


def killed(step: Callable[[], Any], trap: Callable[[], None]) -> bool:
    """Runs a step in a forked process in which a trap was laid; False if it came through.

    A fork has everything imported already and opens its own connections; the sandbox's server
    goes on in the parent.
    """
    child = os.fork()
    if child == 0:
        code = 1
        try:
            trap()
            step()
            code = 0
        except BaseException as error:  # a forked pytest must never go on by itself
            os.write(2, f"in the child: {type(error).__name__}: {error}\n".encode())
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0, "the step failed by itself"
    return False


def at_commit(number: int, after: bool) -> Callable[[], None]:
    """A trap: dies just before, or just after, the n-th transaction that wrote is committed."""

    def lay() -> None:
        count = 0
        commit = sa.engine.default.DefaultDialect.do_commit

        def trapped(dialect: Any, connection: Any) -> None:
            nonlocal count
            wrote = _wrote(connection)
            count += wrote
            if wrote and count == number and not after:
                _die()
            commit(dialect, connection)
            if wrote and count == number:
                _die()

        sa.engine.default.DefaultDialect.do_commit = trapped  # type: ignore[method-assign]

    return lay


def at_call(module: ModuleType, name: str, number: int = 1, after: bool = False) -> Callable[[], None]:
    """A trap: dies at the n-th call of a function, or once that call is done."""

    def lay() -> None:
        count, function = 0, getattr(module, name)

        def trapped(*args: Any, **kwargs: Any) -> Any:
            nonlocal count
            count += 1
            if count == number and not after:
                _die()
            result = function(*args, **kwargs)
            if count == number:
                _die()
            return result

        setattr(module, name, trapped)

    return lay


def _wrote(connection: Any) -> bool:
    """SQLite's readers also commit; only a transaction that changed rows counts."""
    driver = getattr(connection, "driver_connection", connection)
    before = _CHANGES.get(id(driver), 0)
    _CHANGES[id(driver)] = driver.total_changes
    return driver.total_changes != before


_CHANGES: dict[int, int] = {}


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
