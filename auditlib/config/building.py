"""The sections of a file without mistakes, as the configuration that the audit works with."""

from __future__ import annotations

import dataclasses
import datetime
import os
import pathlib
import zoneinfo
from typing import Any

from auditlib.config import shape
from auditlib.config.keys import BUCKETS
from auditlib.config.reading import File, Section

SQLITE = "sqlite:///"


def build(file: File) -> shape.Config:
    """The configuration, with absolute paths and the store that AUDITLIB_STORE may name."""
    audit = _audit(file)
    return shape.Config(
        audit=audit,
        sources=tuple(_source(section, audit.time_zone, file.folder) for section in file.sections["source"]),
        clock=_clock(file),
        repeat=shape.Repeat(**_only(file, "repeat")),
        customers=tuple(shape.Customer(**customer.values) for customer in file.sections["customer"]),
        teams=tuple(shape.Team(**team.values) for team in file.sections["team"]),
        segments=tuple(shape.Segment(**segment.values) for segment in file.sections["segment"]),
        targets=tuple(shape.Target(**target.values) for target in file.sections["target"]),
        figures=shape.FigureRules(**_only(file, "figures")),
        baselines=tuple(shape.Baseline(**baseline.values) for baseline in file.sections["baseline"]),
        fairness=shape.Fairness(**_only(file, "fairness")),
        exclusions=tuple(shape.Exclusion(**exclusion.values) for exclusion in file.sections["exclude"]),
        findings=tuple(shape.Finding(**finding.values) for finding in file.sections["finding"]),
        alerts=shape.Alerts(**_only(file, "alerts")),
        extend=_extend(file),
        path=file.path,
        lines=file.mistakes.lines,
    )


def _only(file: File, table: str) -> dict[str, Any]:
    (section,) = file.sections[table]
    return dict(section.values)


def _audit(file: File) -> shape.Audit:
    values = _only(file, "audit")
    values["store"] = _store(os.environ.get("AUDITLIB_STORE") or values["store"], file.folder)
    values["landing"] = _landing(values["landing"], file.folder)
    return shape.Audit(**values)


def _source(section: Section, time_zone: str, folder: pathlib.Path) -> Any:
    from auditlib.sources import Settings  # imports msgspec: not for DAG files

    values = dict(section.values)
    values["connection"] = values["connection"] or ""
    values["since"] = _midnight(values["since"], time_zone)
    if "folder" in values["options"]:
        values["options"] = {**values["options"], "folder": str(folder / values["options"]["folder"])}
    values["agreements"] = {
        name: dataclasses.replace(one, holidays=one.holidays and _calendar(one.holidays, folder))
        for name, one in values["agreements"].items()
    }
    return Settings(**values)


def _clock(file: File) -> shape.ClockRules:
    values = _only(file, "clock")
    values["holidays"] = {name: _calendar(one, file.folder) for name, one in values["holidays"].items()}
    return shape.ClockRules(**values)


def _calendar(written: str, folder: pathlib.Path) -> str:
    return str(folder / written) if written.lower().endswith(".csv") else written


def _extend(file: File) -> shape.Extend:
    paths = {
        key: tuple(str(file.folder / written) for written in folders) for key, folders in _only(file, "extend").items()
    }
    return shape.Extend(**paths)


def _midnight(day: datetime.date, time_zone: str) -> int:
    """The second at which a day begins there."""
    zone = zoneinfo.ZoneInfo(time_zone)
    return int(datetime.datetime.combine(day, datetime.time(), zone).timestamp())


def _store(address: str, folder: pathlib.Path) -> str:
    if not address.startswith(SQLITE):
        return address
    name, question, options = address.removeprefix(SQLITE).partition("?")
    return f"{SQLITE}{folder / name}{question}{options}"


def _landing(address: str, folder: pathlib.Path) -> str:
    return address if address.startswith(BUCKETS) else str(folder / address)
