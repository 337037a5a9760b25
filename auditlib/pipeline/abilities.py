"""What each source can tell: what its helpdesk can, without what is closed to the account.

A door that opens shows what happens from then on. What was loaded while it was closed is read once more, month by
month; until all of it is, what the door hid stays unmeasured. Otherwise whoever was not asked would look like whoever
did not answer.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from auditlib.metric import facts
from auditlib.pipeline.collecting import loaded_since, months
from auditlib.pipeline.setting import Setting, seconds
from auditlib.sources import Capabilities
from auditlib.store import abilities, collecting
from auditlib.store.engine import Connection
from auditlib.store.runs import Run

WAS_CLOSED = "it was closed to the account"
REREADING = WAS_CLOSED + " before {day}, and what was loaded until then is being read once more"


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


def untold(setting: Setting, sources: Sequence[Capabilities]) -> dict[str, str]:
    """Figure → what it needs and none of these sources tells."""
    found: dict[str, str] = {}
    for metric in (facts(module) for modules in setting.metrics.values() for module in modules.values()):
        lacking = [told.missing(metric.needs) for told in sources]
        if lacking and all(lacking):
            names = sorted({name.replace("_", " ") for names in lacking for name in names})
            found |= dict.fromkeys((figure.name for figure in metric.figures), f"no source tells {', '.join(names)}")
    return found


def settle(setting: Setting, c: Connection, run: Run, source: str) -> None:
    """Once a night has read a source: what was closed is there again when all is read that was loaded without it.

    Safe to repeat: the months that are to be read once more are planned once.
    """
    before, told = abilities.closed(c, run.run - 1).get(source, {}), abilities.told_in(c, run.run, source)
    rereading = REREADING.format(day=setting.day_before(run.as_of))
    is_open = {name: told[name] in (None, rereading) for name in told}
    if not all(is_open.values()):
        collecting.not_again(c, source)  # what is read once more now would be read without it again
    back = [name for name in before if is_open.get(name, before[name].startswith(WAS_CLOSED))]
    if not back:
        return
    if not collecting.again(c, source):
        _plan_again(setting, c, run, source)
    is_read = all(done is not None for done in collecting.again(c, source))
    abilities.keep(c, run.run, source, told | dict.fromkeys(back, None if is_read else rereading))


def _plan_again(setting: Setting, c: Connection, run: Run, source: str) -> None:
    since = loaded_since(collecting.windows(c, source))
    windows = months(since, seconds(run.as_of), setting.zone, f" again in run {run.run}")
    collecting.plan(c, source, windows, is_again=True)


def _ability(told: Capabilities, closed: Mapping[str, str]) -> Ability:
    there = {field.name for field in dataclasses.fields(told)}
    return Ability(told.without(closed.keys() & there), closed)
