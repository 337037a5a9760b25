"""Which update merged a ticket into another one, and into which."""

from __future__ import annotations

import re

from auditlib.sources._shared.values import word
from auditlib.sources._zendesk.updates import Audit, Change, Comment

MERGE = ("merge", 19)
"""The channel of a merge, by its type or by its number."""
_NUMBERED = re.compile(r"#(\d+)")


def is_merge(audit: Audit) -> bool:
    """Whether the update that closed this ticket merged it: its via says so, or else the tag does."""
    vias = [audit.via, *(getattr(event, "via", None) for event in audit.events)]
    if any(via and (via.channel in MERGE or (via.source and via.source.rel == "merge")) for via in vias):
        return True
    tags = [e for e in audit.events if isinstance(e, Change) and e.field_name == "tags"]
    return any("closed_by_merge" in (word(change.value) or "").split() for change in tags)


def target(audit: Audit) -> str | None:
    """The ticket into which this one was merged: as the via says, or else the number in the closing note."""
    for via in (audit.via, *(getattr(event, "via", None) for event in audit.events)):
        source = via.source if via else None
        for end in (source.origin, source.to) if source else ():
            if end and end.ticket_id:
                return str(end.ticket_id)
    for event in audit.events:
        if isinstance(event, Comment) and (found := _NUMBERED.search(event.plain_body or event.body or "")):
            return found[1]
    return None
