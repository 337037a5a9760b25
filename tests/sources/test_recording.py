"""Recorded from a helpdesk and masked: the pages hold no customer's words, and a source passes from them alone."""

from __future__ import annotations

import dataclasses
import json
import pathlib
import re
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from auditlib.caselog import rows as r
from auditlib.commands import auditlib
from auditlib.conformance import FromPages
from auditlib.http import open_session
from auditlib.recording import Recorded, Recorder, write
from auditlib.recording.masking import Mask
from auditlib.sandbox import Box, World, serve, world
from auditlib.sources import Page, Settings, SourceError, Window, load
from tests.sources import (
    test_freshdesk,
    test_front,
    test_gorgias,
    test_help_scout,
    test_hubspot,
    test_intercom,
    test_jira_service_management,
    test_salesforce,
    test_servicenow,
    test_zammad,
    test_zendesk,
)
from tests.sources.boxed import QUICK, SEED

KEY = b"k" * 32
TESTS = (
    test_zendesk, test_freshdesk, test_zammad, test_intercom, test_jira_service_management, test_servicenow,
    test_hubspot, test_help_scout, test_salesforce, test_gorgias, test_front,
)  # fmt: skip
HERE = {test.SETTINGS.kind: dataclasses.replace(test.SETTINGS, since=1) for test in TESTS}


@pytest.fixture(scope="module")
def company() -> World:
    return world(tickets=30, seed=SEED)


