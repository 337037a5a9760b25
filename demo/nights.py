"""What the demo plays: an invented company, three nights, and a review between them.

`make demo` plays it in Airflow before somebody's eyes (run.py); `play` takes the same steps without, for tests.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import pathlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditlib.sandbox import Box

TICKETS = 6000
OPENS = "2026-10-30T01:00:00Z"
NIGHTS = {
    "2026-10-29": "the first night loads the newest five weeks, so that there is a page at once",
    "2026-10-30": "the second loads the older months",
    "2026-10-31": "from now on a night costs what changed",
}
REVIEW = ("2026-10-29", "2026-W43", "H. Nordlicht, head of support")
"""After which night somebody signs which week; what is learned of it later shows beside what was signed."""


def play(folder: pathlib.Path) -> None:
    """Audits the nights into a folder; AUDITLIB_CONFIG has to name audit.toml there."""
    with played(folder):
        pass


@contextlib.contextmanager
def played(folder: pathlib.Path, more: str = "") -> Iterator[Box]:
    """The same with `more` in its audit.toml, and with the helpdesk still there: nights can follow."""
    from auditlib import pipeline
    from auditlib.pipeline.setting import Setting
    from auditlib.sandbox.build import world
    from auditlib.sandbox.server import serve

    config = pathlib.Path(__file__).with_name("audit.toml").read_text(encoding="utf-8")
    (folder / "audit.toml").write_text(config + more, encoding="utf-8")
    with serve(world(TICKETS), OPENS) as box:
        login = {"host": box.url, "login": f"{box.email}/token", "password": box.token}
        os.environ["AIRFLOW_CONN_SANDBOX"] = json.dumps({"conn_type": "http", **login})
        for day in NIGHTS:
            box.set_clock(morning_after(day))
            pipeline.night(Setting.here().midnight_after(day))
            if day == REVIEW[0]:
                sign()
        yield box


def morning_after(day: str) -> str:
    """Two o'clock in the morning after a day, when it is audited."""
    return f"{datetime.date.fromisoformat(day) + datetime.timedelta(days=1)}T01:00:00Z"


def sign() -> str:
    """The review: a week is signed with what is open in it; gives that in words."""
    from auditlib.commands.setting import published
    from auditlib.pipeline import signing
    from auditlib.pipeline.setting import Setting

    _, week, by = REVIEW
    setting, period = Setting.here(), signing.read_period(week)
    open_ = signing.exceptions(setting, published(setting), period)
    signed = signing.sign(setting, period, by, None, open_)
    return f"{by}, signs {week}: {signed['figures']} figures, {len(open_)} exceptions."
