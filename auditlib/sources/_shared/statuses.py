"""Which status of the case log a helpdesk's word means, and what is said of one that nobody mapped."""

from __future__ import annotations

from collections.abc import Mapping

from auditlib.caselog.words import Status
from auditlib.sources import Settings, SourceChanged


def unmapped(source: str, name: str | int, what: str = "status") -> SourceChanged:
    """What stops a source: nobody has said what one of its statuses means. With the line to add."""
    return SourceChanged(
        f"{source}: nobody has said what the {what} {name!r} means. Add to its [[source]] in audit.toml: "
        f'statuses = {{ "{name}" = "open" }} (or new, pending_customer, on_hold, solved, closed)'
    )


class Statuses:
    """Where a helpdesk's words are always the same: what each means; `audit.toml` may say otherwise."""

    def __init__(self, theirs: Mapping[str, str], settings: Settings) -> None:
        self._source, self._theirs, self._mapped = settings.name, theirs, dict(settings.statuses)

    def known(self) -> Mapping[str, str | None]:
        """The helpdesk's words and what they mean."""
        return {**self._theirs, **self._mapped}

    def of(self, word: str) -> str:
        """The case log's word; one that nobody mapped stops the source with the line to add."""
        ours = self._mapped.get(word) or self._theirs.get(word)
        if ours is None or ours not in Status.__members__:
            raise unmapped(self._source, word)
        return ours
