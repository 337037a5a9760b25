"""What is kept of people's words: every rule with the rows that only it decides, and hostile input."""

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from auditlib.caselog.text import (
    BODY_LIMIT,
    SUBJECT_LIMIT,
    fingerprint,
    markers,
    mask,
    similarity,
    sketch,
    strip,
)
from auditlib.caselog.words import Marker

KEY = b"a key of thirty-two random bytes"
OTHER_KEY = b"another key of as many bytes, too"


def seen(body: str, by_customer: bool) -> str:
    return " ".join(sorted(found.marker.name for found in markers(body, by_customer)))


# --- masking -------------------------------------------------------------------------------------


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


HOSTILE = [
    "a", "a@", "1 ", "1-", "(", "DE12", "www.", "a.", ":", "\u202e", "ﷺ", "\n", "> ", "On a wrote\n",
    "From: a\n", "thanks ",
    "I will ", "I will check ", "within 5 ", "können ", "😀", "Re:", "received the ", "-", "--\n", "é",
    "?", "by 1.1.",
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE, ids=repr)
def test_no_ten_megabytes_make_any_rule_slow(unit):
    text = unit * (10_000_000 // len(unit))
    begun = time.perf_counter()
    mask(text, ["Anna Smith"])
    body = strip(text)
    markers(body, by_customer=True)
    markers(body, by_customer=False)
    sketch(text, KEY)
    fingerprint(text, KEY)
    assert time.perf_counter() - begun < 1.0


# --- stripping -----------------------------------------------------------------------------------


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


# --- what customers say --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "Thanks!", "Thank you so much for your quick reply.", "👍", "Ok, great, thanks :)", "Thanks, Maria!",
        "Thank you Maria", "Perfect.\n\nThanks\nJohn Smith", "thx", "THANK YOU", "Cheers",
        "Great, will try that. Thanks",
        "You can close this ticket, thanks.", "Please close this.",
        "Vielen Dank für die schnelle Hilfe!", "Danke, Frau Müller.",
        "Merci beaucoup pour votre aide", "Muchas gracias por su ayuda",
    ],
)  # fmt: skip
def test_a_message_that_only_thanks_is_gratitude(body):
    assert seen(body, True) == "gratitude"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Never mind, I found it myself.", "gratitude withdrawal"),
        ("Please disregard this, it was sent twice.", "withdrawal"),
        ("Please disregard this if you can help me.", "withdrawal"),
        ("I no longer need your help with this.", "withdrawal"),
        ("I no longer need the service. How can I cancel?", ""),
        ("Never mind the price, which one do you have?", ""),
        ("Das hat sich erledigt, ich habe es selbst gefunden.", "withdrawal"),
        ("Laissez tomber, j'ai trouvé la solution pour ce problème.", "withdrawal"),
        ("Ya no lo necesito, pero muchas gracias por todo.", "withdrawal"),
    ],
)
def test_a_withdrawal_needs_no_answer_any_more(body, expected):
    assert seen(body, True) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("We cannot refund this. You could exchange it instead.", "alternative refusal"),
        ("We cannot refund this.", "refusal"),
        ("You could exchange it instead.", ""),  # nothing is refused
        ("We cannot offer you a refund.", "refusal"),
    ],
)
def test_an_alternative_stands_beside_a_refusal(body, expected):
    assert seen(body, False) == expected


@pytest.mark.parametrize(
    "body",
    [
        "If you send us the form, we will reply by Friday.",  # depends on the customer
        "We will reply by Friday once you have sent us the form.",
        "Will we call you by Friday? I will call you by Friday?",  # a question
        'You wrote to us: "we will call you by Friday".',  # somebody else's words
        "We will get back.",  # "We" is no Wednesday
    ],
)
def test_questions_conditions_and_quotations_promise_nothing(body):
    assert seen(body, False) == ""


@pytest.mark.parametrize(
    "body",
    [
        "It works now, thank you.", "That solved it. Thanks!", "Fixed, thanks", "All good now. Thank you!",
        "The problem is solved, many thanks.", "Jetzt geht es, danke!", "Danke, hat geklappt.",
        "Merci, ça marche.",
        "Gracias, ya funciona.",
    ],
)  # fmt: skip
def test_a_message_that_only_confirms_is_gratitude_and_confirmation(body):
    assert seen(body, True) == "confirmation gratitude"


