"""The world in HubSpot's words (CRM v3 and v4, conversations v3)."""

from __future__ import annotations

from typing import Any

from auditlib.sandbox.box import TOKEN
from auditlib.sandbox.flavour import Flavour
from auditlib.sandbox.hubspot.routes import answer, refusal

SAYS = {
    401: ("INVALID_AUTHENTICATION", "Authentication credentials not found."),
    403: ("MISSING_SCOPES", "This app hasn't been granted all required scopes to make this call."),
    429: ("RATE_LIMITS", "You have reached your ten_secondly_rolling limit."),
}


def limits(limit: int, left: int, resets: int, cost: int) -> dict[str, str]:
    """HubSpot's headers about its limit, which counts ten seconds."""
    return {
        "X-HubSpot-RateLimit-Max": str(max(1, limit // 6)),
        "X-HubSpot-RateLimit-Remaining": str(max(0, left)),
        "X-HubSpot-RateLimit-Interval-Milliseconds": "10000",
    }


def strange(row: dict[str, Any]) -> None:
    """A stage that nobody knows."""
    if "hs_pipeline_stage" in row.get("properties", {}):
        row["properties"]["hs_pipeline_stage"] = "quantum"


FLAVOUR = Flavour(
    name="hubspot",
    title="HubSpot",
    answer=answer,
    refusal=lambda status: refusal(*SAYS.get(status, ("INTERNAL_ERROR", "internal error"))),
    tokens=[f"Bearer {TOKEN}"],
    limits=limits,
    strange=strange,
)
