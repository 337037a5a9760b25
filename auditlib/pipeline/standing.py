"""What leaders see now, how old it is, and what stands in the way of something newer."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from typing import Any

from auditlib.config.nights import last_due
from auditlib.pipeline.setting import Setting, seconds
from auditlib.store import engine, figures, runs
from auditlib.store.runs import GOOD, SourceState

REMEDIES = (
    ("CredentialsRefused", "auditlib connect {kind} --name {name}"),
    ("Refused: ", "auditlib check --night"),
    ("SourceChanged", "auditlib check"),
    ("is not set", "auditlib connect {kind} --name {name}"),
)


@dataclass(frozen=True)
class Standing:
    """The publication that leaders see, as of a moment."""

    publication: int
    run: int
    as_of: str
    day: datetime.date
    """The last local day that it speaks of."""
    published_at: str
    age_days: int
    """Whole days between its midnight and the moment."""
    sources: tuple[str, ...]
    missing: tuple[str, ...]

    def sentence(self) -> str:
        """What leaders see, in one sentence."""
        age = {0: "of the newest night", 1: "1 day old"}.get(self.age_days, f"{self.age_days} days old")
        lacking = f", without {', '.join(self.missing)}" if self.missing else ""
        return f"Leaders see publication {self.publication}: everything up to the end of {self.day}, {age}{lacking}."


def standing(setting: Setting, at: int) -> Standing | None:
    """What leaders see at a moment (in seconds); None if nothing was ever published."""
    with engine.reading(setting.store.engine) as c:
        row = figures.current(c)
    if row is None:
        return None
    return Standing(
        publication=row["publication"],
        run=row["run"],
        as_of=row["as_of"],
        day=day_before(setting, row["as_of"]),
        published_at=row["published_at"],
        age_days=max(0, round((at - seconds(row["as_of"])) // 86400)),
        sources=tuple(json.loads(row["sources"])),
        missing=tuple(json.loads(row["missing_sources"])),
    )


def day_before(setting: Setting, as_of: str) -> datetime.date:
    """The local day that a midnight ends."""
    return datetime.datetime.fromtimestamp(seconds(as_of) - 1, setting.zone).date()


def due(setting: Setting, now: datetime.datetime) -> str | None:
    """The midnight of the newest night that should be published by now; None if none is scheduled."""
    audit = setting.config.audit
    begun = last_due(audit.schedule, audit.publish_by, now.astimezone(setting.zone).replace(tzinfo=None))
    return None if begun is None else setting.midnight_after((begun - datetime.timedelta(days=1)).isoformat())


def troubles(setting: Setting, run: int) -> dict[str, SourceState]:
    """The sources that a run is without, by name."""
    with engine.reading(setting.store.engine) as c:
        states = runs.sources(c, run)
    return {name: state for name, state in states.items() if state.state not in (*GOOD, "paused")}


def remedy(setting: Setting, source: str, state: SourceState) -> str:
    """The first command to type for a source that a run is without."""
    kind = setting.sources[source].kind if source in setting.sources else source
    for sign, command in REMEDIES:
        if sign in (state.error or ""):
            return command.format(kind=kind, name=source)
    return "auditlib check" if state.error else "auditlib check --night"


def newest(setting: Setting) -> dict[str, Any] | None:
    """The run that began last, with its reason; None if there is none."""
    listed = runs.listed(setting.store)
    if listed.empty:
        return None
    told = listed.head(1).astype(object).to_dict("records")[0]
    return {str(name): None if value is None or value != value else value for name, value in told.items()}
