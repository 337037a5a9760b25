"""The world in Front's words (Core API)."""

from __future__ import annotations

from typing import Any

from auditlib.sandbox.box import TOKEN
from auditlib.sandbox.flavour import Flavour
from auditlib.sandbox.front.paging import refusal
from auditlib.sandbox.front.routes import answer

SAYS = {401: "Unauthenticated", 403: "Forbidden", 404: "Not found", 429: "Too many requests"}


def limits(limit: int, left: int, resets: int, cost: int) -> dict[str, str]:
    """Front's headers about its limit a minute; when that ends is a moment, which an answer tells by its own clock."""
    return {"X-RateLimit-Limit": str(limit), "X-RateLimit-Remaining": str(left)}


def strange(row: dict[str, Any]) -> None:
    """A status that nobody knows, of a conversation or of the one inside an event."""
    told = row.get("conversation", row)
    if "status" in told:
        told["status"] = "quantum"


FLAVOUR = Flavour(
    name="front",
    title="Front",
    answer=answer,
    refusal=lambda status: refusal(status, SAYS.get(status, "Internal server error")),
    tokens=[f"Bearer {TOKEN}"],
    limits=limits,
    strange=strange,
)
