"""What HubSpot's own SLAs say of a ticket: kept for reconciliation, never measured with.

HubSpot tells neither what an SLA promises nor on which hours, and what is active or overdue changes while nothing
happens to the ticket. What is decided are completed ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auditlib.caselog.rows import Notice, VendorMetric

LEVELS = {"hs_time_to_first_response_sla_status": "Time to first response",
          "hs_time_to_close_sla_status": "Time to close"}  # fmt: skip
"""A ticket's property → the SLA's name as HubSpot shows it."""
DECIDED = {"3": 0.0, "4": 1.0}
"""Completed on time, and completed late."""
OPEN = frozenset({"0", "1", "2"})
"""Active, overdue, due soon."""


def own_figures(ticket: str, properties: Mapping[str, str | None]) -> Iterator[VendorMetric | Notice]:
    """HubSpot's verdict on each of its SLAs; a word that nobody knows is noticed."""
    for name, level in LEVELS.items():
        told = properties.get(name)
        if told in DECIDED:
            yield VendorMetric(ticket=ticket, metric=f"own_sla.{level}.missed", value=DECIDED[told])
        elif told and told not in OPEN:
            yield Notice(stream="tickets", field=f"another word in {name}")
