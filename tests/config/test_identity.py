"""The fingerprints: what changes them, and what does not."""

from __future__ import annotations

import pathlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditlib import config
from tests.config import EXAMPLE, written


def edited(company: pathlib.Path, found: str, instead: str) -> tuple[bool, bool]:
    """Whether an edit changes what figures rest on, and what measures rest on."""
    assert found in EXAMPLE
    before = config.load(written(company, EXAMPLE))
    prints = config.fingerprint(before), config.measure_fingerprint(before)
    after = config.load(written(company, EXAMPLE.replace(found, instead, 1)))
    return config.fingerprint(after) != prints[0], config.measure_fingerprint(after) != prints[1]


@pytest.mark.parametrize(
    ("found", "instead"),
    [
        ('"cumulative"', '"last"'),
        ("09:00", "08:00"),
        ("DE-BE", "DE-BY"),
        ("08:00-18:00", "08:00-20:00"),
        ("window_days = 7", "window_days = 14"),
        ("billing = 30", "billing = 21"),
        ("[repeat]\n", '[repeat]\ncustomer_is = "organization"\n'),
        ('"on_hold"', '"pending_customer"'),
        ("custom_field:360001", "custom_field:360002"),
        ("zapier@", "make@"),
        ('"organization.plan" }', '"organization.plan" }\ntopics = { defect = "fault" }'),
        ('["Support", "Billing"]', '["Support"]'),
        ("page_size = 50", "page_size = 60"),
        (', "jira:SUP-Billing"', ""),
        ('"premium" }', '"gold" }'),
        ('"training"', '"demo"'),
        ("QA traffic", "Training"),
        ('metrics = ["company/metrics"]', ""),
    ],
)
def test_what_changes_a_ticket_changes_measures_and_figures(company: pathlib.Path, found: str, instead: str) -> None:
    assert edited(company, found, instead) == (True, True)


@pytest.mark.parametrize(
    ("found", "instead"),
    [
        ("Europe/Berlin", "Europe/Paris"),
        ("2025-02-01", "2025-03-01"),
        ('paused = "moves in March"', ""),
        ("at_most = 45", "at_most = 60"),
        ("min_n = 12", "min_n = 20"),
        ("agents = false", "agents = true"),
        (', ["team", "channel"]', ""),
        ("j.doe", "m.roe"),
    ],
)
def test_what_only_changes_how_tickets_are_rolled_up_changes_figures_alone(
    company: pathlib.Path, found: str, instead: str
) -> None:
    assert edited(company, found, instead) == (True, False)


@pytest.mark.parametrize(
    ("found", "instead"),
    [
        ("Larch Outdoor support", "Larch"),
        ("30 2 * * *", "30 3 * * *"),
        ("07:30", "08:30"),
        ("audit.db", "other.db"),
        ('"landing"', '"s3://bucket"'),
        ("landing_days = 45", "landing_days = 60"),
        ('connection = "zendesk"', 'connection = "zendesk_read_only"'),
        ("0.25", "0.5"),
        ('"exports"', '"elsewhere"'),
        ("slack_default", "mail"),
        ("# nights, days and weeks of the figures", "# another comment"),
        ("window_days = 7\n", ""),
        ('schedule_mode = "cumulative"\n', ""),
        ("at_most = 45", "at_most = 45.0"),
    ],
)
def test_what_changes_no_figure_changes_no_fingerprint(company: pathlib.Path, found: str, instead: str) -> None:
    assert edited(company, found, instead) == (False, False)


def test_a_calendar_counts_with_its_content_and_not_with_its_place(
    company: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    def fingerprints(folder: pathlib.Path) -> tuple[str, str]:
        read = config.load(written(folder, text))
        return config.fingerprint(read), config.measure_fingerprint(read)

    text = EXAMPLE[: EXAMPLE.index("[extend]")].replace("desk_of_ours", "request_tracker")
    (tmp_path / "closed.csv").write_text((company / "closed.csv").read_text())
    before = fingerprints(company)
    assert fingerprints(tmp_path) == before
    (tmp_path / "closed.csv").write_text("date\n2026-08-03\n")
    assert fingerprints(tmp_path)[0] != before[0]
    assert fingerprints(tmp_path)[1] != before[1]


@given(st.data())
def test_the_order_of_keys_and_of_tables_makes_no_difference(company: pathlib.Path, data: st.DataObject) -> None:
    before = config.load(written(company, EXAMPLE))
    after = config.load(written(company, shuffled(EXAMPLE, data)))
    assert config.fingerprint(after) == config.fingerprint(before)
    assert config.measure_fingerprint(after) == config.measure_fingerprint(before)


def shuffled(text: str, data: st.DataObject) -> str:
    """The same tables and keys in another order; exclusions keep theirs, which means something."""
    tables = re.split(r"\n(?=\[)", text.strip())
    excluded = [table for table in tables if table.startswith("[[exclude]]")]
    others = data.draw(st.permutations([table for table in tables if table not in excluded]))
    place = data.draw(st.integers(0, len(others)))
    return "\n".join(_shuffled_keys(table, data) for table in [*others[:place], *excluded, *others[place:]])


def _shuffled_keys(table: str, data: st.DataObject) -> str:
    header, *keys = [line for line in table.splitlines() if line]
    return "\n".join([header, *data.draw(st.permutations(keys)), "# " + data.draw(st.sampled_from("abc"))])
