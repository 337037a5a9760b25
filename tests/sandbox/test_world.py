"""The same seed makes the same world, wherever and however it is built."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from auditlib.sandbox import World, answers, world
from auditlib.sandbox.build import END, START, chunks
from auditlib.sandbox.company import founded
from auditlib.sandbox.instants import iso, moment
from auditlib.sandbox.zendesk.audits import audits

HERE = Path(__file__).parents[2]
FINGERPRINT = """
import hashlib, msgspec
from auditlib.sandbox import answers, world
from auditlib.sandbox.zendesk.audits import audits
w = world(tickets=120, seed=9)
told = [answers(w), [audits(w, p, w.end) for p in w.plans]]
print(hashlib.sha256(msgspec.json.encode(told)).hexdigest())
"""


def fingerprint(made: World) -> str:
    told = [answers(made), [audits(made, p, made.end) for p in made.plans]]
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles"])
def test_the_zone_of_the_machine_and_its_hashes_change_nothing(zone: str) -> None:
    surroundings = {**os.environ, "TZ": zone, "PYTHONHASHSEED": "77", "PYTHONPATH": str(HERE)}
    told = subprocess.run(
        [sys.executable, "-c", FINGERPRINT], env=surroundings, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == fingerprint(world(tickets=120, seed=9))


def test_another_seed_is_another_world() -> None:
    assert fingerprint(world(tickets=60, seed=1)) != fingerprint(world(tickets=60, seed=2))


def test_tickets_are_numbered_as_they_were_opened(small: World) -> None:
    assert [p.id for p in small.plans] == list(range(1, len(small.plans) + 1))
    opened = [p.created_at for p in small.plans]
    assert opened == sorted(opened)


def test_about_as_many_tickets_as_asked_for_and_more_each_month() -> None:
    made = world(tickets=2000, seed=3)
    assert abs(len(made.plans) - 2000) < 200
    middle = (made.start + made.end) // 2
    assert sum(p.created_at > middle for p in made.plans) > len(made.plans) * 0.5


def test_a_large_world_is_built_in_pieces_that_number_on_and_keep_customers_whole() -> None:
    company = founded(5, moment(START), moment(END), 1000)
    pieces = [plans for _, plans in chunks(company, 5, 1000, size=200)]
    assert len(pieces) == 3
    assert [p.id for plans in pieces for p in plans] == list(range(1, sum(map(len, pieces)) + 1))
    writers = [{p.customer.id for p in plans if p.kind != "problem"} for plans in pieces]
    assert not writers[0] & writers[1]
    assert abs(sum(map(len, pieces)) - 1000) < 100


def test_the_span_is_the_one_asked_for() -> None:
    made = world(tickets=50, seed=3, start="2026-03-02T00:00:00Z", end="2026-04-06T00:00:00Z")
    assert min(p.created_at for p in made.plans) >= moment("2026-03-02T00:00:00Z")
    assert max(p.acts[-1].at for p in made.plans) < moment("2026-04-06T00:00:00Z")


def test_moments_read_back_as_they_were_written() -> None:
    assert iso(moment("2026-03-29T01:00:00Z")) == "2026-03-29T01:00:00Z"
    assert moment("2026-03-29T03:00:00+02:00") == moment("2026-03-29T01:00:00")
