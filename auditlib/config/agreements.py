"""What a helpdesk's service agreements promise, where it tells their names and no more."""

from __future__ import annotations

import dataclasses
from typing import Any

from auditlib.caselog.words import Status
from auditlib.config.values import Wrong, flag, list_of, one_of, record, text, whole

DEADLINES = ("response", "keep_in_loop", "resolve")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Deadline:
    """How long something may take: minutes of opening hours first, then minutes of the calendar."""

    business_minutes: int | None = None
    real_minutes: int | None = None
    out_of_hours_business_minutes: int = 0
    """Added where the clock starts outside opening hours; the next one too."""
    out_of_hours_real_minutes: int = 0
    ignore_on_statuses: tuple[str, ...] = ()
    """Statuses of ours in which there is no such deadline."""
    exclude_time_on_ignored_statuses: bool = False
    """Whether time in them puts the deadline off."""

    @property
    def counts_hours(self) -> bool:
        """Whether opening hours matter."""
        return self.business_minutes is not None or bool(
            self.out_of_hours_business_minutes or self.out_of_hours_real_minutes
        )


@dataclasses.dataclass(frozen=True, kw_only=True)
class Agreement:
    """One service agreement: its deadlines, and the opening hours on which it counts."""

    response: Deadline | None = None
    """From a customer's oldest message that nobody has answered to an answer."""
    keep_in_loop: Deadline | None = None
    """From the last answer to the next word to the customer."""
    resolve: Deadline | None = None
    """From the creation to the solve."""
    hours: str | None = None
    """As in [clock] business, which holds where this is left out."""
    holidays: str | None = None
    """As in [clock] holidays."""

    @property
    def deadlines(self) -> dict[str, Deadline]:
        """Those that it has, by name."""
        told = {name: getattr(self, name) for name in DEADLINES}
        return {name: deadline for name, deadline in told.items() if deadline}


def deadline(value: Any) -> Deadline:
    """Minutes of opening hours, or a table that says more."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Deadline(business_minutes=whole(0)(value))
    found = Deadline(**_DEADLINE(value))
    if found.business_minutes is None and found.real_minutes is None:
        raise Wrong("has no minutes", "write business_minutes, real_minutes, or both")
    return found


def agreement(value: Any) -> Agreement:
    """A table of deadlines and the hours on which they count."""
    found = Agreement(**_AGREEMENT(value))
    if not found.deadlines:
        raise Wrong("promises nothing", f"write at least one of {', '.join(DEADLINES)}")
    return found


_DEADLINE = record(
    {
        "business_minutes": whole(0),
        "real_minutes": whole(0),
        "out_of_hours_business_minutes": whole(0),
        "out_of_hours_real_minutes": whole(0),
        "ignore_on_statuses": list_of(one_of(Status.__members__, "status of ours"), at_least=1),
        "exclude_time_on_ignored_statuses": flag,
    },
    "part of a deadline",
)
_AGREEMENT = record({**dict.fromkeys(DEADLINES, deadline), "hours": text, "holidays": text}, "part of an agreement")