@pytest.mark.parametrize(
    "body",
    [
        "Thanks, but it still fails.",  # a word outside the lexicon
        "Thanks?",  # a question mark
        "Thanks in advance",  # waits for something
        "Thanks, please send it",
        "Yes, thanks",  # answers a question, perhaps with an order
        "No thanks",
        "Ok",  # only a filler: neither thanks nor confirms
        "Thanks for nothing",
        "Great, another week without an answer",
        "Thanks. Order 4711",  # a number says something
        "thanks " * 13,  # more than twelve words
        "Thanks. Broken Screen.",  # names only in the same breath or on the last line
        "Danke. Kein Zugang",
        "Danke,\nKein Zugang",  # a capital is not enough to be a name
        "Maria",  # a name alone thanks nobody
        "Takk skal du ha",  # a language without a pack
        "",
    ],
)
def test_a_message_that_says_anything_more_is_not_gratitude(body):
    assert "gratitude" not in seen(body, True)


def test_twelve_words_of_thanks_are_gratitude_and_thirteen_are_not():
    assert seen("thanks " * 12, True) == "gratitude"
    assert seen("thanks " * 13, True) == ""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "I restarted the router twice as you told me to do yesterday evening. It works now.",
            "",
        ),  # "yesterday"
        ("I restarted the router as you told me to do, and it works now.", "confirmation"),
        ("I restarted the router as you told me to do, but it works now only on my phone.", ""),
        ("I restarted the router. It works now? The lamp is dark and I am at a loss here.", ""),
        ("Could you explain to me and to my colleague how it works now that we have moved.", ""),
        ("It works now. May I keep the old lamp and the cable that came with it in one box?", ""),
        ("I restarted everything in the office and at home as well, it works now in the kitchen.", ""),
        ("I can tell you and my colleague in the other office that I know it works now.", ""),
        ("If it works now I will be the happiest customer that you have ever had in this town.", ""),
        (
            "We have restarted all of the routers that are in our office: the problem is solved.",
            "confirmation",
        ),
        (
            "Ich habe den Router neu gestartet und alle Lampen noch einmal verbunden, jetzt geht es.",
            "confirmation",
        ),
        ("Ich habe den Router neu gestartet und alle Lampen verbunden, jetzt geht es aber nicht mehr.", ""),
    ],
)
def test_a_confirmation_in_a_longer_message_needs_that_nothing_takes_it_back(body, expected):
    assert seen(body, True) == expected


@pytest.mark.parametrize(
    "body",
    [
        "Any update on this?", "I am still waiting for your answer.", "Just following up on my last e-mail.",
        "Did you receive my message?", "This is the 3rd time I am writing to you.", "Where is my refund?",
        "I have not heard back from you.", "I haven’t heard back from you.", "Hello, is anyone there?",
        "What is the status of my order?",
        "Gibt es schon etwas Neues?", "Ich habe noch keine Antwort erhalten.", "Avez-vous des nouvelles ?",
        "J'attends toujours votre réponse.", "¿Hay alguna novedad?", "Sigo esperando una respuesta.",
    ],
)  # fmt: skip
def test_a_chaser_asks_where_the_answer_is(body):
    assert seen(body, True) == "update_request"


@pytest.mark.parametrize(
    ("body", "says_so"),
    [
        ("The problem is back since this morning, what do I do now?", True),
        ("I already wrote to you about this, and it is not better.", True),
        ("You closed my ticket, but the lamp still isn't working.", True),
        ("It happened again last night, the lamp is dark.", True),
        ("Der Fehler ist leider wieder da, was soll ich tun?", True),
        ("J'ai déjà écrit la semaine dernière, rien ne marche.", True),
        ("El error ha vuelto y no sé qué hacer.", True),
        ("The lamp is not fixed to the wall yet, is that a problem?", False),
        ("How do I get my money back? I have a problem with the invoice.", False),
        ("I would like to have the same lamp for my mother.", False),
        ("Just following up on my last e-mail.", False),
        ("Please close my ticket, it is solved.", False),
        ("Wie bekomme ich mein Geld wieder? Der Artikel gefällt mir nicht.", False),
    ],
)
def test_who_asked_before_says_so(body, says_so):
    assert ("returning" in seen(body, True)) == says_so


