"""`auditlib record`: a helpdesk's answers written down, masked, for tests that need no helpdesk."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
import os
import pathlib
import secrets
from typing import TYPE_CHECKING

import click

from auditlib.commands.answers import Answer, WrongUse, answered

if TYPE_CHECKING:
    from types import ModuleType

    from auditlib.recording import Recorder
    from auditlib.recording.masking import Mask
    from auditlib.sources import Settings

SECRET = "AUDITLIB_SURROGATE_KEY"


@click.command()
@click.argument("kind")
@click.option("--to", "folder", required=True, type=click.Path(path_type=pathlib.Path), help="An empty folder.")
@click.option("--name", help="The source in audit.toml, or the name of its connection; by default KIND.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Tickets changed since this day (UTC): a few suffice.")
@answered
def record(kind: str, folder: pathlib.Path, name: str | None, since: datetime.datetime | None) -> Answer:
    """Write down what a helpdesk answers, masked, as pages to test its source with.

    What was changed since a day is fetched as in a night, and each answer is kept. No text of a customer is: names,
    addresses, numbers of telephones and whatever was written are replaced by filler, the same for the same text.
    Ids, moments and the helpdesk's own words stay. The pages are written only if the source reads the same tickets
    and events from them, and if nothing that was replaced is found in them.

    \b
    auditlib record zendesk --to pages/zendesk --since 2026-03-02
    auditlib record ledger --name books --to company/sources/_ledger/pages
    """
    from auditlib.commands.connect import asked, configured, known, settings_of
    from auditlib.recording import Recorder

    config = configured()
    module = known(kind, config.extend.sources if config else ())
    if hasattr(module, "open_folder"):
        raise WrongUse(f"{kind} answers nothing that could be recorded: its exports are files already")
    settings, _ = settings_of(config, kind, name, None, 1.0)
    if since is not None:
        begin = int(since.replace(tzinfo=datetime.UTC).timestamp())
        settings = dataclasses.replace(settings, since=begin)
    recorder = Recorder(asked(module, settings))
    files, tickets = recorded(module, settings, recorder, folder)
    steps = [
        "from auditlib.conformance import FromPages",
        "class TestFromPages(FromPages):",
        f'    kind = "{kind}"',
        f"    here = Settings(name={settings.name!r}, kind={kind!r}, connection={settings.connection!r}, "
        f"since={settings.since}, …)    # statuses, fields and bots as in audit.toml",
        f'    pages = pathlib.Path("{folder}")',
    ]
    said = f"{len(recorder.pages):,} answers about {tickets:,} tickets, masked, in {len(files)} files of {folder}."
    look = "Look through them before you hand them on: what a helpdesk hides in numbers is not masked."
    data = {"files": [str(path) for path in files], "answers": len(recorder.pages), "tickets": tickets}
    return Answer(data, [said, look, "", "A test that reads them:", "", *steps])


def recorded(
    module: ModuleType, settings: Settings, recorder: Recorder, folder: pathlib.Path
) -> tuple[list[pathlib.Path], int]:
    """Fetches, masks, writes, and reads it back; gives the files and how many tickets they tell of.

    What is not read back alike, or still holds a text that was to be replaced, is removed again.
    """
    from auditlib.caselog.rows import Ticket
    from auditlib.recording import write
    from auditlib.recording.masking import Mask
    from auditlib.sources import Window

    chunks = module.fetch(recorder, {}, Window("live", settings.since), settings)
    rows = [row for chunk in chunks for row in module.read(chunk.pages, settings)]
    words, phrases = getattr(module, "WORDS", ()), getattr(module, "PHRASES", ())
    mask = Mask(settings, words, _key(), recorder.pages, phrases)
    files = write(recorder.pages, mask, folder)
    try:
        _check(module, settings, rows, mask, folder)
    except BaseException:
        for path in files:
            path.unlink()
        raise
    return files, len({row.ticket for row in rows if isinstance(row, Ticket)})


def _check(module: ModuleType, settings: Settings, rows: list, mask: Mask, folder: pathlib.Path) -> None:
    from auditlib.recording import Recorded
    from auditlib.recording.masking import skeleton
    from auditlib.sources import SourceError, Window

    left = mask.left(json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json"))
    if left:
        raise SourceError(
            f"{len(left)} of the replaced texts still stand in the pages, so nothing was written: {left[0]!r}"
        )
    remedy = (
        f"name the fields that hold {settings.kind}'s own words (statuses, kinds of events) in its WORDS, "
        "so that they are kept"
    )
    try:
        chunks = module.fetch(Recorded(folder), {}, Window("live", settings.since), settings)
        again = [row for chunk in chunks for row in module.read(chunk.pages, settings)]
    except SourceError as error:
        raise SourceError(f"masked, the pages cannot be read any more: {error}; {remedy}") from None
    before, after = skeleton(rows), skeleton(again)
    if before != after:
        lost = sorted(set(before) ^ set(after))[:1]
        raise SourceError(f"masked, the pages tell something else (such as {lost}); {remedy}")


def _key() -> bytes:
    """The audit's own secret, so that the same text is masked alike each time; without one, a key for this once."""
    secret = os.environ.get(SECRET)
    return hashlib.blake2b((secret or secrets.token_hex(32)).encode(), digest_size=32, person=b"recording").digest()
