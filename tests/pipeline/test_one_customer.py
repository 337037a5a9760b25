"""One customer under two names: tied once that is known or declared; what was published is restated with the reason."""

from __future__ import annotations

import pathlib

import pytest

from tests import shop
from tests.shop import Shop, events

TICKETS = """\
1,2026-03-02T09:00:00Z,ann,ann@example.org,email,Invoice,solved,Billing,grace,billing,,
2,2026-03-04T09:00:00Z,anna,anna@example.net,email,Invoice again,solved,Billing,grace,billing,,
3,2026-03-02T10:00:00Z,desk,info@example.org,email,Invoice,solved,Billing,grace,billing,,
4,2026-03-03T10:00:00Z,other,info@example.org,email,Invoice,solved,Billing,grace,billing,,
5,2026-03-02T11:00:00Z,,,email,Invoice,solved,Billing,grace,billing,,
6,2026-03-03T11:00:00Z,,,email,Invoice,solved,Billing,grace,billing,,
"""
# Anna gives the address by which the shop knows Ann.
NOW_ONE = """\
2,2026-03-04T09:00:00Z,anna,ann@example.org,email,Invoice again,solved,Billing,grace,billing,,
"""
ALIAS = """
[[customer]]
aliases = ["shop:ann", "anna@example.net"]
why = "told us"
by = "a test"
"""


@pytest.fixture
def opened(tmp_path: pathlib.Path):
    with shop.opened(tmp_path / "shop") as one:
        one.deliver("1", TICKETS, events(TICKETS), "2026-03-15T00:00:00Z")
        yield one


def came_back(opened: Shop) -> dict[str, str]:
    """Ticket → the earlier one that it repeats."""
    rows = opened.rows("SELECT later, earlier FROM repeat_links")
    return dict(zip(rows.later, rows.earlier, strict=True))


def test_a_late_merge_of_identities_ties_and_restates_with_its_reason(opened: Shop) -> None:
    opened.night("2026-03-14")
    # Shared mailboxes and tickets without anybody tie nobody.
    assert came_back(opened) == {}
    opened.deliver("2", NOW_ONE, events(NOW_ONE), "2026-03-16T00:00:00Z")
    opened.night("2026-03-15")
    assert came_back(opened) == {"shop:2": "shop:1"}
    first = opened.rows("SELECT m.causes FROM repeat_versions m JOIN ticket_versions t USING (ticket_key) "
                        "WHERE t.ticket = 'shop:1' AND m.to_run IS NULL AND t.to_run IS NULL")  # fmt: skip
    assert first.causes[0] == "IDENTITY_MERGE"
    reasons = opened.rows("SELECT reason FROM restatements WHERE metric = 'came_back_rate_7d'").reason
    assert "IDENTITY_MERGE" in set(reasons)


def test_a_declared_alias_ties_like_a_verified_address(opened: Shop) -> None:
    (opened.folder / "audit.toml").write_text((opened.folder / "audit.toml").read_text() + ALIAS)
    opened.night("2026-03-14")
    assert came_back(opened) == {"shop:2": "shop:1"}
