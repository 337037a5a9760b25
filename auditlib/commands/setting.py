"""The setting of a verb that reads what nights have written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditlib.commands.answers import WrongUse

if TYPE_CHECKING:
    from auditlib.pipeline.setting import Setting
    from auditlib.store.runs import Run


def looking_at() -> tuple[Setting, bool]:
    """The setting of audit.toml for a verb that changes nothing, and whether it has views only and no table.

    A leader has `leaders.db` or the role audit_leader: figures, and no ticket. An analyst's role has views of both.
    """
    from auditlib import config
    from auditlib.pipeline.setting import Setting

    setting = Setting(config.load(), looks_only=True)
    state = _state(setting)
    if state == "behind":
        raise WrongUse("the store is of an older version; the next `auditlib run` brings it up to date")
    return setting, state == "leaders"


def existing() -> Setting:
    """The setting of audit.toml, whose store exists; looking at nothing does not create a store."""
    from auditlib.pipeline.setting import Setting

    setting = Setting.here()
    if _state(setting) == "leaders":
        raise WrongUse(
            "the store is a leaders' file or is read by audit_leader, which has figures only, or by another role, "
            "which has views; this verb needs the audit's own store"
        )
    return setting


def _state(setting: Setting) -> str:
    from auditlib.store import looking

    state = looking.state(setting.config.audit.store)
    if state == "absent":
        raise WrongUse(
            f"the store that {setting.config.path} names is not there yet, so nothing was audited; "
            "`auditlib run` makes it with the first night"
        )
    return state


def published(setting: Setting) -> Run:
    """The run whose figures leaders see."""
    from auditlib.store import engine, figures, runs

    with engine.reading(setting.store.engine) as c:
        current = figures.current(c)
        if current is None:
            raise WrongUse("nothing was published yet; `auditlib run` audits the first night")
        return runs.get(c, current["run"])
