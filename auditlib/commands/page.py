"""`auditlib page`: the leadership page of what leaders see now."""

from __future__ import annotations

import click

from auditlib.commands.answers import Answer, answered


@click.command()
@answered
def page() -> Answer:
    """Write the leadership page and say where it is.

    \b
    auditlib page
    """
    from auditlib import pipeline
    from auditlib.commands.setting import existing, published

    run = published(existing())
    path = pipeline.write_page()
    return Answer({"page": path, "as_of": run.as_of}, [f"{path}: the page as of {run.as_of}"])
