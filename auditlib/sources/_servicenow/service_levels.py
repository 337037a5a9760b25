"""What ServiceNow's service levels say of a ticket: the hours that it keeps, and the helpdesk's own verdicts.

https://www.servicenow.com/docs/ (Task SLA table, SLA definitions). What starts, pauses, stops and resets one is a
condition on any field of the ticket, or a script, so no policy of ours could say the same: they are not replayed. Their
verdicts are kept for reconciliation, and only of those that are over: one that runs is missed while nothing happens to
its ticket, which is not read again for that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from auditlib.caselog.rows import Event, VendorMetric
from auditlib.sources._servicenow.schedules import Schedules
from auditlib.sources._servicenow.shapes import Promise
from auditlib.sources._servicenow.words import second

HOURS = 1 << 50
"""Places of the hours that a ticket keeps, behind all that was written or changed."""
OVER = ("completed", "achieved")
AGREED, RESOLUTION = ("", "sla"), "resolution"


def verdicts(ticket: str, told: Iterable[Promise]) -> Iterator[VendorMetric]:
    """How often each of its service levels that are over was missed. A cancelled one says nothing."""
    missed: dict[str, int] = defaultdict(int)
    for promise in told:
        stage = promise.stage.lower()
        if promise.name and (stage in OVER or (stage == "breached" and promise.active == "false")):
            missed[promise.name] += promise.has_breached == "true"
    for name, times in sorted(missed.items()):
        yield VendorMetric(ticket=ticket, metric=f"own_sla.{name}.missed", value=float(times))


def keeping(told: Iterable[Promise]) -> list[Promise]:
    """The service levels whose hours are the ticket's: those for its solve, which run as long as it is open; where
    none of them has hours, all others.

    What is agreed with customers says when somebody answers; agreements among teams and with suppliers do not.
    """
    held = [p for p in told if p.schedule and p.type.lower() in AGREED]
    solve = [p for p in held if p.target.lower() == RESOLUTION]
    return sorted(solve or held, key=lambda p: (second(p.sys_created_on), p.sys_id))


def hours(ticket: str, told: Sequence[Promise], schedules: Schedules) -> Iterator[Event]:
    """The hours of whichever was attached last, from when it was."""
    before: str | None = None
    for place, promise in enumerate(keeping(told)):
        kept = schedules.key(promise.schedule, promise.timezone)
        if kept is not None and kept != before:
            yield Event(
                ticket=ticket, seq=HOURS + place, occurred_at=second(promise.sys_created_on), kind="schedule",
                actor_class="automation", old=before, new=kept,
            )  # fmt: skip
            before = kept
