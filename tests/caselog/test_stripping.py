"""What of a message its writer wrote this time: no quotation, no signature."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditlib.caselog.text import BODY_LIMIT, strip


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("Thanks!\n\nOn Mon, 2 Mar 2026 at 09:00, Anna <a@b.de> wrote:\n> It is fixed\n> now.", "Thanks!"),
        ("Thanks!\n\nOn Mon, 2 Mar 2026 at 09:00, Anna Long-Name\n<a@b.de> wrote:\n> It is fixed", "Thanks!"),
        ("Danke!\n\nAm 02.03.2026 um 09:00 schrieb Anna <a@b.de>:\n> Erledigt", "Danke!"),
        ("Merci !\n\nLe lun. 2 mars 2026 à 09:00, Anna <a@b.de> a écrit :\n> Voilà", "Merci !"),
        ("Gracias\n\nEl lun, 2 mar 2026 a las 9:00, Ana (<a@b.de>) escribió:\n> Listo", "Gracias"),
        ("On 2 Mar 2026, Anna wrote:\n> Which light?\n\nThe red one.", "The red one."),
        ("> Which light?\nRed.\n> Since when?\nMonday.", "Red.\nMonday."),
        ("Thanks\n-----Original Message-----\nFrom: Anna\nStill broken?", "Thanks"),
        ("Danke\n-----Ursprüngliche Nachricht-----\nVon: Anna\nNoch kaputt?", "Danke"),
        ("Thanks\nFrom: Anna\nSent: Monday\nTo: Bob\nIs it broken?", "Thanks"),
        ("Danke\nVon: Anna\nGesendet: Montag\nIst es kaputt?", "Danke"),
        ("From: the shop in Berlin\nI bought a lamp.", "From: the shop in Berlin\nI bought a lamp."),
        ("On Monday I wrote:\nnobody answered", ""),
        ("On Monday it broke.", "On Monday it broke."),
        ("It works.\n-- \nAnna Smith\nWhat else?", "It works."),
        ("It works.\n\nBest regards,\nAnna Smith\nAcme Ltd.", "It works."),
        ("Es geht.\n\nMit freundlichen Grüßen\nAnna", "Es geht."),
        ("Best regards", "Best regards"),
        ("Hi\nRegards,\nAnna\nAnd the other one?", "Hi\nRegards,\nAnna\nAnd the other one?"),
        ("Hi\nRegards\n" + "and " * 16, "Hi\nRegards\n" + ("and " * 16).strip()),
        ("It works.\nSent from my iPhone", "It works."),
        ("Geht.\nVon meinem iPhone gesendet", "Geht."),
        ("Hi\nThis email and any attachments are confidential.\nThanks for nothing", "Hi"),
        ("##- Please type your reply above this line -##\nHi", "Hi"),
        ("a\r\nb", "a\nb"),
        ("", ""),
    ],
)  # fmt: skip
def test_strip_leaves_what_was_written_this_time(body, said):
    assert strip(body) == said


@given(st.text(max_size=400))
def test_stripping_twice_changes_nothing_but_signatures(body):
    once = strip(body)
    assert len(strip(once)) <= len(once) <= max(len(body), 0)


def test_only_the_declared_part_of_a_body_is_read():
    assert len(strip("x" * (BODY_LIMIT + 1))) == BODY_LIMIT
