"""What the rules see in what customers write: every rule with the rows that only it decides."""

import pytest

from tests.caselog.seen import seen


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
