"""Pages for people: the leadership page, the metric pages, the data dictionary."""

from __future__ import annotations

import datetime
import os
import pathlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditlib.pipeline.setting import Setting


def write(
    setting: Setting,
    to: pathlib.Path | None = None,
    week: datetime.date | None = None,
    leaders: pathlib.Path | None = None,
) -> pathlib.Path:
    """Writes the leadership page of the current publication, by default beside audit.toml; gives its path.

    It speaks of the last week that is over, or of the one that begins on that Monday. `leaders` is the leaders' file
    of this very publication, if there is one: what stands in it need not be computed again.
    """
    from auditlib.pages import leadership

    path = to or setting.config.folder / ("page.html" if week is None else f"page-{week:%G-W%V}.html")
    new = path.with_name(f".{path.name}.new")
    new.write_text(leadership.page(setting, week, leaders), encoding="utf-8")
    os.replace(new, path)  # whoever reads it meanwhile sees the old page or the new one, never half of one
    return path