@pytest.mark.parametrize(
    ("body", "by_customer"),
    [
        (
            "Is er al nieuws over mijn bestelling? Ik wacht nog steeds op een reply, any update?",
            True,
        ),  # Dutch
        ("Any update on this?", False),  # an agent chases nobody
        ("Any update? Was ist?", True),  # as much German as English
        ("Lorem ipsum dolor sit amet consectetur any update adipiscing elit", True),  # hardly any English
        ("The last update broke my lamp.", True),
        ("I updated the app and the lamp is dark.", True),
    ],
)
def test_what_is_no_chaser_is_not_marked(body, by_customer):
    assert seen(body, by_customer) == ""


# --- what agents and bots say --------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "Hi Anna, thank you for your message. I have received it and I am looking into it.",
        "Hello,\n\nwe have received your request (#4711). Our team answers within one working day.",
        "Your request has been received. Please be patient.",
        "We have received your request and will reply within 24 hours.",
        "Guten Tag, vielen Dank für Ihre Nachricht. Wir kümmern uns darum.",
        "Bonjour, nous avons bien reçu votre demande.",
        "Hola Anna, gracias por su mensaje. Ya lo estamos revisando.",
    ],
)
def test_an_acknowledgement_only_says_that_the_request_arrived(body):
    assert "acknowledgement" in seen(body, False)


@pytest.mark.parametrize(
    "body",
    [
        "We have received your request. Which lamp is it?",  # a question
        "We have received your request. Is it dark?",
        "We have received your request. Please restart the lamp.",  # an instruction
        "We have received your request, please restart it.",
        "We have received your request, but we cannot refund this.",  # a refusal
        "We have received your request, see https://acme.com",  # a link
        "We have received your request. We sent 49.90 to you.",  # a number
        "Thank you for your message. The invoice was wrong and is now corrected.",  # something else
        "We have received your request. " + "We are looking into it. " * 12,  # more than sixty words
        "We are here for you.",  # nothing arrived
    ],
)
def test_what_says_more_than_that_it_arrived_is_no_acknowledgement(body):
    assert "acknowledgement" not in seen(body, False)


@pytest.mark.parametrize(
    ("body", "due"),
    [
        ("I will get back to you by Friday.", "friday"),
        ("We'll send you the label within 24 hours.", "24 hours"),
        ("We will reply in 2–3 business days.", "3 business days"),
        ("Our team will call you tomorrow morning.", "tomorrow 12:00"),
        ("I am going to refund this by the end of the day.", "end of day"),
        ("We will update you by EOD.", "end of day"),
        ("You will receive a refund within five working days.", "5 business days"),
        ("We will ship it on 5 March.", "5 march"),
        ("I'll check this with the depot and will write to you by 03.04.2026.", "ambiguous"),
        ("By Monday we will have it.", "monday"),
        ("I will reply by Friday. We will refund it by Monday.", "friday"),  # the first one
        ("We will get back to you as soon as possible, by Friday at the latest.", "friday"),
        ("Ich melde mich bis Freitag bei Ihnen.", "friday"),
        ("Wir werden Ihnen innerhalb von 24 Stunden antworten.", "24 hours"),
        ("Nous vous répondrons sous 48 heures.", "48 hours"),
        ("Le responderemos en 24 horas, esta es la norma.", "24 hours"),
    ],
)
def test_a_promise_commits_somebody_of_us_to_a_moment(body, due):
    promises = [found for found in markers(body, False) if found.marker is Marker.promise]
    assert [str(found.due) for found in promises] == [due]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("We will get back to you shortly.", "vague_promise"),
        ("I'll be in touch as soon as we hear from the depot.", "vague_promise"),
        ("Wir melden uns, sobald wir mehr wissen.", "vague_promise"),
        ("Nous vous répondrons dans les meilleurs délais.", "vague_promise"),
        ("We will not reply by Friday.", ""),  # a negation commits to nothing
        ("You wrote to us on Friday.", ""),  # a moment without a commitment
        ("We will refund the amount.", ""),  # a commitment without a moment
        ("We will refund the amount. You wrote to us on Friday.", ""),  # the moment is in another sentence
        ("Wednesday is fine.", ""),
    ],
)
def test_a_promise_without_a_moment_is_vague_or_none(body, expected):
    assert seen(body, False) == expected


