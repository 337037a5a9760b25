"""Chasers, as the sandbox meant them: ticket by ticket, by what customers did and by what they said."""

from tests.answer_key import happened


def test_chasers_agree_ticket_by_ticket(tickets, in_scope):
    seen = 0
    for name, answer in in_scope.items():
        meant = [c for c in answer["chasers"] if happened(c["at"])]
        if any("duplicate" in chaser for chaser in meant):
            continue
        row = tickets[name]
        assert row["structural_chasers"] == sum(c["structural"] for c in meant), name
        assert row["lexical_chasers"] == sum(c["lexical"] for c in meant), name
        assert row["chasers"] == len(meant), name
        seen += len(meant)
    assert seen > 30
