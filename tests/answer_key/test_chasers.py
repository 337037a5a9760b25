"""Chasers, as the sandbox meant them: ticket by ticket, by what customers did and by what they said."""

from tests.answer_key import happened


def meant(answer):
    return [chaser for chaser in answer["chasers"] if happened(chaser["at"])]


def test_chasers_agree_ticket_by_ticket(tickets, in_scope):
    seen = 0
    for name, answer in in_scope.items():
        chasers = meant(answer)
        if any("duplicate" in chaser for chaser in chasers):
            continue
        row = tickets[name]
        assert row["structural_chasers"] == sum(c["structural"] for c in chasers), name
        assert row["lexical_chasers"] == sum(c["lexical"] for c in chasers), name
        seen += len(chasers)
    assert seen > 30


def test_a_second_ticket_chases_the_first(tickets, in_scope):
    told = {name: len(meant(answer)) for name, answer in in_scope.items()}
    differing = {name for name, count in told.items() if tickets[name]["chasers"] != count}
    # A second ticket that somebody filed under a wrong topic, or about which nothing ties it to the first, is missed.
    assert len(differing) <= 0.02 * len(told), differing
    doubled = {name for name, a in in_scope.items() if any("duplicate" in chaser for chaser in meant(a))}
    assert doubled
    found = sum(tickets[name]["chasers"] == told[name] for name in doubled)
    assert found >= 0.75 * len(doubled)


def test_how_long_customers_wait_before_they_ask_again(tickets, in_scope):
    observed = {
        n: row for n, row in tickets.items() if n in in_scope and row["first_chase_minutes_state"] == "observed"
    }
    by_message = {n for n in in_scope if tickets[n]["structural_chasers"] or tickets[n]["lexical_chasers"]}
    assert by_message <= set(observed)
    by_another_ticket = set(observed) - by_message
    assert by_another_ticket
    assert all(tickets[n]["chasers"] for n in by_another_ticket)
    # Whoever asks again in the ticket itself does so in a message of its own; another ticket may come at once.
    alone = [n for n in by_message if not any("duplicate" in chaser for chaser in meant(in_scope[n]))]
    alone = [n for n in alone if tickets[n]["chasers"] == len(meant(in_scope[n]))]
    assert alone
    assert all(observed[n]["first_chase_minutes"] >= 30 for n in alone)


def test_chasers_are_charged_to_the_team_that_had_the_case_when_the_customer_asked_again(audited, tickets, in_scope):
    store, _ = audited
    asked = "SELECT ticket, team_chase, team_reply FROM ticket_versions WHERE to_run IS NULL"
    teams = {row[0]: row[1:] for row in store.execute(asked)}
    compared = 0
    for name, answer in in_scope.items():
        chasers = meant(answer)
        if not chasers or any("duplicate" in chaser for chaser in chasers):
            continue
        moved = [t for t in answer["transfers"] if t["at"] <= chasers[0]["at"]]
        later = [t for t in answer["transfers"] if t["at"] > chasers[0]["at"]]
        held = moved[-1]["to"] if moved else later[0]["from"] if later else teams[name][1]
        assert teams[name][0] == held, name
        compared += 1
    assert compared > 15
