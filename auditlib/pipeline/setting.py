"""What every step of a run needs: the configuration, the store, the landing, the definitions."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from zoneinfo import ZoneInfo

import auditlib
from auditlib import config, metrics
from auditlib.clocks import zone
from auditlib.landing import Landing
from auditlib.metric import facts
from auditlib.metrics import former
from auditlib.sources import Settings, load
from auditlib.store import Store, open_store


@dataclass(frozen=True)
class Setting:
    """The configuration and what it opens."""

    config: config.Config
    looks_only: bool = False
    """Whether the store is opened so that nothing can be changed in it."""

    @classmethod
    def here(cls) -> Setting:
        """As audit.toml says, or the file that AUDITLIB_CONFIG names."""
        return cls(config.load())

    @cached_property
    def store(self) -> Store:
        return open_store(self.config.audit.store, self.looks_only)

    @cached_property
    def landing(self) -> Landing:
        return Landing(self.config.audit.landing)

    @cached_property
    def zone(self) -> ZoneInfo:
        return zone(self.config.audit.time_zone)

    @cached_property
    def sources(self) -> dict[str, Settings]:
        return {source.name: source for source in self.config.sources}

    @cached_property
    def metrics(self) -> dict[str, dict[str, ModuleType]]:
        """Family → metric → module; former versions stand beside their metrics."""
        return former.beside(metrics.load_all(self.config.extend.metrics))

    def module(self, source: str) -> ModuleType:
        """The module that speaks a source's language."""
        return load(self.sources[source].kind, self.config.extend.sources)

    def run_facts(self) -> dict[str, str]:
        """What a run's row says of code, configuration and definitions."""
        return {
            "code_version": auditlib.__version__,
            "config_hash": config.fingerprint(self.config),
            "measure_hash": config.measure_fingerprint(self.config),
            "definitions": json.dumps(self.definitions(), sort_keys=True),
        }

    def definitions(self) -> Mapping[str, str]:
        """family/metric → version."""
        return {
            f"{family}/{name}": facts(module).version
            for family, of in self.metrics.items()
            for name, module in of.items()
        }

    def midnight_after(self, day: str) -> str:
        """The local midnight that ends a day (2026-11-20), as a moment in UTC."""
        after = datetime.date.fromisoformat(day) + datetime.timedelta(days=1)
        midnight = datetime.datetime.combine(after, datetime.time(), self.zone)
        return iso(int(midnight.timestamp()))

    def day_before(self, as_of: str) -> str:
        """The local day that a midnight ends."""
        return datetime.datetime.fromtimestamp(seconds(as_of) - 1, self.zone).date().isoformat()

    def local_day(self, at: int) -> datetime.date:
        """The local day of a moment in seconds."""
        return datetime.datetime.fromtimestamp(at, self.zone).date()

    def last_midnight(self, now: datetime.datetime) -> str:
        """The local midnight that came last before a moment."""
        return self.midnight_after((now.astimezone(self.zone).date() - datetime.timedelta(days=1)).isoformat())


def iso(at: int) -> str:
    """A moment in seconds as ISO 8601 in UTC."""
    return datetime.datetime.fromtimestamp(at, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def seconds(at: str) -> int:
    """A moment in ISO 8601 as seconds since 1970."""
    return int(datetime.datetime.fromisoformat(at).timestamp())


def wall_clock() -> str:
    """Now: for the rows that say when we worked. No figure may depend on it."""
    fixed = os.environ.get("AUDITLIB_WALL_CLOCK")  # tests compare whole databases
    return fixed or iso(int(datetime.datetime.now(datetime.UTC).timestamp()))
