"""Whether a comment was public when it was written: Zendesk lets agents make one private later, or public."""

from __future__ import annotations

from collections.abc import Iterable

from auditlib.sources._shared.values import second
from auditlib.sources._zendesk.updates import Audit, CommentPrivacyChange


def seen_as(audits: Iterable[Audit]) -> dict[str, bool]:
    """Comment → whether it was public before its first change, for those that were changed."""
    found: dict[str, bool] = {}
    for audit in sorted(audits, key=lambda audit: (second(audit.created_at), audit.id)):
        for event in audit.events:
            if isinstance(event, CommentPrivacyChange) and event.public is not None:
                found.setdefault(str(event.comment_id), not event.public)
    return found
