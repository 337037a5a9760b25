"""What each source can tell: what its helpdesk can, without what is closed to the account."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from auditlib.pipeline.setting import Setting
from auditlib.sources import Capabilities
from auditlib.store import abilities
from auditlib.store.engine import Connection


@dataclasses.dataclass(frozen=True)
class Ability:
    """What one source can tell, and why not the rest of what its helpdesk could."""

    told: Capabilities
    closed: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Capability → why it is not there for this account."""

    def because(self, lacking: Iterable[str]) -> str | None:
        """Why it lacks these; None where its helpdesk tells them nobody."""
        return "; ".join(dict.fromkeys(self.closed[name] for name in lacking if name in self.closed)) or None


def known(setting: Setting, c: Connection, knows: int) -> dict[str, Ability]:
    """Each source's abilities, as a run knew them."""
    closed = abilities.closed(c, knows)
    return {name: _ability(setting.module(name).CAPABILITIES, closed.get(name, {})) for name in setting.sources}


def _ability(told: Capabilities, closed: Mapping[str, str]) -> Ability:
    there = {field.name for field in dataclasses.fields(told)}
    return Ability(dataclasses.replace(told, **dict.fromkeys(closed.keys() & there, False)), closed)
