"""Raw pages out of the landing: those that have expired, and those that name somebody who was erased."""

from __future__ import annotations

from auditlib.pipeline.setting import Setting, iso, seconds
from auditlib.store import engine
from auditlib.store import figures as stored


def remove_expired(setting: Setting) -> int:
    """Removes the pages that are older than audit.toml keeps them; gives how many parts went."""
    with engine.reading(setting.store.engine) as c:
        current = stored.current(c)
    if current is None:
        return 0
    limit = iso(seconds(current["as_of"]) - setting.config.audit.landing_days * 86400)
    with engine.reading(setting.store.engine) as c:
        old = stored.expiring(c, limit)
    for part, path in old:
        remove(setting, part, path)
    return len(old)


def remove(setting: Setting, part: int, path: str) -> None:
    """Takes a part out of the landing; the manifest keeps its row."""
    setting.landing.remove(path)
    with engine.writing(setting.store.engine) as c:
        stored.expired(c, part)
