"""The database's rows written down, masked: they tell the same tickets, and of nobody who they are."""

from __future__ import annotations

import pathlib

import pytest

from auditlib.caselog import rows as r
from auditlib.commands.record import recorded
from auditlib.conformance import FromPages
from auditlib.recording import Recorder
from auditlib.sources import Get, django_helpdesk
from tests.django_helpdesk.conftest import configured


class TestFromARecording(FromPages):
    kind = "django_helpdesk"
    here = configured()

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def recording(cls, get: Get, tmp_path_factory: pytest.TempPathFactory) -> str:
        cls.pages = tmp_path_factory.mktemp("rows") / "pages"
        files, tickets = recorded(django_helpdesk, cls.here, Recorder(get), cls.pages)
        assert tickets > 10
        return "\n".join(pathlib.Path(path).read_text() for path in files)

    def test_nothing_is_rejected_or_unknown_on_a_healthy_helpdesk(self, rows: list) -> None:
        """One ticket was dragged over the board, which leaves no trace."""
        super().test_nothing_is_rejected_or_unknown_on_a_healthy_helpdesk(
            [row for row in rows if not (isinstance(row, r.Notice) and "without its history" in row.field)]
        )

    def test_a_field_that_nobody_knows_is_noticed_and_changes_nothing_else(self, module, chunks, settings) -> None:
        whole = [c for c in chunks if not any(isinstance(row, r.Notice) for row in module.read(c.pages, settings))]
        super().test_a_field_that_nobody_knows_is_noticed_and_changes_nothing_else(module, whole, settings)

    def test_nobody_is_named_and_titles_still_tell_what_is_read_of_them(self, recording: str) -> None:
        for name in ("zoe@client.example", "mira@client.example", "Rechnung", "Cannot log in", '"ana"', '"bo"'):
            assert name not in recording
        assert "E-Mail Received from " in recording
        assert " in bulk update" in recording
        assert "[Merged from #" in recording
