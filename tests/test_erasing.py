"""Who is erased is found nowhere any more, stays erased, and no figure changes by it."""

import re
import zipfile

import pytest
from click.testing import CliRunner

from auditlib.commands import auditlib
from auditlib.pipeline import erasing
from auditlib.pipeline.setting import Setting
from tests import shop

THEIRS = re.compile(rb"\bann\b|shop\.example/[12]\b|Invoice again|<script>alert", re.IGNORECASE)
ANN = "".join(shop.TICKETS.splitlines(keepends=True)[:2])
NEW = "12,2026-03-17T09:00:00Z,ann,ann@example.org,email,Ann again,open,Billing,grace,lamp,,https://shop.example/2\n"
FIGURES = "SELECT * FROM figures ORDER BY figure_id"


@pytest.fixture
def audited(tmp_path):
    """The shop after two nights."""
    with shop.opened(tmp_path / "shop") as opened:
        opened.two_nights()
        yield opened


def found(folder):
    """Files, other than what the helpdesk delivered, in which something of theirs stands."""
    held = []
    for path in sorted(folder.rglob("*")):
        if path.is_dir() or "exports" in path.parts:
            continue
        told = [path.read_bytes()]
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                told = [archive.read(name) for name in archive.namelist()]
        held += [path.name for text in told if THEIRS.search(text)]
    return held


def test_nothing_is_left_nothing_changes_and_nothing_comes_back(audited):
    before = audited.rows(FIGURES)
    assert "00000001.zip" in found(audited.folder)
    for who, said in (("nobody@example.org", "nobody is known"), ("shop:grace", "answered tickets for you")):
        with pytest.raises(Exception, match=said):
            erasing.plan(Setting.here(), who)
    refused = CliRunner().invoke(auditlib, ["erase", "ann@example.org"], input="n\n")
    assert refused.exit_code == 1, refused.output
    assert "shop:1, shop:2" in refused.output
    assert any(name.startswith("audit.db") for name in found(audited.folder))

    done = CliRunner().invoke(auditlib, ["erase", "shop:ann", "--yes"])
    assert done.exit_code == 0, done.output
    assert found(audited.folder) == []
    assert audited.rows(FIGURES).equals(before)
    # Delivered again, with a new ticket; and everything is measured anew, because a rule is.
    audited.deliver("3", ANN + NEW, shop.events(ANN + NEW), "2026-03-18T00:00:00Z")
    config = audited.folder / "audit.toml"
    config.write_text(config.read_text() + '\n[[exclude]]\nwhen = { tag = "none" }\nwhy = "nothing"\nby = "the shop"\n')
    audited.night("2026-03-16")
    assert found(audited.folder) == []
    assert audited.rows(FIGURES).equals(before)
    tickets = audited.rows("SELECT ticket FROM tickets WHERE ticket LIKE 'erased-%' AND to_run IS NULL")
    assert len(tickets) == 3
    known = audited.rows("SELECT name, value FROM store_facts WHERE name LIKE 'ERASURE %'")
    assert known.name.tolist() == ["ERASURE 1"]
    with pytest.raises(Exception, match="was erased already"):
        erasing.plan(Setting.here(), "shop:ann")
