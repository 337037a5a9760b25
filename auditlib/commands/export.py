"""`auditlib export`: a view as a file for a spreadsheet or another program."""

from __future__ import annotations

import pathlib

import click

from auditlib.commands.answers import Answer, WrongUse, answered


@click.command()
@click.argument("view")
@click.option("--to", "path", type=click.Path(path_type=pathlib.Path), required=True, help="A file: .csv, .xlsx …")
@answered
def export(view: str, path: pathlib.Path) -> Answer:
    """Write a view to a CSV, Parquet or XLSX file.

    Text that a spreadsheet would take for a formula stays text. The file is replaced as a whole.

    \b
    auditlib export scorecard --to scorecard.xlsx
    auditlib export ticket_audit --to tickets.parquet
    """
    from auditlib import exports
    from auditlib.commands.setting import existing, published
    from auditlib.config.mistakes import did_you_mean
    from auditlib.store import engine, showing

    setting = existing()
    run = published(setting)
    with engine.reading(setting.store.engine) as c:
        known = showing.views(c)
        if view not in known:
            right = did_you_mean(view, known, f"the views are {', '.join(known)}")
            raise WrongUse(f"there is no view {view!r}; {right}")
        count = exports.write(path, showing.columns(c, view), lambda: showing.batches(c, view))
    lines = [f"{path}: {count:,} rows of {view} as of {run.as_of}"]
    return Answer({"file": str(path), "view": view, "rows": count, "as_of": run.as_of}, lines)
