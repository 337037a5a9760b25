"""What follows a night: what leaders open, who is told, and what is cleared away."""

from __future__ import annotations

from auditlib.pipeline import clearing
from auditlib.pipeline.setting import Setting
from auditlib.store import access


def write_leaders_file() -> str | None:
    """Writes what leaders read of the current publication as a file beside a SQLite store; gives its path."""
    setting = Setting.here()
    path = access.write_leaders_file(setting.store.engine, setting.metrics)
    return None if path is None else str(path)


def write_page(run: int | None = None) -> str:
    """Writes the leadership page of the current publication, and the leaders' file; gives the page's path."""
    from auditlib import pages

    setting = Setting.here()
    leaders = access.write_leaders_file(setting.store.engine, setting.metrics)
    return str(pages.write(setting, leaders=leaders))


def alert(run: int, kind: str, exception: BaseException | str | None = None) -> dict[str, str] | None:
    """Subject and body of a run's one alert of a kind; None if it was given already."""
    from auditlib.pipeline import alerting

    return alerting.alert(Setting.here(), run, kind, exception)


def informed(run: int) -> dict[str, str] | None:
    """Subject and body of what is told of a published night; None if it was told already."""
    from auditlib.pipeline import informing

    return informing.informed(Setting.here(), run)


def upkeep() -> dict[str, int]:
    """Removes raw pages that have expired; gives what was done."""
    return {"expired": clearing.remove_expired(Setting.here())}
