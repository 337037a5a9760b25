"""A source that `auditlib new source` began passes conformance once its two functions are written."""

from __future__ import annotations

import pathlib
import re
import subprocess
import sys

from click.testing import CliRunner

from auditlib.commands.new import source

FETCH = """
    page = get("/api/tickets", {"since": window.since}, stream="tickets")
    yield Chunk(stream="tickets", pages=[page], cursor={"since": page.served_at}, complete_until=page.served_at)
"""
READ = """
    found = SHAPES.read(pages, Ticket, "tickets", ticket=lambda row: str(row.get("id")))
    yield from found.said
    for told in found.good:
        at, number = int(told.created_at.timestamp()), str(told.id)
        yield rows.Ticket(ticket=number, created_at=at, status="open", requester="7")
        yield rows.Event(ticket=number, seq=0, occurred_at=at, kind="created", actor="7")
"""


def _tested(file: pathlib.Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(file.parent), str(file)]
    return subprocess.run(command, capture_output=True, text=True, cwd=file.parent)


def test_it_fails_until_fetch_and_read_are_written_and_then_passes(tmp_path):
    folder = tmp_path / "sources"
    assert CliRunner().invoke(source, ["helpscout", "--to", str(folder)]).exit_code == 0
    test = folder / "_helpscout" / "test_helpscout.py"
    before = _tested(test)
    assert before.returncode == 1
    assert "helpscout cannot be fetched yet: write fetch in its file" in before.stdout

    file = folder / "helpscout.py"
    text = file.read_text()
    for function, body in (("fetched", FETCH), ("read", READ)):
        text = re.sub(rf'\n    raise SourceError\("helpscout cannot be {function} yet[^\n]*\n', body, text)
    file.write_text(text.replace("import Row\n", "import Row\nfrom auditlib.caselog import rows\n", 1))
    after = _tested(test)
    assert after.returncode == 0, after.stdout
    assert "passed" in after.stdout
