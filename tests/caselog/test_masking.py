"""What is kept of a subject: what it is about, and nobody's names, addresses and numbers."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from auditlib.caselog.text import SUBJECT_LIMIT, mask


@pytest.mark.parametrize(
    ("subject", "kept"),
    [
        ("Mail from john.doe+shop@acme.co.uk today", "Mail from [email] today"),
        ("Ask @acme_support", "Ask [email]"),
        ("<a@b.de>, b@c.de; c@d.de", "<[email]>, [email]; [email]"),
        ("5 @ 10 each", "5 @ 10 each"),
        ("See https://acme.com/a?mail=a@b.de&x=1 please", "See [url] please"),
        ("see www.acme.com", "see [url]"),
        ("reset at acme.com/reset/9f8", "reset at [url]"),
        ("and/or version 1.2", "and/or version 1.2"),
        ("Host 192.168.10.1 and 2001:db8::1 down", "Host [ip] and [ip] down"),
        ("At 10:30:15 it stopped", "At 10:30:15 it stopped"),
        ("Pay DE89 3704 0044 0532 0130 00 now", "Pay [iban] now"),
        ("Pay de89370400440532013000.", "Pay [iban]."),
        ("Pay DE00 3704 0044 0532 0130 00 now", "Pay DE[number] now"),
        ("Card 4111 1111 1111 1111 charged", "Card [card] charged"),
        ("Card 4111-1111-1111-1112 charged", "Card [number] charged"),
        ("Call +49 (0)30 / 1234-567", "Call [phone]"),
        ("Call (555) 123-4567 x12", "Call [phone] x12"),
        ("Call 030 1234567", "Call [phone]"),
        ("Call 123 4567", "Call [phone]"),
        ("Call 123 456", "Call 123 456"),
        ("e\u200b\u0301", "é"),
        ("Order 123456 late", "Order [number] late"),
        ("Order ORD-98765 late", "Order [number] late"),
        ("Order 1234 late", "Order 1234 late"),
        ("Parcel 1Z999AA10123456784", "Parcel 1Z999AA[number]"),
        ("Key a1b2c3d4e5", "Key [number]"),
        ("Key abcdefghijklmnopqrstuvw1", "Key [number]"),
        ("Error 404 in step 3", "Error 404 in step 3"),
        ("３３３３３３３３ and ａ＠ｂ．ｃ", "[number] and [email]"),
        ("٠١٢٣٤٥٦٧٨", "[number]"),
        ("two\nlines\tand  spaces ", "two lines and spaces"),
        ("a\u202egpj.exe\u202c \u200bb\x00c \ud800d", "agpj.exe bc d"),
        ("4\u200b111 1111 1111 1111", "[card]"),
        ("", ""),
    ],
)
def test_a_masked_subject_tells_what_it_is_about_and_nobody_s_details(subject, kept):
    assert mask(subject) == kept


@pytest.mark.parametrize(
    ("subject", "names", "kept"),
    [
        ("Müller is not happy", ["Jürgen Müller"], "[name] is not happy"),
        ("MÜLLER is not happy", ["Jürgen Müller"], "[name] is not happy"),
        ("Mu\u0308ller is not happy", ["Jürgen Müller"], "[name] is not happy"),
        ("Müllerei is not happy", ["Jürgen Müller"], "Müllerei is not happy"),
        ("Order for the van", ["Anna van Dyk"], "Order for the van"),
        ("Bo is bo", ["Bo Li"], "[name] is bo"),
        ("O'Brien wrote", ["Pat O'Brien"], "O'[name] wrote"),
        ("田中太郎さん", ["田中太郎"], "[name]さん"),
        ("mail a@b.de", ["Email Name"], "mail [email]"),
        ("mail a@b.de", ["[email]"], "mail [email]"),
        ("田中太郎さん", ["田中 田中太郎"], "[name]さん"),
        ("Anna", [""], "Anna"),
    ],
)
def test_given_names_are_masked_and_other_words_are_not(subject, names, kept):
    assert mask(subject, names) == kept


def test_a_long_subject_is_cut_between_words_and_never_inside_a_mask():
    assert mask("word " * 100) == " ".join(["word"] * (SUBJECT_LIMIT // 5))
    assert mask("x" * 247 + " a@b.de") == "x" * 247
    assert len(mask("x" * 10_000)) == len(mask("a " + "x" * 1000)) == SUBJECT_LIMIT
    assert mask("one two", limit=5) == "one"


PIECES = [
    "a@b.de", "[email]", "[name]", "+49 30 123456", "4111111111111111", "DE89370400440532013000", "12",
    " ", "x", "-",
    "/", "www.", "Anna", "::1", "1.2.3.4", "\u0301", "(", "#", "AB12", "name", "¨", "田中",
]  # fmt: skip

TEXTS = st.one_of(
    st.text(max_size=300),
    st.text("aZé1 09@.+-()[]/:,_\u200b\u202e٣３ ́'#\n", max_size=300),
    st.lists(
        st.sampled_from(PIECES),
        max_size=40,
    ).map("".join),
)

NAMES = st.lists(
    st.one_of(st.sampled_from(["Anna", "name email", "Li", "田中", "number"]), st.text(max_size=9)),
    max_size=3,
)


@given(TEXTS, NAMES, st.sampled_from([20, 60, SUBJECT_LIMIT]))
@example("AB12 a@b.c", ["number"], 20)
def test_masking_twice_changes_nothing(text, names, limit):
    once = mask(text, names, limit)
    assert mask(once, names, limit) == once
    assert len(once) <= limit


@given(TEXTS)
def test_no_address_number_or_card_survives(text):
    kept = mask(text)
    assert not re.search(r"\S@\S", kept)
    assert not re.search(r"\d(?:[ ().\-/]?\d){6}", kept)
    assert not re.search(r"\d{5}", kept)
    assert not re.search(r"\d{1,3}(\.\d{1,3}){3}", kept)
    kept.encode()  # what is kept can be stored


@given(st.emails(), st.sampled_from(["from {} today", "<{}>", "mailto:{}", "x,{};y", "{}"]))
def test_every_address_is_masked_wherever_it_stands(address, around):
    kept = mask(around.format(address))
    assert "@" not in kept
    assert address.rpartition("@")[2].lower() not in kept.lower().replace("email", "")
