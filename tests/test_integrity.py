"""Gaming that was planted is found by its sign, and in a shop where nobody games none is seen.

A priority that is lowered shortly before its target needs a helpdesk that tells service levels: the examples of
`sla/late_downgrade` plant it.
"""

import pytest

from tests import shop

ASKED = "It does not light."
ANSWER = "Turn the switch on the left and hold it for five seconds."
EMPTY = "We have received your message."


def life(ticket, *steps):
    """The events of a ticket; a step has minutes after eight, kind, who, and the new value or the words."""
    lines = [f"{ticket},2026-03-02T08:00:00Z,created,c{ticket},customer,,,new,",
             f"{ticket},2026-03-02T08:00:00Z,message,c{ticket},customer,true,,,{ASKED}"]  # fmt: skip
    for minute, kind, who, told in steps:
        at = f"2026-03-02T{8 + minute // 60:02}:{minute % 60:02}:00Z"
        whose = {"grace": "agent", "rules": "automation"}.get(who, "customer")
        is_message = kind == "message"
        new, body = ("", told) if is_message else (told, "")
        lines.append(f"{ticket},{at},{kind},{who},{whose},{'true' if is_message else ''},,{new},{body}")
    return "\n".join(lines) + "\n"


def honest(ticket):
    """Assigned, answered, solved, and asked how it was."""
    return life(ticket, (5, "assignee", "rules", "grace"), (60, "message", "grace", ANSWER),
                (62, "status", "grace", "solved"), (63, "rating_offered", "rules", ""))  # fmt: skip


def unhelped(ticket, is_asked=True):
    """Solved, and still dark: the customer said so, and a rule closed it in the evening."""
    steps = [(5, "assignee", "rules", "grace"), (60, "message", "grace", ANSWER), (62, "status", "grace", "solved")]
    steps += [(63, "rating_offered", "rules", "")] if is_asked else []
    steps += [(120, "message", f"c{ticket}", "It is still dark."), (120, "status", f"c{ticket}", "open"),
              (600, "status", "rules", "solved")]  # fmt: skip
    return life(ticket, *steps)


CLEAN = {n: honest(n) for n in range(1, 9)} | {n: unhelped(n) for n in range(9, 12)}
GAMED = {
    "solved without any reply": life(21, (5, "assignee", "rules", "grace"), (60, "status", "grace", "solved")),
    "paused while the customer waited": life(
        22, (5, "assignee", "rules", "grace"), (10, "status", "grace", "pending"), (300, "message", "grace", ANSWER),
        (302, "status", "grace", "solved"),
    ),
    "empty first reply": life(
        23, (2, "message", "grace", EMPTY), (5, "assignee", "rules", "grace"), (300, "message", "grace", ANSWER),
        (302, "status", "grace", "solved"),
    ),
    "solved, and opened again by an agent": life(
        24, (5, "assignee", "rules", "grace"), (60, "message", "grace", ANSWER), (62, "status", "grace", "solved"),
        (90, "status", "grace", "open"), (200, "status", "grace", "solved"),
    ),
    "no survey offered to those who were not helped": unhelped(25, is_asked=False),
    "solved within a minute of the assignment": life(
        26, (60, "message", "grace", ANSWER), (61, "assignee", "rules", "grace"), (62, "status", "grace", "solved"),
    ),
    "opened again and solved again at once": life(
        27, (5, "assignee", "rules", "grace"), (60, "message", "grace", ANSWER), (62, "status", "grace", "solved"),
        (120, "message", "c27", "It is still dark."), (120, "status", "c27", "open"),
        (121, "status", "grace", "solved"),
    ),
}  # fmt: skip


def delivered(opened, name, lives, until):
    """An export of these tickets; names of columns come first."""
    head = shop.events("").strip()
    rows = "".join(
        f"{n},2026-03-02T08:00:00Z,c{n},c{n}@example.org,email,Lamp,solved,Repairs,grace,lamp {n},,\n" for n in lives
    )
    opened.deliver(name, rows, f"{head}\n" + "".join(lives.values()), until)


def checks(opened):
    return opened.rows("SELECT * FROM integrity_checks ORDER BY position").set_index("sign")


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    """The checks of an honest shop, and of the same shop once one case of each kind of gaming was planted."""
    with shop.opened(tmp_path_factory.mktemp("integrity") / "shop") as opened:
        delivered(opened, "1", CLEAN, "2026-03-30T00:00:00Z")
        opened.night("2026-03-29")
        clean = checks(opened)
        planted = {int(text.split(",", 1)[0]): text for text in GAMED.values()}
        delivered(opened, "2", planted, "2026-03-31T00:00:00Z")
        opened.night("2026-03-30")
        yield clean, checks(opened)


def test_where_nobody_games_no_sign_is_seen(nights):
    clean, _ = nights
    assert clean.state.drop("priority lowered shortly before the target").eq("measured").all()
    assert clean.state["priority lowered shortly before the target"] == "nothing to measure"
    seen = clean.cases.fillna(0)
    assert seen.to_dict() == dict.fromkeys(clean.index, 0)
    assert clean["among"]["no survey offered to those who were not helped"] == 3


@pytest.mark.parametrize("sign", GAMED)
def test_what_was_planted_is_found(nights, sign):
    clean, gamed = nights
    # Two more of those who were planted were not helped, and nobody asked them either.
    expected = 3 if sign.startswith("no survey") else 1
    assert gamed.cases[sign] == expected, gamed[["cases", "among"]].to_dict()
    assert 0 < gamed.share[sign] < 1
    assert gamed["among"][sign] > clean["among"][sign]
