"""What Jira's own SLAs say of an issue: kept for reconciliation, never measured with.

An SLA counts in cycles, each on a calendar and with pauses that Jira does not tell. What is decided are completed
cycles only: an ongoing one changes while nothing happens to the issue, which is not read again for that. When a cycle
began and ended is compared with ours by the clock on the wall; whether it was missed is Jira's own word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from auditlib.caselog.rows import BadRecord, Notice, VendorMetric, moment
from auditlib.sources._jira_service_management.shapes import ServiceLevel

COMPARED = {"time to first response": "time_to_first_response", "time to resolution": "time_to_resolution"}
"""The SLAs with which Atlassian's templates begin, by their names in small letters → what they are compared as."""


class Moment(msgspec.Struct, kw_only=True):
    """One moment, written in several ways; milliseconds are the shortest."""

    epochMillis: int | None = None
    iso8601: str | None = None
    jira: str | None = None


class Cycle(msgspec.Struct, kw_only=True):
    startTime: Moment | None = None
    stopTime: Moment | None = None
    breached: bool | None = None


def own_figures(issue: str, told: Iterable[ServiceLevel], named: Mapping[str, str]) -> Iterator[VendorMetric | Notice]:
    """Jira's figures of one issue; `named` are SLAs that have other names here → what they are compared as."""
    for level in told:
        try:
            cycles = msgspec.convert(level.completedCycles or [], list[Cycle])
            if cycles and level.name:
                yield from _of_level(issue, level.name, cycles, named)
        except (msgspec.ValidationError, BadRecord):
            yield Notice(stream="service levels", field="completedCycles that cannot be read")


def _of_level(issue: str, name: str, cycles: list[Cycle], named: Mapping[str, str]) -> Iterator[VendorMetric]:
    missed = sum(cycle.breached is True for cycle in cycles)
    yield VendorMetric(ticket=issue, metric=f"own_sla.{name}.missed", value=float(missed))
    ran = sorted(
        found for cycle in cycles if (found := (_second(cycle.startTime), _second(cycle.stopTime)))[0] is not None
    )
    compared = named.get(name) or COMPARED.get(name.lower())
    if compared and ran:
        began, ended = ran[0]
        if began is not None and ended is not None:
            yield VendorMetric(ticket=issue, metric=compared, value=float(ended - began))


def _second(told: Moment | None) -> int | None:
    if told is None:
        return None
    if told.epochMillis is not None:
        return told.epochMillis // 1000
    written: Any = told.jira or told.iso8601
    return moment(written) if written else None
