"""The world in Intercom's words (REST API 2.14, https://developers.intercom.com/docs/references/2.14/rest-api)."""

from __future__ import annotations

from typing import Any

from auditlib.sandbox.box import TOKEN
from auditlib.sandbox.flavour import Flavour
from auditlib.sandbox.intercom.routes import VERSION, answer, refusal

SAYS = {
    401: ("unauthorized", "Access Token Invalid"),
    403: ("api_plan_restricted", "Active subscription needed."),
    404: ("not_found", "Resource not found"),
    429: ("rate_limit_exceeded", "Exceeded rate limit of 167 in 10_seconds"),
}


def limits(limit: int, left: int, resets: int, cost: int) -> dict[str, str]:
    """Intercom's headers about its limit, but for the moment of its reset, which is none of the simulated clock's."""
    return {"X-RateLimit-Limit": str(limit), "X-RateLimit-Remaining": str(left)}


def strange(row: dict[str, Any]) -> None:
    """A state that nobody knows."""
    if "state" in row:
        row["state"] = "quantum"


FLAVOUR = Flavour(
    name="intercom",
    title="Intercom",
    answer=answer,
    refusal=lambda status: refusal(*SAYS.get(status, ("server_error", "Something went wrong"))),
    tokens=[f"Bearer {TOKEN}"],
    headers={"Intercom-Version": VERSION},
    limits=limits,
    strange=strange,
)
