"""Half a year of tickets in which one language is served worse: it is found, and nothing else is."""

from __future__ import annotations

import datetime
import json
import pathlib
import random

import pandas as pd
import pytest

from tests.pipeline.house import House, files_source

RULES = """
[figures]
breakdowns = ["language"]
min_n = 10
"""
WEEKS, A_WEEK = 20, 60
FIRST = datetime.datetime(2026, 1, 5, 8, tzinfo=datetime.UTC)
LANGUAGES, REGIONS = ("de", "en", "es", "fr"), tuple("ABCDEFGH")
CHANNELS, TIERS = ("email", "web", "chat", "phone"), ("free", "basic", "premium")
UNANSWERED, UNANSWERED_IN_FRENCH = 0.08, 0.4


def year() -> tuple[str, str]:
    """Tickets and events: whatever a customer is, but for their language, makes no difference."""
    rng = random.Random(20260105)
    tickets = ["ticket,created_at,requester,channel,status,group,topic,language,tier,region"]
    events = ["ticket,occurred_at,kind,actor,actor_class,is_public,old,new,body"]
    for number in range(WEEKS * A_WEEK):
        at = FIRST + datetime.timedelta(days=7 * (number // A_WEEK), minutes=rng.randrange(7 * 1440))
        language, region, channel, tier = (rng.choice(of) for of in (LANGUAGES, REGIONS, CHANNELS, TIERS))
        topic = rng.choice(("lamp", "bill"))
        said = [f"{number},{moment(at)},c{number},{channel},solved,Desk,{topic},{language},{tier},{region}"]
        tickets += said
        later = at + datetime.timedelta(hours=2)
        events += [f"{number},{moment(at)},created,c{number},customer,,,new,"]
        events += [f"{number},{moment(at)},message,c{number},customer,true,,,It is dark."]
        if rng.random() >= (UNANSWERED_IN_FRENCH if language == "fr" else UNANSWERED):
            events += [f"{number},{moment(later)},message,grace,agent,true,,,Press the button."]
        events += [f"{number},{moment(later)},status,grace,agent,,new,solved,"]
    return "\n".join(tickets) + "\n", "\n".join(events) + "\n"


def moment(at: datetime.datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """The view `fairness` after one night, by outcome, attribute and value."""
    house = House(tmp_path_factory.mktemp("year") / "house", [files_source("shop", "2026-01-01")], rules=RULES)
    folder = pathlib.Path(house.folder, "shop")
    folder.mkdir()
    tickets, events = year()
    (folder / "tickets.csv").write_text(tickets)
    (folder / "events.csv").write_text(events)
    (folder / "manifest.json").write_text(json.dumps({"complete_until": "2026-06-15T00:00:00Z"}))
    house.night("2026-06-14")
    return house.rows("SELECT * FROM fairness").set_index(["outcome", "attribute", "attribute_value"])


def test_the_language_that_is_served_worse_is_found_and_nothing_else(verdicts: pd.DataFrame) -> None:
    flagged = verdicts[verdicts.verdict == "flagged"]
    assert set(flagged.index) == {("strictly resolved", "language", "fr")}
    (french,) = flagged.itertuples()
    assert french.rate == pytest.approx(1 - UNANSWERED_IN_FRENCH, abs=0.08)
    assert french.rate_others == pytest.approx(1 - UNANSWERED, abs=0.04)
    assert french.ratio_high < 0.8
    assert french.adjusted_ratio == pytest.approx(french.ratio, abs=0.05)
    assert french.corrected_p_value < 0.001


def test_so_many_were_compared_that_chance_alone_would_have_found_some(verdicts: pd.DataFrame) -> None:
    """Of the comparisons without any difference one in twenty would lie beyond a plain test's limit."""
    alike = verdicts[(verdicts.index.get_level_values("attribute") != "language") & verdicts.corrected_p_value.notna()]
    assert len(alike) >= 30
    assert (alike.corrected_p_value > 0.05).all()
    assert set(alike.verdict) <= {"alike", "watched", "better than the others"}
