"""What a chunk says of streams that are closed to the account, and of the capabilities that rest on them."""

from __future__ import annotations

import dataclasses

from auditlib.caselog.rows import Ability, Notice
from auditlib.sources import Page
from auditlib.sources._shared.closed import access, if_rated, said
from tests.sources.boxed import settings_of

NEEDS = {"ratings": {"surveys", "answers"}, "vendor_metrics": {"levels"}}


def open_to_us(*streams: str) -> list[Page]:
    return [Page(stream=stream, url=f"/{stream}", body=b"[]") for stream in streams]


def abilities(pages: list[Page]) -> dict[str, str | None]:
    return {row.capability: row.because for row in access(pages, NEEDS) if isinstance(row, Ability)}


def test_a_capability_is_there_only_if_all_its_streams_answered():
    assert abilities(open_to_us("surveys", "answers", "levels")) == {"ratings": None, "vendor_metrics": None}
    assert abilities(open_to_us("surveys", "levels")) == {"vendor_metrics": None}
    assert abilities([]) == {}


def test_one_closed_stream_takes_the_capability_and_is_named_with_its_answer():
    pages = [*open_to_us("surveys"), said(403, "answers")]
    assert abilities(pages) == {"ratings": "the account may not read answers (403)"}
    assert [row for row in access(pages) if isinstance(row, Notice)] == [
        Notice(stream="answers", field="not readable: the helpdesk answered 403")
    ]


def test_ratings_that_audit_toml_says_there_are_none_of_are_no_capability():
    here = settings_of("freshdesk")
    without = dataclasses.replace(here, options={"ratings": "none"})
    assert [row.because for row in if_rated(here)] == [None]
    assert [row.because for row in if_rated(without)] == ["audit.toml says that it has none"]
