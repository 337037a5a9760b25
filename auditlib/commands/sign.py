"""`auditlib sign`: a name under the figures of a period, and whether they still are what was signed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from auditlib.commands.answers import DONE, REFUSED, Answer, WrongUse, answered

REVIEWED = ("criteria", "condition", "cause", "consequence", "action", "owner", "due")


@click.command()
@click.argument("period", required=False)
@click.option("--by", metavar="NAME", help="Who signs.")
@click.option("--comment", metavar="WORDS", help="What they say about it.")
@click.option("--with-exceptions", is_flag=True, help="Sign although something is open; it is kept with the signature.")
@click.option("--verify", is_flag=True, help="Sign nothing: say whether everything signed is still what it was.")
@click.option("--head", metavar="HASH", help="With --verify: the head that was kept outside the store.")
@answered
def sign(
    period: str | None, by: str | None, comment: str | None, with_exceptions: bool, verify: bool, head: str | None
) -> Answer:
    """Sign the figures of a week, month or day as they are published now.

    Says first what is open: figures without a value, provisional ones, missing sources, overdue
    findings. Prints the head of the chain of signatures: keep it outside the store, and --verify
    notices every later change of what was signed: of a figure, of a member, of a signature. The page
    and the leaders' file are written anew.

    \b
    auditlib sign 2026-W43 --by "J. Doe"
    auditlib sign --verify --head 5f1c…
    """
    from auditlib import pipeline
    from auditlib.commands.setting import existing, published
    from auditlib.pipeline import proving, signing
    from auditlib.store import engine
    from auditlib.store import signing as stored

    setting = existing()
    if verify:
        with engine.reading(setting.store.engine) as c:
            broken, signed = stored.broken(c), stored.signatures(c)
        broken += proving.altered(setting)
        if head and head not in {s["head"] for s in signed}:
            broken.append("the head that you kept is none of the store's: a signature was removed or changed")
        return _verified(broken, len(signed))
    if not period or not by:
        raise WrongUse('say which period and who signs: auditlib sign 2026-W43 --by "J. Doe"')
    run = published(setting)
    wanted = signing.read_period(period)
    open_ = signing.exceptions(setting, run, wanted)
    if open_ and not with_exceptions:
        lines = [f"{period} was not signed. Open:", *[f"  {line}" for line in open_]]
        lines.append("To sign all the same, and keep this with the signature: --with-exceptions")
        return Answer({"signed": False, "exceptions": open_}, lines, REFUSED)
    row = signing.sign(setting, wanted, by, comment, open_)
    pipeline.write_page()
    lines = [f"{by} signed {row['figures']} figures of {period}, publication {row['publication']}."]
    lines += [f"  open: {line}" for line in open_]
    found = signing.findings(setting, wanted)
    lines += [line for finding in found for line in _finding(finding)]
    lines.append(f"Head, to keep outside the store: {row['head']}")
    return Answer({"signed": True, **row, "exceptions": open_, "findings": found}, lines)


def _finding(finding: Mapping[str, Any]) -> list[str]:
    """A finding as those at the review go through it."""
    told = [
        (name, finding[name]) for name in ("criteria", "condition", "cause", "consequence", "action", "owner", "due")
    ]
    return [f"  finding: {finding['title']}", *(f"    {name:<12} {value}" for name, value in told if value)]


def _verified(broken: list[str], count: int) -> Answer:
    data = {"signatures": count, "broken": broken}
    if broken:
        return Answer(data, broken, REFUSED)
    return Answer(data, [f"all {count} signatures hold: what was signed is what the store has"], DONE)
