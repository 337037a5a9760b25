"""The world in Gorgias's words (REST API)."""

from __future__ import annotations

from typing import Any

from auditlib.sandbox.box import EMAIL, TOKEN
from auditlib.sandbox.flavour import Flavour
from auditlib.sandbox.gorgias.routes import answer, refusal

SAYS = {
    401: "The server could not verify that you are authorized to access the URL requested.",
    403: "You don't have the permission to access the requested resource.",
    429: "Too many requests",
}


def limits(limit: int, left: int, resets: int, cost: int) -> dict[str, str]:
    """How full the bucket is, and how much it holds."""
    return {"X-Gorgias-Account-Api-Call-Limit": f"{min(limit, limit - left)}/{limit}"}


def strange(row: dict[str, Any]) -> None:
    """A status that nobody knows."""
    if "status" in row:
        row["status"] = "quantum"


FLAVOUR = Flavour(
    name="gorgias",
    title="Gorgias",
    answer=answer,
    refusal=lambda status: refusal(SAYS.get(status, "Something went wrong")),
    login=EMAIL,
    password=TOKEN,
    limits=limits,
    strange=strange,
)
