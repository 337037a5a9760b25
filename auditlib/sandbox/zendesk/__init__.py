"""The world in Zendesk Support's words."""

from __future__ import annotations

from typing import Any

from auditlib.sandbox.box import EMAIL, TOKEN
from auditlib.sandbox.flavour import Flavour
from auditlib.sandbox.zendesk.routes import answer

SAYS = {
    401: {"error": "Couldn't authenticate you"},
    403: {"error": "Forbidden", "description": "You do not have access to this page"},
    429: {"error": "APIRateLimitExceeded", "description": "Number of allowed API requests per minute exceeded"},
}


def limits(limit: int, left: int, resets: int, cost: int) -> dict[str, str]:
    """Zendesk's two sets of headers about its rate limit."""
    return {
        "x-rate-limit": str(limit), "x-rate-limit-remaining": str(left), "ratelimit-limit": str(limit),
        "ratelimit-remaining": str(left), "ratelimit-reset": str(resets),
    }  # fmt: skip


def strange(row: dict[str, Any]) -> None:
    """A status that nobody knows, on a ticket or in an audit."""
    if "status" in row:
        row["status"] = "quantum"
    for event in row.get("events", []):
        if event.get("field_name") == "status":
            event["value"] = "quantum"


FLAVOUR = Flavour(
    name="zendesk",
    title="Zendesk Support",
    answer=answer,
    refusal=lambda status: SAYS.get(status, {"error": "InternalError"}),
    login=f"{EMAIL}/token",
    password=TOKEN,
    tokens=(f"Bearer {TOKEN}",),
    limits=limits,
    strange=strange,
)
