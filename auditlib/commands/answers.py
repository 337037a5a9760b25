"""What a verb answers, and how it is shown: for people, or as JSON; errors as one sentence."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import click

DONE, REFUSED, WRONG, WITHOUT_A_SOURCE, FAILED, STALE = range(6)
MEANINGS = (
    "done",
    "refused by a gate",
    "wrong use or configuration",
    "published without some source",
    "failed",
    "the published figures are stale",
)


@dataclass(frozen=True)
class Answer:
    """What a verb found: as data, as lines and tables for people, and how it ended."""

    data: Any
    shown: Sequence[Any] = ()
    code: int = DONE
    is_error: bool = False


class WrongUse(Exception):
    """What was asked for cannot be; the message says what could."""


def answered(verb: Callable[..., Answer]) -> Callable[..., None]:
    """A verb that shows its answer or its error, and ends with the exit code that it means."""

    @click.option("--json", "as_json", is_flag=True, help="The answer as JSON, for programs.")
    @click.option("--debug", is_flag=True, help="With an error, where in the code it arose.")
    @click.pass_context
    @functools.wraps(verb)
    def command(ctx: click.Context, /, as_json: bool, debug: bool, **asked: Any) -> None:
        try:
            answer = verb(**asked)
        except Exception as error:
            if debug or isinstance(error, click.ClickException | click.exceptions.Exit | click.Abort):
                raise
            answer = _of_error(error)
        show(answer, as_json)
        ctx.exit(answer.code)

    return command


def show(answer: Answer, as_json: bool) -> None:
    """The answer on the terminal: an error's words go to stderr, and as JSON to stdout."""
    if as_json:
        click.echo(json.dumps(answer.data, ensure_ascii=False, indent=2, default=str))
        return
    out = console(stderr=answer.is_error)
    for part in answer.shown:
        out.print(part, soft_wrap=isinstance(part, str))  # a command or a block to copy has no breaks of ours


def console(stderr: bool = False) -> Any:
    """A terminal that shows words as they are: brackets and colons in data mean nothing to it."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else 160  # nobody wraps what a program reads, or a test
    return Console(file=stream, markup=False, highlight=False, emoji=False, width=width)


def table(*heads: str, rows: Sequence[Sequence[Any]], title: str | None = None) -> Any:
    """A plain table; nothing is shown as a dash."""
    from rich import box
    from rich.table import Table

    made = Table(*heads, box=box.SIMPLE_HEAD, title=title, title_justify="left", pad_edge=False)
    for row in rows:
        made.add_row(*("–" if cell is None or cell == "" else str(cell) for cell in row))
    return made


def _of_error(error: Exception) -> Answer:
    from auditlib.commands import errors

    code, sentence, command = errors.told(error)
    shown = [sentence] if command is None else [sentence, f"First command: {command}"]
    return Answer({"error": sentence, "first_command": command, "exit_code": code}, shown, code, is_error=True)
