"""The setting of a verb that reads what nights have written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditlib.commands.answers import WrongUse

if TYPE_CHECKING:
    from auditlib.pipeline.setting import Setting
    from auditlib.store.runs import Run


def existing() -> Setting:
    """The setting of audit.toml, whose store exists; looking at nothing does not create a store."""
    from auditlib.pipeline.setting import Setting
    from auditlib.store import looking

    setting = Setting.here()
    if looking.state(setting.config.audit.store) == "absent":
        raise WrongUse(
            f"the store that {setting.config.path} names is not there yet, so nothing was audited; "
            "`auditlib run` makes it with the first night"
        )
    return setting


def published(setting: Setting) -> Run:
    """The run whose figures leaders see."""
    from auditlib.store import engine, figures, runs

    with engine.reading(setting.store.engine) as c:
        current = figures.current(c)
        if current is None:
            raise WrongUse("nothing was published yet; `auditlib run` audits the first night")
        return runs.get(c, current["run"])
