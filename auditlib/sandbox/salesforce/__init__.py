"""The world in Salesforce's words (REST API with SOQL, an organization with cases)."""

from __future__ import annotations

from typing import Any

from auditlib.sandbox.box import EMAIL, TOKEN
from auditlib.sandbox.flavour import Flavour
from auditlib.sandbox.salesforce.routes import TOKEN_PATH, answer, refusal

SAYS = {
    401: ("INVALID_SESSION_ID", "Session expired or invalid"),
    403: ("INSUFFICIENT_ACCESS", "insufficient access rights on object id"),
    429: ("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."),
}


def strange(row: dict[str, Any]) -> None:
    """A status that nobody knows."""
    if "Status" in row:
        row["Status"] = "Quantum"


FLAVOUR = Flavour(
    name="salesforce",
    title="Salesforce",
    answer=answer,
    refusal=lambda status: refusal(*SAYS.get(status, ("UNKNOWN_EXCEPTION", "An unexpected error occurred"))),
    login=EMAIL,
    password=TOKEN,
    token_path=TOKEN_PATH,
    tokens=[f"Bearer {TOKEN}"],
    strange=strange,
)
