"""The world in Help Scout's words (Mailbox API 2.0)."""

from __future__ import annotations

from typing import Any

from auditlib.sandbox.box import EMAIL, TOKEN
from auditlib.sandbox.flavour import Flavour
from auditlib.sandbox.help_scout.routes import TOKEN_PATH, answer, refusal

SAYS = {
    401: "Full authentication is required to access this resource",
    403: "Access is denied",
    429: "Too many requests",
}


def limits(limit: int, left: int, resets: int, cost: int) -> dict[str, str]:
    """Help Scout's headers about its limit a minute."""
    return {"X-RateLimit-Limit-Minute": str(limit), "X-RateLimit-Remaining-Minute": str(left)}


def strange(row: dict[str, Any]) -> None:
    """A status that nobody knows."""
    if "status" in row:
        row["status"] = "quantum"


FLAVOUR = Flavour(
    name="help_scout",
    title="Help Scout",
    answer=answer,
    refusal=lambda status: refusal(SAYS.get(status, "Something went wrong")),
    login=EMAIL,
    password=TOKEN,
    token_path=TOKEN_PATH,
    tokens=[f"Bearer {TOKEN}"],
    limits=limits,
    strange=strange,
)