class _FromARecording(FromPages):
    """A recording is made of the sandbox by the command, and everything that is asked of pages is asked of it."""

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def recording(cls, company: World, tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
        from auditlib.commands.record import recorded

        cls.here, cls.pages = HERE[cls.kind], tmp_path_factory.mktemp(cls.kind) / "pages"
        with serve(company, flavour=cls.kind) as box:
            recorder = Recorder(open_session(box.connection, cls.here, QUICK))
            recorded(load(cls.kind), cls.here, recorder, cls.pages)
        return recorder.pages

    def test_no_word_of_a_customer_is_in_it(self, recording: list[Page], company: World) -> None:
        written = "\n".join(path.read_text() for path in self.pages.glob("*.json"))
        module = load(self.kind)
        rows = [row for page in self._whole(module, recording) for row in page]
        people = [row for row in rows if isinstance(row, r.Person)]
        bots = set(self.here.bots)
        names = {row.name for row in people if row.email not in bots} | {row.email for row in people} - bots
        names |= {row.subject for row in rows if isinstance(row, r.Ticket)}
        names |= {row.value for row in rows if isinstance(row, r.Identity)} - bots
        names |= {row.name for row in rows if isinstance(row, r.Organization | r.Group)}
        bodies = [row.body for row in rows if isinstance(row, r.Event) and row.body]
        names |= {line.strip() for body in bodies for line in body.splitlines() if len(line) > 12}
        assert len(names) > 100
        assert [name for name in names if name and len(name) > 3 and name in written] == []

    def _whole(self, module, recording: list[Page]) -> Iterator[list[object]]:
        get = _Again(recording)
        for chunk in module.fetch(get, {}, Window("live", self.here.since), self.here):
            yield list(module.read(chunk.pages, self.here))


class _Again:
    """Gives recorded answers once more, unmasked, in the order in which they came."""

    def __init__(self, pages: list[Page]) -> None:
        self._left = list(pages)

    def __call__(self, path: str, params=None, *, stream: str, body=None) -> Page:
        return self._left.pop(0)


class TestZendesk(_FromARecording):
    kind = "zendesk"


class TestFreshdesk(_FromARecording):
    kind = "freshdesk"


class TestZammad(_FromARecording):
    kind = "zammad"


class TestIntercom(_FromARecording):
    kind = "intercom"


class TestHelpScout(_FromARecording):
    kind = "help_scout"


class TestGorgias(_FromARecording):
    kind = "gorgias"


class TestFront(_FromARecording):
    kind = "front"


class TestHubSpot(_FromARecording):
    kind = "hubspot"


class TestJira(_FromARecording):
    kind = "jira_service_management"


class TestSalesforce(_FromARecording):
    kind = "salesforce"


class TestServiceNow(_FromARecording):
    kind = "servicenow"


def mask(words: tuple[str, ...] = (), *bodies: object, **settings: object) -> tuple[Mask, list[Page]]:
    here = Settings(**{"name": "x", "kind": "x", "connection": "x", "since": 1, **settings})
    pages = [Page(stream="s", url="/s", body=json.dumps(body).encode()) for body in bodies]
    return Mask(here, words, KEY, pages), pages


def test_the_same_text_becomes_the_same_filler_wherever_it_stands_and_whatever_its_case():
    masked, pages = mask((), {"email": "Zoe@Client.example"}, [{"requester": {"mail": "zoe@client.example"}}])
    one, two = (masked.body(page) for page in pages)
    assert one["email"] == two[0]["requester"]["mail"]
    assert one["email"].endswith("@masked.example")
    assert (
        masked.path("/users/zoe@client.example/tickets.json")
        == f"/users/{one['email'].replace('@', '%40')}/tickets.json"
    )


def test_a_telephone_number_becomes_one_of_no_country_however_its_digits_are_grouped():
    masked, (page,) = mask((), {"handle": "+49 30 5550000", "phone": "+49305550000", "other": "+49305550001"})
    told = masked.body(page)
    assert told["handle"] == told["phone"] != told["other"]
    assert re.fullmatch(r"\+999\d{8}", told["phone"])


def test_a_record_that_is_told_as_xml_is_masked_part_by_part():
    made = "<made>2026-03-02 09:00:00</made>"
    was = f'<?xml version="1.0"?><gone><number>4711</number>{made}<by name="Zoe">Zoe</by></gone>'
    masked, (page,) = mask((), {"payload": was})
    told = masked.body(page)["payload"]
    assert "Zoe" not in told
    assert f"<number>4711</number>{made}<by name=" in told


def test_words_ids_and_moments_stay_also_where_a_change_tells_them():
    told = {
        "status": "open", "id": 360001234567, "user_id": "99000000001", "old": "open", "new": "360001234567",
        "at": "2026-03-02T09:00:00Z", "from": "09:00", "phone": "99000000002", "note": "call me", "custom": "gold",
    }  # fmt: skip
    masked, (page,) = mask(("status",), told, fields={"tier": "gold"})
    left = masked.body(page)
    changed = {name for name in told if left[name] != told[name]}
    assert changed == {"phone", "note"}
    assert masked.replaced == {"99000000002", "call me"}


def test_a_field_of_one_stream_is_kept_there_alone():
    masked, (page,) = mask(("other.name",), {"name": "open"})
    assert masked.body(page)["name"] != "open"
    masked, (page,) = mask(("s.name",), {"name": "open"})
    assert masked.body(page)["name"] == "open"


def test_links_lose_their_host_and_lead_to_the_same_page(tmp_path: pathlib.Path):
    masked, _ = mask(("next_page",))
    page = Page(
        stream="s", url="/s.json?page=1", following="https://acme.example/s.json?page=2&mail=zoe%40client.example",
        body=json.dumps({"next_page": "https://acme.example/s.json?page=2", "web": "https://zoe.example/me"}).encode(),
    )  # fmt: skip
    write([page], masked, tmp_path / "new")
    told = json.loads((tmp_path / "new" / "001.json").read_text())[0]
    assert told["body"]["next_page"] == "https://helpdesk.example/s.json?page=2"
    assert "zoe" not in json.dumps(told)
    assert told["following"].startswith("/s.json?page=2&mail=")
    with pytest.raises(SourceError, match="not empty"):
        write([page], masked, tmp_path / "new")


def test_a_source_that_does_not_name_its_words_is_told_so_and_nothing_is_left(
    company: World, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
):
    from auditlib.commands.record import recorded

    module = load("zendesk")
    monkeypatch.setattr(module, "WORDS", frozenset({"after_cursor"}))
    with serve(company) as box:
        recorder = Recorder(open_session(box.connection, HERE["zendesk"], QUICK))
        with pytest.raises(SourceError, match="WORDS"):
            recorded(module, HERE["zendesk"], recorder, tmp_path / "pages")
    assert list((tmp_path / "pages").iterdir()) == []


def test_the_command_records_and_says_how_to_test(company: World, tmp_path: pathlib.Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with serve(company, flavour="freshdesk") as box:
        monkeypatch.setenv("AIRFLOW_CONN_FRESHDESK", json.dumps(_connection(box)))
        (tmp_path / "audit.toml").write_text(
            '[audit]\nname = "x"\ntime_zone = "Europe/Berlin"\n\n[[source]]\nname = "freshdesk"\nkind = "freshdesk"\n'
            'connection = "freshdesk"\nsince = 2025-01-01\n'
            'statuses = { "Waiting on vendor" = "on_hold", "Escalated to engineering" = "open" }\n'
        )
        done = CliRunner().invoke(auditlib, ["record", "freshdesk", "--to", "pages", "--since", "2025-01-01"])
    assert done.exit_code == 0, done.output
    assert 'kind = "freshdesk"' in done.output
    assert Recorded(tmp_path / "pages").left()
    refused = CliRunner().invoke(auditlib, ["record", "files", "--to", "other"])
    assert refused.exit_code == 2
    assert "files already" in refused.output


def _connection(box: Box) -> dict:
    return box.connection
