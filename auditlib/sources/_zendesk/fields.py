"""Which of a ticket's fields are read of its updates, and as what."""

from __future__ import annotations

from collections.abc import Mapping

KINDS = {
    "status": "status",
    "custom_status_id": "status",
    "assignee_id": "assignee",
    "group_id": "group",
    "priority": "priority",
    "tags": "tag",
    "satisfaction_score": "rating",
}
OF_TICKET = {"ticket_form": "ticket_form_id", "brand": "brand_id", "type": "type"}
"""Our names of those fields of a ticket that are not custom, but may be mapped like them."""


def kinds(mapped: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Zendesk's field → our kind and, for kind `field`, our name of it. `mapped`: their names → ours."""
    found = {field: (kind, "") for field, kind in KINDS.items()} | {"requester_id": ("field", "requester")}
    for theirs, ours in mapped.items():
        field = OF_TICKET.get(theirs) or theirs.removeprefix("custom_field:")
        found[field] = ("topic", "") if ours == "topic" else ("field", ours)
    return found
