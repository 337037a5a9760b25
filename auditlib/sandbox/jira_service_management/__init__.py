"""The world in the words of Jira Service Management (REST API v3 of Jira, and that of its service desks)."""

from __future__ import annotations

from typing import Any

from auditlib.sandbox.box import EMAIL, TOKEN
from auditlib.sandbox.flavour import Flavour
from auditlib.sandbox.jira_service_management.routes import answer, refusal

SAYS = {
    401: "Client must be authenticated to access this resource.",
    403: "You do not have permission to do this.",
    429: "Rate limit exceeded",
}


def limits(limit: int, left: int, resets: int, cost: int) -> dict[str, str]:
    """Jira's headers about its limit."""
    return {"X-RateLimit-Limit": str(limit), "X-RateLimit-Remaining": str(left)}


def strange(row: dict[str, Any]) -> None:
    """A status that nobody knows."""
    if "fields" in row:
        row["fields"]["status"] = {"id": "10999", "name": "quantum", "statusCategory": {"key": "indeterminate"}}


FLAVOUR = Flavour(
    name="jira_service_management",
    title="Jira Service Management",
    answer=answer,
    refusal=lambda status: refusal(SAYS.get(status, "Something went wrong")),
    login=EMAIL,
    password=TOKEN,
    limits=limits,
    strange=strange,
)
