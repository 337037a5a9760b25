"""`auditlib page`: the leadership page of what leaders see now."""

from __future__ import annotations

import click

from auditlib.commands.answers import Answer, WrongUse, answered


@click.command()
@click.option("--period", metavar="WEEK", help="A week that is over, such as 2026-W43; by default the last one.")
@answered
def page(period: str | None) -> Answer:
    """Write the leadership page and say where it is.

    A past week is shown as it is known now, in a file of its own.

    \b
    auditlib page
    auditlib page --period 2026-W43
    """
    from auditlib import pages
    from auditlib.commands.setting import existing, published
    from auditlib.pages.leadership import NoSuchWeek
    from auditlib.pipeline import signing

    setting = existing()
    run = published(setting)
    week = None
    if period is not None:
        try:
            asked = signing.read_period(period)
        except signing.Unsignable as error:
            raise WrongUse(str(error)) from None
        if asked.kind != "week":
            raise WrongUse(f"the page speaks of weeks, and {period} is a {asked.kind}; write a week such as 2026-W43")
        week = asked.start
    try:
        path = pages.write(setting, week=week)
    except NoSuchWeek as error:
        raise WrongUse(str(error)) from None
    return Answer({"page": path, "as_of": run.as_of, "period": period}, [f"{path}: the page as of {run.as_of}"])
