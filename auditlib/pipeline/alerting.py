"""A run's alerts: the cause, the first command to type, what leaders see meanwhile; one of a kind a run."""

from __future__ import annotations

from auditlib.pipeline.setting import Setting, seconds
from auditlib.pipeline.standing import day_before, remedy, standing, troubles
from auditlib.store import runs
from auditlib.store.runs import Run
from auditlib.telling import said as in_words

SUBJECTS = {
    "failed": "The audit of {day} failed",
    "refused": "The audit of {day} was refused by a gate",
    "source_missing": "The audit of {day} is published without {sources}",
    "late": "The audit of {day} is not published in time",
}
NIGHT = "auditlib check --night"


def alert(setting: Setting, run: int, kind: str, exception: BaseException | str | None = None) -> dict | None:
    """Subject and body of an alert (failed, refused, source_missing or late); None if it was given already."""
    if kind not in SUBJECTS:
        raise ValueError(f"there is no alert of kind {kind!r}; the kinds are {', '.join(SUBJECTS)}")
    held = runs.read(setting.store, run)
    kind = "refused" if (kind, held.state) == ("failed", "refused") else kind
    lacking = troubles(setting, run)
    subject = SUBJECTS[kind].format(day=day_before(setting, held.as_of), sources=", ".join(lacking) or "some source")
    cause, command = _cause(setting, held, kind, exception)
    body = f"{cause}\n\nFirst command: {command}\n\n{_meanwhile(setting, held)}"
    return {"subject": subject, "body": body} if runs.alert_once(setting.store, run, kind, body) else None


def _cause(setting: Setting, run: Run, kind: str, exception: BaseException | str | None) -> tuple[str, str]:
    lacking = troubles(setting, run.run)
    if kind == "source_missing" and lacking:
        told = [f"{name}: {state.error or state.state}" for name, state in lacking.items()]
        return "\n".join(told), remedy(setting, *next(iter(lacking.items())))
    said = _said(exception) or _reason(setting, run)
    if kind == "late" and not said:
        held = [f"{name} is {state.state}" for name, state in lacking.items()]
        publish_by = setting.config.audit.publish_by.strftime("%H:%M")
        said = f"Run {run.run} is {run.state} and not published by {publish_by}" + (
            f": {', '.join(held)}." if held else "."
        )
    return said or f"Run {run.run} is {run.state}; its steps say why.", NIGHT


def _said(exception: BaseException | str | None) -> str:
    if isinstance(exception, BaseException):
        return in_words(exception).split("\n", 1)[0]
    return (exception or "").split("\n", 1)[0]


def _reason(setting: Setting, run: Run) -> str:
    rows = runs.listed(setting.store)
    reason = rows.loc[rows.run == run.run, "reason"].iat[0]
    return reason.split("\n", 1)[0] if isinstance(reason, str) else ""


def _meanwhile(setting: Setting, run: Run) -> str:
    """What leaders see, and how old it is at the midnight of the run; no clock is read."""
    seen = standing(setting, seconds(run.as_of))
    return "Nothing was ever published, so leaders see no figures." if seen is None else seen.sentence()
