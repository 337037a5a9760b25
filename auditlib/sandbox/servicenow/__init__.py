"""The world in ServiceNow's words (Table API and Aggregate API of an instance with incidents)."""

from __future__ import annotations

from typing import Any

from auditlib.sandbox.box import EMAIL, TOKEN
from auditlib.sandbox.flavour import Flavour
from auditlib.sandbox.servicenow.routes import answer, refusal

SAYS = {
    401: ("User Not Authenticated", "Required to provide Auth information"),
    403: ("Insufficient rights to query records", "Fields present in the query do not have permission to be read"),
    429: ("Rate limit exceeded", "Request rejected by a rate limiting rule"),
}


def limits(limit: int, left: int, resets: int, cost: int) -> dict[str, str]:
    """The headers of an instance that has a rule for the rate."""
    return {"X-RateLimit-Limit": str(limit), "X-RateLimit-Remaining": str(left)}


def strange(row: dict[str, Any]) -> None:
    """A state that nobody knows."""
    if "state" in row:
        row["state"] = "quantum"


FLAVOUR = Flavour(
    name="servicenow",
    title="ServiceNow",
    answer=answer,
    refusal=lambda status: refusal(*SAYS.get(status, ("Something went wrong", ""))),
    login=EMAIL,
    password=TOKEN,
    limits=limits,
    strange=strange,
)
