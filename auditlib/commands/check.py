"""`auditlib check`: is everything right for the next night, and why is this one stuck?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from auditlib.commands.answers import DONE, FAILED, REFUSED, WITHOUT_A_SOURCE, WRONG, Answer, answered, table

if TYPE_CHECKING:
    from auditlib.pipeline.checking import Finding
    from auditlib.pipeline.setting import Setting


@click.command()
@click.option("--night", is_flag=True, help="Why the newest night is stuck, and the first command to type.")
@answered
def check(night: bool) -> Answer:
    """Check audit.toml, the store and each connection.

    Each stream of each helpdesk is asked once. With --night it says why the newest night is stuck,
    and the first command to type.

    \b
    auditlib check
    auditlib check --night
    """
    from auditlib.pipeline.setting import Setting

    setting = Setting.here()
    return _night(setting) if night else _everything(setting)


def _everything(setting: Setting) -> Answer:
    from auditlib.pipeline.checking import Finding, connection, targets

    found = [Finding("audit.toml", "ok", f"{setting.config.path}, {len(setting.sources)} sources")]
    found += [Finding("audit.toml", "wrong", str(problem)) for problem in targets(setting)]
    is_reached, of_store = _store(setting)
    found += of_store
    for source in setting.sources:
        found += connection(setting, source)
    wrong = [one for one in found if one.state == "wrong"]
    code = WRONG if wrong else DONE if is_reached else FAILED
    data = {"is_right": not wrong, "findings": [vars(one) for one in found]}
    lines = [table("", "what", "found", rows=[(MARKS[one.state], one.what, one.told) for one in found])]
    lines.append(f"{len(wrong)} to put right." if wrong else "Everything is right for the next night.")
    return Answer(data, lines, code)


MARKS = {"ok": "ok", "note": "note", "wrong": "WRONG"}
STATES = {
    "absent": ("note", "not there yet; the first night makes it"),
    "behind": ("note", "of an older version; the next night brings it up to date"),
    "ahead": ("wrong", "of a newer version of auditlib than this one; install that one"),
    "current": ("ok", "reached, and up to date"),
}


def _store(setting: Setting) -> tuple[bool, list[Finding]]:
    from auditlib.commands.errors import is_of_the_database
    from auditlib.pipeline.checking import Finding, exclusions
    from auditlib.store import looking

    try:
        state = looking.state(setting.config.audit.store)
    except Exception as error:
        if not is_of_the_database(error):
            raise
        right = "see `store` in audit.toml, or AUDITLIB_STORE"
        return False, [Finding("store", "wrong", f"cannot be reached ({type(error).__name__}); {right}")]
    mark, told = STATES[state]
    found = [Finding("store", mark, told)]
    if state == "current":
        found += [Finding("audit.toml", "wrong", str(problem)) for problem in exclusions(setting)]
    return True, found


def _night(setting: Setting) -> Answer:
    from auditlib.commands.setting import existing
    from auditlib.pipeline import standing
    from auditlib.store import engine, looking, runs

    newest = standing.newest(existing())
    if newest is None:
        return Answer({"run": None}, ["There is no run yet.", "First command: auditlib run"], DONE)
    with engine.reading(setting.store.engine) as c:
        states = runs.sources(c, newest["run"])
        broken = looking.broken_rules(c, newest["run"])
    lacking = standing.troubles(setting, newest["run"])
    code, command = _verdict(setting, newest, lacking)
    reason = newest["reason"] if isinstance(newest["reason"], str) else None
    data = {
        "run": newest["run"], "as_of": newest["as_of"], "state": newest["state"], "reason": reason,
        "sources": {name: {"state": s.state, "error": s.error} for name, s in states.items()},
        "broken_rules": [{n: rule[n] for n in RULE} for rule in broken], "first_command": command,
    }  # fmt: skip
    lines = [f"Run {newest['run']}, {newest['kind']} as of {newest['as_of']}: {newest['state']}"]
    if reason:
        lines.append(f"Why: {_first_line(reason)}")
    rows = [(name, s.state, NEXT.get(s.state, ""), _first_line(s.error or "")) for name, s in states.items()]
    lines.append(table("source", "state", "next step", "error", rows=rows))
    if broken:
        told = [(r["severity"], r["gate"], r["scope"], r["rule"], r["unexpected_count"], r["notes"]) for r in broken]
        lines.append(table("severity", "gate", "scope", "rule", "rows", "what it means", rows=told))
    lines.append(f"First command: {command}" if command else "Nothing is stuck: leaders see this night.")
    return Answer(data, lines, code)


RULE = ("gate", "scope", "rule", "severity", "state", "unexpected_count", "notes")
NEXT = {"waiting": "collect", "collected": "translate", "translated": "gate", "missing": "collect again"}


def _verdict(setting: Setting, newest: dict[str, Any], lacking: dict[str, Any]) -> tuple[int, str | None]:
    """How the newest night stands, as an exit code, and the first command to type."""
    from auditlib.pipeline.standing import day_before, remedy

    if newest["state"] == "published" and not lacking:
        return DONE, None
    troubled = next(((name, state) for name, state in lacking.items() if state.error), None)
    command = remedy(setting, *troubled) if troubled else _again(day_before(setting, newest["as_of"]))
    codes = {"published": WITHOUT_A_SOURCE, "refused": REFUSED}
    return codes.get(newest["state"], FAILED), command


def _again(day: Any) -> str:
    import datetime

    return f"auditlib run --as-of {day + datetime.timedelta(days=1)}"


def _first_line(text: str) -> str:
    return text.split("\n", 1)[0]
