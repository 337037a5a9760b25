"""The `sandbox` command: a helpdesk to try auditlib on, as a server or as files."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from auditlib.sandbox.build import END, START, world
from auditlib.sandbox.company import founded
from auditlib.sandbox.files import WRITERS, write_files
from auditlib.sandbox.flavour import flavours
from auditlib.sandbox.instants import iso, moment
from auditlib.sandbox.server import RATE_LIMIT
from auditlib.sandbox.server import serve as opened
from auditlib.sandbox.zendesk.raw_pages import write_raw_pages


class Moment(click.ParamType):
    """A moment such as 2026-03-29T01:00:00Z."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return iso(moment(value))
        except ValueError:
            self.fail(f"{value!r} is no moment; write it like 2026-03-29T01:00:00Z", param, ctx)


def _of_a_world(command: Callable[..., None]) -> Callable[..., None]:
    """The options that make a world."""
    for option in (
        click.option("--end", type=Moment(), default=END, show_default=True, help="When the world ends."),
        click.option("--start", type=Moment(), default=START, show_default=True, help="When it begins."),
        click.option("--seed", type=int, default=1, show_default=True, help="The same seed, the same world."),
        click.option(
            "--tickets",
            type=click.IntRange(1),
            default=5000,
            show_default=True,
            help="About how many tickets.",
        ),
    ):
        command = option(command)
    return command


@click.group()
def sandbox() -> None:
    """A helpdesk in a box: a simulated company with an answer key.

    \b
    auditlib sandbox serve --port 8025
    auditlib sandbox generate --tickets 20000 --format files --to demo
    """


@sandbox.command()
@_of_a_world
@click.option("--port", type=int, default=8025, show_default=True, help="The port on 127.0.0.1; 0 takes a free one.")
@click.option("--now", type=Moment(), help="The simulated now; by default the end of the world.")
@click.option("--rate-limit", type=int, default=RATE_LIMIT, show_default=True, help="Requests a minute.")
@click.option("--flavour", type=click.Choice(flavours()), default="zendesk", show_default=True, help="Whose API.")
def serve(
    tickets: int, seed: int, start: str, end: str, port: int, now: str | None, rate_limit: int, flavour: str
) -> None:
    """Serve the company's helpdesk on this machine, in one of the helpdesks' words.

    \b
    auditlib sandbox serve --tickets 500 --now 2026-06-01T00:00:00Z
    auditlib sandbox serve --flavour freshdesk
    curl -X PUT -d '{"now": "2026-06-02T00:00:00Z"}' http://127.0.0.1:8025/sandbox/clock
    """
    made = world(tickets, seed, start, end)
    with opened(made, now, port, rate_limit, flavour) as box:
        click.echo(f"{len(made.plans):,} tickets at {box.url} as at {iso(box.now)}")
        told = box.connection
        who = (
            f"user {told['login']}, password {told['password']}" if "login" in told else told["extra"]["authorization"]
        )
        click.echo(f"{who}; stop with Ctrl-C")
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            click.echo("stopped")


@sandbox.command()
@_of_a_world
@click.option("--to", "folder", type=click.Path(path_type=Path, file_okay=False), required=True, help="The folder.")
@click.option(
    "--format", "form", type=click.Choice(["zendesk", "files"]), default="files", show_default=True,
    help="Raw pages as the API gives them, or two files: tickets and events.",
)  # fmt: skip
@click.option(
    "--file-type",
    type=click.Choice(list(WRITERS)),
    default="parquet",
    show_default=True,
    help="Of the two files.",
)
@click.option("--now", type=Moment(), help="For raw pages: the simulated now; by default the end of the world.")
def generate(
    tickets: int, seed: int, start: str, end: str, folder: Path, form: str, file_type: str, now: str | None
) -> None:
    """Write the company's year to a folder, with the answer key beside it.

    \b
    auditlib sandbox generate --tickets 1000000 --format files --to big
    auditlib sandbox generate --tickets 2000 --format zendesk --to raw
    """
    if form == "files":
        company = founded(seed, moment(start), moment(end), tickets)
        count = write_files(company, seed, tickets, folder, file_type)
        click.echo(f"{count:,} tickets and their events in {folder}, what was meant in answer_key.jsonl")
        return
    pages = write_raw_pages(world(tickets, seed, start, end), folder, now)
    click.echo(f"{pages:,} pages in {folder}, what was meant in answer_key.jsonl")
