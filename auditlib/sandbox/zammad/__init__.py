"""The world in Zammad's words (API v1, https://docs.zammad.org/en/latest/api/intro.html)."""

from __future__ import annotations

from typing import Any

from auditlib.sandbox.box import TOKEN
from auditlib.sandbox.flavour import Flavour
from auditlib.sandbox.zammad.routes import answer

SAYS = {
    401: {"error": "Invalid token!", "error_human": "Invalid token!"},
    403: {"error": "Not authorized", "error_human": "Not authorized"},
    429: {"error": "Too many requests"},
}


def strange(row: dict[str, Any]) -> None:
    """A state that nobody knows."""
    if "state_id" in row:
        row["state_id"], row["state"] = 99, "quantum"


FLAVOUR = Flavour(
    name="zammad",
    title="Zammad",
    answer=answer,
    refusal=lambda status: SAYS.get(status, {"error": "Something went wrong"}),
    tokens=[f"Token token={TOKEN}"],
    strange=strange,
)
