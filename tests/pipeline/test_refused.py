"""What a gate refuses changes nothing that leaders see, and is not forgotten."""

from __future__ import annotations

import pathlib

import pandas as pd
import pytest

from auditlib import pipeline
from tests.pipeline.exports import a_ticket, deliver, its_events
from tests.pipeline.house import House, files_source
from tests.pipeline.sameness import assert_same

ODD = '''"""
# Odd

A duration that runs backwards for every ticket, as no measure may.
"""

import dataclasses
import datetime

import numpy as np

from auditlib.metric import Figure, Metric

METRIC = Metric(
    title="Odd", leg="process", unit="minutes", columns={"odd_minutes": {}},
    figures=(Figure(name="odd_minutes", column="odd_minutes", statistics=("p50",), title="Odd", better="lower"),),
    date_basis="created", attributed_at="created", owner="a test", checked_by="a test",
    review_by=datetime.date(2027, 1, 1),
)


def value(t):
    return dataclasses.replace(t.span(t.began_at, t.began_at, "calendar"), minutes=np.full(t.n, MINUTES))
'''


def company(folder: pathlib.Path) -> House:
    """A shop and a desk, each a folder of exports with thirty solved tickets."""
    house = House(folder, [files_source("shop"), files_source("desk")])
    for source in ("shop", "desk"):
        tell(house, source, "1", range(1, 31), until="2026-10-08T00:30:00Z")
    house.night("2026-10-07")
    return house


def tell(house: House, source: str, name: str, numbers: range, until: str, **how: str) -> None:
    day = how.pop("day", "2026-10-07")
    tickets = [a_ticket(n, day) for n in numbers]
    events = [event for n in numbers for event in its_events(n, day, **how)]
    deliver(house.folder / source, name, tickets, events, until)


def spoil(house: House, source: str, name: str) -> None:
    """Twelve known tickets are told anew, with answers before they were asked."""
    tell(house, source, name, range(1, 13), "2026-10-09T00:30:00Z", solved="07")


def seen(house: House) -> dict[str, pd.DataFrame]:
    return {name: house.table(name) for name in ("scorecard", "ticket_audit", "turns")}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> House:
    return company(tmp_path_factory.mktemp("first") / "house")


def test_a_refused_source_keeps_its_last_good_measures_and_stays_refused_until_it_is_corrected(
    first: House, tmp_path: pathlib.Path
) -> None:
    house = first.copy(tmp_path / "house")
    before = seen(house)
    spoil(house, "shop", "2")
    tell(house, "desk", "2", range(31, 41), "2026-10-09T00:30:00Z", day="2026-10-08")

    for day in ("2026-10-08", "2026-10-09"):
        published = house.night(day)
        assert (published["sources"], published["missing_sources"]) == (["desk"], ["shop"])
        shop = house.run_sources(published["run"])["shop"]
        assert shop["state"] == "refused"
        assert "share" in shop["error"] or "quarantine" in shop["error"]
        now = seen(house)
        shops = [t[t.source == "shop"].reset_index(drop=True) for t in (before["ticket_audit"], now["ticket_audit"])]
        assert_same({"t": shops[0]}, {"t": shops[1]}, ["t"])
        assert (now["ticket_audit"].source == "desk").sum() == 40

    tell(house, "shop", "2", range(1, 13), "2026-10-11T00:30:00Z", solved="09")
    assert house.night("2026-10-10")["missing_sources"] == []
    replies = house.rows("SELECT ticket, first_reply_minutes FROM ticket_audit WHERE source = 'shop'")
    assert sorted(replies.first_reply_minutes) == [60.0] * 12 + [120.0] * 18
    assert house.rows("SELECT * FROM quarantine_versions WHERE to_run IS NULL").empty


def test_a_replay_does_not_look_at_what_was_refused_in_its_night(first: House, tmp_path: pathlib.Path) -> None:
    house = first.copy(tmp_path / "house")
    spoil(house, "shop", "2")
    tell(house, "desk", "2", range(31, 41), "2026-10-09T00:30:00Z", day="2026-10-08")
    house.night("2026-10-08")
    tell(house, "shop", "2", range(1, 13), "2026-10-11T00:30:00Z", solved="09")
    house.night("2026-10-10")
    assert house.again("2026-10-08")["kind"] == "replay"
    figures = house.table("figures")
    then = figures[figures.publication_run <= 2].sort_values("publication_run").drop_duplicates("cell_id", keep="last")
    again = figures[figures.publication_run == 4]
    own = ["figure_id", "publication_run", "supersedes"]
    assert_same({"f": then.drop(columns=own)}, {"f": again.drop(columns=own)}, ["f"])


def with_odd_metric(house: House, minutes: str) -> None:
    folder = house.folder / "metrics" / "odd"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "odd.py").write_text(ODD.replace("MINUTES", minutes))
    house.more = '[extend]\nmetrics = ["metrics"]\n'
    house.write_config()


def test_a_refused_run_publishes_nothing_and_the_next_good_run_publishes_its_tickets_too(
    first: House, tmp_path: pathlib.Path
) -> None:
    house = first.copy(tmp_path / "house")
    before = seen(house)
    with_odd_metric(house, "-5.0")
    tell(house, "desk", "2", range(31, 41), "2026-10-09T00:30:00Z", day="2026-10-08")

    with pytest.raises(pipeline.Refused, match=r"odd were refused: .*never negative"):
        house.night("2026-10-08")
    run = house.rows("SELECT * FROM run_log WHERE run = 2").iloc[0]
    assert (run["state"], run["publication"]) == ("refused", None) or pd.isna(run["publication"])
    assert "never negative" in run["reason"]
    after = seen(house)
    assert_same(before, {n: t[before[n].columns] for n, t in after.items()}, before)

    with_odd_metric(house, "5.0")
    published = house.night("2026-10-09")
    assert (published["run"], published["publication"]) == (3, 2)
    tickets = house.table("ticket_audit")
    assert len(tickets) == 70
    assert set(tickets.odd_minutes) == {5.0}
    assert house.rows("SELECT * FROM odd_versions WHERE from_run = 2").empty


def test_a_night_of_which_no_source_could_be_read_says_so(tmp_path: pathlib.Path) -> None:
    house = House(tmp_path / "house", [files_source("shop")])
    with pytest.raises(pipeline.Refused, match="nothing to audit"):
        house.night("2026-10-07")
