"""Fingerprints of addresses, numbers and ids: one person has one, and who is nobody has none."""

import pytest

from auditlib.caselog.text import fingerprint

KEY = b"a key of thirty-two random bytes"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna@Acme.de ", "anna@acme.de"),
        ("Anna Smith <anna@acme.de>", "anna@acme.de"),
        ("mailto:anna@acme.de", "anna@acme.de"),
        ("anna@acme.de.", "anna@acme.de"),
        ("+49 (0)30 1234-567", "0049 30 1234567"),
        ("tel:+49301234567", "+49 30 1234567"),
        ("Customer-7", " customer-7"),
    ],
)
def test_one_address_in_two_spellings_has_one_fingerprint(one, other):
    assert fingerprint(one, KEY) == fingerprint(other, KEY) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("anna+shop@acme.de", "anna@acme.de"),  # plus tags stay: a false tie is worse than a missed one
        ("an.na@acme.de", "anna@acme.de"),
        ("030 1234567", "+49 30 1234567"),  # a national number knows no country
        ("49301234567", "+49301234567"),
    ],
)
def test_addresses_that_may_be_two_people_s_have_two_fingerprints(one, other):
    assert fingerprint(one, KEY) != fingerprint(other, KEY)


@pytest.mark.parametrize(
    "value",
    [
        None, "", "  ", "unknown", "Anonymous", "n/a", "no-reply@acme.de", "NoReply@acme.de",
        "noreply-4711@acme.de",
        "do_not_reply@acme.de", "info@acme.de", "support+x@acme.de", "mailer-daemon@acme.de", "@acme.de",
        "anna@acme",
        "an na@acme.de", "0000000", "+1 111 111 1111",
    ],
)  # fmt: skip
def test_who_is_nobody_or_many_has_no_fingerprint(value):
    assert fingerprint(value, KEY) is None


def test_an_id_of_digits_is_no_telephone_number():
    assert fingerprint("49301234567", KEY, "external") != fingerprint("49301234567", KEY, "phone") is not None
    assert fingerprint("+49 30 1234567", KEY, "phone") == fingerprint("+49 30 1234567", KEY)
    assert fingerprint("C-4711", KEY, "external") == fingerprint("c-4711", KEY) is not None


@pytest.mark.parametrize(("kind", "value"), [("phone", "anna"), ("phone", "anna@acme.de"), ("external", "0")])
def test_what_is_none_of_its_kind_has_no_fingerprint(kind, value):
    assert fingerprint(value, KEY, kind) is None


def test_a_number_makes_a_person_of_a_shared_word_but_not_of_a_machine():
    assert fingerprint("customer894@post.example", KEY) is not None
    assert fingerprint("customer@post.example", KEY) is None
    assert fingerprint("no-reply2@post.example", KEY) is None
