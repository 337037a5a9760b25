"""`audit.toml`: what operators and leaders decide, read and checked.

`load` gives the configuration, or one error that names every mistake of the file with its line.
`source_names`, `schedule`, `metric_folders` and `alerts` are for DAG files and their callbacks: they
import nothing but the standard library, and a mistake elsewhere in the file does not take the DAG
away: the night itself fails, and can still tell somebody why.

AUDITLIB_CONFIG names another file, AUDITLIB_STORE another store. Relative paths, the store's
included, are relative to the file, never to the working directory.
"""

from __future__ import annotations

import datetime
import os

from auditlib.config.identity import changed_sections, fingerprint, measure_fingerprint
from auditlib.config.mistakes import ConfigError, Problem
from auditlib.config.shape import (
    Alerts,
    Audit,
    ClockRules,
    Config,
    Customer,
    Exclusion,
    Extend,
    FigureRules,
    Repeat,
    Segment,
    Target,
    Team,
)

__all__ = [
    "Alerts",
    "Audit",
    "ClockRules",
    "Config",
    "ConfigError",
    "Customer",
    "Exclusion",
    "Extend",
    "FigureRules",
    "Problem",
    "Repeat",
    "Segment",
    "Target",
    "Team",
    "alerts",
    "changed_sections",
    "fingerprint",
    "load",
    "measure_fingerprint",
    "metric_folders",
    "schedule",
    "source_names",
]

WHEN = (("audit", "schedule"), ("audit", "time_zone"), ("audit", "publish_by"))
Path = str | os.PathLike[str] | None


def load(path: Path = None) -> Config:
    """What the file, AUDITLIB_CONFIG or audit.toml says; raises ConfigError with all its mistakes."""
    from auditlib.config import building, reading, together

    file = reading.read(path)
    together.note_all(file)
    file.mistakes.raise_any()
    return building.build(file)


def source_names(path: Path = None) -> list[str]:
    """The names of the sources in the file's order; raises ConfigError only for mistakes in names."""
    from auditlib.config import reading, together

    file = reading.read(path)
    for place, found, right in together.same_names(file, "source"):
        file.mistakes.note(place, found, right)
    file.mistakes.raise_any(lambda place: place[:1] == ("source",) and place[2:] in ((), ("name",)))
    return [source.values["name"] for source in file.sections["source"]]


def schedule(path: Path = None) -> tuple[str, str, datetime.time]:
    """When the audit runs: cron, time zone, and the time by which it should have published."""
    from auditlib.config import reading

    file = reading.read(path)
    file.mistakes.raise_any(lambda place: place == ("audit",) or place in WHEN)
    audit = file.sections["audit"][0].values
    return audit["schedule"], audit["time_zone"], audit["publish_by"]


def metric_folders(path: Path = None) -> list[str]:
    """Absolute paths of the company's own metrics; whatever else is wrong in the file."""
    from auditlib.config import reading

    file = reading.read(path)
    (extend,) = file.sections["extend"]
    return [str(file.folder / written) for written in extend.get("metrics") or ()]


def alerts(path: Path = None) -> Alerts:
    """Whom to tell; whatever else is wrong in the file."""
    from auditlib.config import reading

    (told,) = reading.read(path).sections["alerts"]
    return Alerts(page=told.get("page"), inform=told.get("inform"))
