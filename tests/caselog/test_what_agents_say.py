"""What the rules see in what agents and bots write: every rule with the rows that only it decides."""

import pytest

from auditlib.caselog.text import markers
from auditlib.caselog.words import Marker
from tests.caselog.seen import seen


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