def test_a_customer_s_promise_is_none_of_ours():
    assert seen("I will send you the label by Friday.", True) == ""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("I'm sorry, we cannot refund this.", "refusal"),
        ("We are unable to offer an exchange.", "refusal"),
        ("This lamp is not covered by the warranty.", "refusal"),
        ("This is against our policy.", "refusal"),
        ("Your request has been declined.", "refusal"),
        ("Das können wir leider nicht erstatten.", "refusal"),
        ("Nous ne pouvons pas vous rembourser.", "refusal"),
        ("No podemos reembolsar el pedido que usted hizo.", "refusal"),
        ("We cannot reproduce the problem.", ""),
        ("We could not reach you.", ""),
        ("We can refund this.", ""),
    ],
)
def test_a_refusal_declines_the_request_itself(body, expected):
    assert seen(body, False) == expected


def test_a_marker_says_where_it_begins_and_which_rules_saw_it():
    (found,) = markers("Hello. It’s me. Any update on this?", True)
    assert (found.offset, found.rule_version) == (16, "en.5")
    (in_german,) = markers("İ. Gibt es schon etwas Neues?", True)
    assert (in_german.offset, in_german.rule_version) == (3, "de.4")


@given(st.text(max_size=200), st.booleans())
def test_any_text_can_be_read_for_markers(body, by_customer):
    for found in markers(body, by_customer):
        assert 0 <= found.offset <= len(body)


# --- sketches and fingerprints -------------------------------------------------------------------


def test_a_sketch_finds_the_same_matter_in_other_words_of_politeness():
    asked = sketch("Re: Lamp loses its connection every night", KEY)
    again = sketch("AW: The lamp LOSES its connection again every night!", KEY)
    assert similarity(asked, again) == pytest.approx(1.0)
    assert similarity(asked, sketch("Invoice shows the wrong company", KEY)) == 0


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Café broken", "cafe BROKEN"),
        ("Fwd: RE: lamp", "lamp"),
        ("lamp 123456 a@b.de", "lamp 987654 c@d.de"),
        ("lamp lamp lamp", "lamp"),
        ("is the lamp", "lamp"),
    ],
)
def test_a_sketch_leaves_out_what_says_nothing_about_the_matter(left, right):
    assert sketch(left, KEY) == sketch(right, KEY) != b""


def test_a_sketch_of_nothing_is_empty_and_like_nothing():
    assert sketch("", KEY) == sketch("the 123456", KEY) == b""
    assert similarity(b"", b"") == 0


def test_short_texts_are_compared_exactly_and_long_ones_closely():
    words = [f"word{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(300)]
    assert similarity(sketch(" ".join(words[:30]), KEY), sketch(" ".join(words[20:50]), KEY)) == pytest.approx(0.2)
    assert similarity(sketch(" ".join(words[:200]), KEY), sketch(" ".join(words[100:]), KEY)) == pytest.approx(
        1 / 3, abs=0.18
    )
    assert len(sketch(" ".join(words), KEY)) == 256


def test_nothing_is_the_same_under_another_key():
    assert similarity(sketch("lamp broken", KEY), sketch("lamp broken", OTHER_KEY[:32])) == 0
    assert fingerprint("a@b.de", KEY) != fingerprint("a@b.de", OTHER_KEY[:32])


@pytest.mark.parametrize("key", [b"", b"short", b"x" * 65])
def test_a_key_that_can_be_guessed_or_does_not_fit_is_refused(key):
    with pytest.raises(ValueError, match="16 to 64"):
        fingerprint("a@b.de", key)
    with pytest.raises(ValueError, match="16 to 64"):
        sketch("lamp", key)


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
