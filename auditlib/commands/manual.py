"""The page of the command line, written from the verbs themselves."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from auditlib.commands.answers import MEANINGS

HEAD = """# The command line

`auditlib VERB …`; everything that a DAG does can be done here. The file `audit.toml` in the working
directory is read, or the one that `AUDITLIB_CONFIG` names; `AUDITLIB_STORE` names another store. Each
verb has `--json` for programs, `--debug` for the place in the code where an error arose, and `--help`.

| exit code | means |
| --- | --- |
"""


def page(group: click.Group) -> str:
    """The page as Markdown: exit codes, then each verb with its example and its options."""
    codes = "\n".join(f"| {code} | {meaning} |" for code, meaning in enumerate(MEANINGS))
    return HEAD + codes + "\n" + "\n".join(_sections(group, click.Context(group, info_name="auditlib")))


def _sections(group: click.Group, ctx: click.Context) -> Iterator[str]:
    for name in group.list_commands(ctx):
        verb = group.get_command(ctx, name)
        assert verb is not None, name
        within = click.Context(verb, info_name=name, parent=ctx)
        yield _section(verb, within)
        if isinstance(verb, click.Group):
            yield from _sections(verb, within)


def _section(verb: click.Command, ctx: click.Context) -> str:
    words, _, examples = inspect.cleandoc(verb.help or "").partition("\b\n")
    usage = " ".join([ctx.command_path, *verb.collect_usage_pieces(ctx)])
    parts = [f"\n## {ctx.command_path}\n", words.strip(), f"\n```sh\n{(examples or usage).strip()}\n```"]
    options = [option for option in map(lambda p: p.get_help_record(ctx), verb.get_params(ctx)) if option]
    usual = ("--json", "--debug", "-h", "--help")
    listed = [(flags, text) for flags, text in options if text and not flags.startswith(usual)]
    if listed:
        parts.append("\n| option | |\n| --- | --- |")
        parts += [f"| `{flags.replace('|', '/')}` | {text} |" for flags, text in listed]
    return "\n".join(parts)
