"""The world in Freshdesk's words (API v2, https://developers.freshdesk.com/api/)."""

from __future__ import annotations

from typing import Any

from auditlib.sandbox.box import TOKEN
from auditlib.sandbox.flavour import Asked, Flavour
from auditlib.sandbox.freshdesk.routes import answer

SAYS = {
    401: {"code": "invalid_credentials", "message": "You have to be logged in to perform this action."},
    403: {"code": "access_denied", "message": "You are not authorized to perform this action."},
    429: {"message": "You have exceeded the limit of requests per minute"},
}
PRICE_OF_AN_INCLUDE = 2


def cost(asked: Asked) -> int:
    """A request costs one credit, and two more for each thing that it wants included."""
    include = asked.query.get("include", "")
    return 1 + PRICE_OF_AN_INCLUDE * len([part for part in include.split(",") if part])


def limits(limit: int, left: int, resets: int, cost: int) -> dict[str, str]:
    """Freshdesk's headers about its credits a minute."""
    return {
        "X-RateLimit-Total": str(limit),
        "X-RateLimit-Remaining": str(left),
        "X-RateLimit-Used-CurrentRequest": str(cost),
    }


def strange(row: dict[str, Any]) -> None:
    """A status that nobody knows."""
    if "status" in row:
        row["status"] = 99


FLAVOUR = Flavour(
    name="freshdesk",
    title="Freshdesk",
    answer=answer,
    refusal=lambda status: SAYS.get(status, {"code": "internal_error", "message": "Something went wrong"}),
    login=TOKEN,
    password="X",
    limits=limits,
    cost=cost,
    strange=strange,
)
