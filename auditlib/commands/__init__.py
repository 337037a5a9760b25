"""The command line's verbs: each parses, calls one function, and shows what that answered.

Nothing heavy is imported before a verb really works: `auditlib --help` is quick.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping

import click

VERBS: Mapping[str, str] = {
    "run": "running:run",
    "status": "status:status",
    "runs": "running:runs",
    "explain": "explain:explain",
    "evidence": "evidence:evidence",
    "why-changed": "whychanged:why_changed",
    "metrics": "metrics:metrics",
    "try": "trying:try_",
    "check": "check:check",
    "connect": "connect:connect",
    "record": "record:record",
    "page": "page:page",
    "export": "export:export",
    "sign": "sign:sign",
    "sandbox": "auditlib.sandbox.command:sandbox",
    "new": "new:new",
    "erase": "erase:erase",
}
"""Verb → the module and command that answer it."""

SLOW = {"sandbox": "A helpdesk in a box: a simulated company with an answer key."}
"""The first sentence of verbs whose modules take long to import."""


class Verbs(click.Group):
    """The verbs, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        module, _, name = VERBS[cmd_name].partition(":")
        path = module if "." in module else f"auditlib.commands.{module}"
        return getattr(importlib.import_module(path), name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of verbs, without importing what takes long."""
        rows = []
        for verb in VERBS:
            command = None if verb in SLOW else self.get_command(ctx, verb)
            rows.append((verb, SLOW[verb] if command is None else command.get_short_help_str(80)))
        with formatter.section("Verbs"):
            formatter.write_dl(rows)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple:
        """The verb that is meant; one that is misspelt is named with the nearest."""
        if args[0] not in VERBS and not args[0].startswith("-"):
            from auditlib.config.mistakes import did_you_mean

            right = did_you_mean(args[0], VERBS, f"the verbs are {', '.join(VERBS)}")
            ctx.fail(f"there is no verb {args[0]!r}; {right}")
        return super().resolve_command(ctx, args)


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="auditlib")
def auditlib() -> None:
    """The audit of customer service: figures from the events, with their evidence.

    AUDITLIB_CONFIG names another audit.toml, AUDITLIB_STORE another store. Each verb has --json and
    its own help. Exit codes: 0 done, 1 refused by a gate, 2 wrong use or configuration, 3 published
    without some source, 4 failed, 5 the figures are stale.

    \b
    auditlib check
    auditlib run
    auditlib status
    """


def help_page() -> str:
    """`docs/command-line.md`: every verb with its example, its options and what its end means."""
    from auditlib.commands.manual import page

    return page(auditlib)
