"""What customers answered in Zendesk's newer surveys, on scales of two, three or five.

https://developer.zendesk.com/api-reference/ticketing/ticket-management/csat_survey_responses/

The audits of a ticket say when a survey was offered and when it was answered, but not what; the answer is
asked for ticket by ticket. Zendesk itself turns it into good or bad (of five, the upper two are good; of
three, the uppermost): that is not read beside it. What a scale comes to here is `caselog.ratings.MEANS`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from auditlib.caselog.rows import BadRecord
from auditlib.sources import Get, Page
from auditlib.sources._shared.values import second
from auditlib.sources._zendesk.paging import optional

STREAM = "survey_responses"
ANSWERED = b'"SurveyResponseSubmitted"'
SCALES = {2: {1: "bad", 2: "good"}, 3: "1-3", 5: "1-5"}
"""How many options a survey has → how the case log writes an answer: as a word, or on the scale of that name."""


class Question(msgspec.Struct, gc=False):
    sub_type: str | None = None
    options: list[Any] | None = None


class Answer(msgspec.Struct, gc=False):
    type: str
    rating: int | None = None
    value: str | None = None
    question: Question | None = None
    updated_at: datetime.datetime | None = None


class Subject(msgspec.Struct, gc=False):
    id: str
    type: str


class Response(msgspec.Struct, gc=False):
    answers: list[Answer] = []
    subjects: list[Subject] = []


class Responses(msgspec.Struct, gc=False):
    survey_responses: list[Response] = []


_DECODER = msgspec.json.Decoder(Responses)


def answers_of(get: Get, ticket: int, audits: Iterable[Page]) -> Iterator[Page]:
    """The pages of a ticket's answers, if its audits say that there are any and the plan lets them be read."""
    if any(ANSWERED in page.body for page in audits):
        of_ticket = {"filter[subject_zrns]": f"zen:ticket:{ticket}"}
        yield from optional(get, "/api/v2/guide/survey_responses", STREAM, of_ticket)


def answers(pages: Iterable[Page]) -> dict[str, list[tuple[int, str]]]:
    """Ticket → when each survey was answered last, and how, in the case log's words."""
    found: dict[str, list[tuple[int, str]]] = {}
    for page in pages:
        try:
            told = _DECODER.decode(page.body).survey_responses
        except msgspec.DecodeError as error:
            raise BadRecord(f"the answers to a survey cannot be read: {error}") from None
        for response in told:
            for subject in response.subjects:
                if subject.type == "ticket":
                    found.setdefault(subject.id, []).extend(_scores(response))
    return {ticket: sorted(given) for ticket, given in found.items()}


def _scores(response: Response) -> Iterator[tuple[int, str]]:
    """The answer to the question about satisfaction; with what else was written, that something was."""
    wrote = any(answer.type == "open_ended" and answer.value for answer in response.answers)
    for answer in response.answers:
        asked = answer.question
        if answer.type != "rating_scale" or not asked or asked.sub_type != "customer_satisfaction":
            continue
        scale, rating = SCALES.get(len(asked.options or ())), answer.rating
        if scale is None or rating is None or answer.updated_at is None:
            continue
        said = scale.get(rating) if isinstance(scale, dict) else f"{scale}:{rating}"
        if said:
            yield second(answer.updated_at), f"{said} with comment" if wrote else said
