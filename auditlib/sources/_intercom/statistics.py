"""What Intercom computes of a conversation itself: kept for reconciliation, never measured with.

It tells moments, and durations in office hours that it does not show. The moments are taken, in seconds from the
contact's first words on, from which its description counts all of them.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from auditlib.caselog.rows import Notice, VendorMetric
from auditlib.sources._intercom.shapes import Conversation

MOMENTS = ("first_admin_reply_at", "first_close_at", "last_close_at")
MISSED = {"missed": 1.0, "hit": 0.0}
"""What it says of a service level once that is decided; of one in force, or taken away, it says neither."""


class Statistics(msgspec.Struct, kw_only=True):
    first_contact_reply_at: int | None = None
    first_admin_reply_at: int | None = None
    first_close_at: int | None = None
    last_close_at: int | None = None
    count_reopens: int | None = None


class Applied(msgspec.Struct, kw_only=True):
    """The service level that was applied last, by its name, and how it stands."""

    sla_name: str | None = None
    sla_status: str | None = None


def own_figures(conversation: Conversation) -> Iterator[VendorMetric | Notice]:
    """Intercom's figures of one conversation; what cannot be read of them is noticed, and costs nothing else."""
    ticket = str(conversation.id)
    try:
        told = msgspec.convert(conversation.statistics or {}, Statistics)
        applied = msgspec.convert(conversation.sla_applied or {}, Applied)
    except msgspec.ValidationError:
        yield Notice(stream="conversations", field="statistics that cannot be read")
        return
    begun = told.first_contact_reply_at
    for name in MOMENTS:
        at = getattr(told, name)
        if begun is not None and at is not None and at >= begun:
            yield VendorMetric(ticket=ticket, metric=f"statistics.{name}", value=float(at - begun))
    if told.count_reopens is not None:
        yield VendorMetric(ticket=ticket, metric="statistics.count_reopens", value=float(told.count_reopens))
    if applied.sla_name and applied.sla_status in MISSED:
        yield VendorMetric(ticket=ticket, metric=f"own_sla.{applied.sla_name}.missed", value=MISSED[applied.sla_status])
