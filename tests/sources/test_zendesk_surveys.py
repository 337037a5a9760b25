"""Zendesk's newer surveys: offered and answered by the audits, on their own scales by the answers."""

from __future__ import annotations

import json

import pytest

from auditlib.caselog import ratings
from auditlib.caselog import rows as r
from auditlib.caselog.words import Rating
from auditlib.sources import Page, Settings, load
from auditlib.sources._zendesk import surveys

zendesk = load("zendesk")
SETTINGS = Settings(name="zendesk", kind="zendesk", connection="zendesk", since=0)
TICKET = {
    "id": 99, "status": "solved", "created_at": "2026-03-02T09:00:00Z", "generated_timestamp": 1772445600,
    "requester_id": 7, "submitter_id": 7, "via": {"channel": "email"}, "tags": [], "custom_fields": [],
}  # fmt: skip


def audit(number, at, *events):
    told = [{"id": 10 * number + nth, **event} for nth, event in enumerate(events)]
    return {"id": number, "created_at": f"2026-03-{at}Z", "author_id": 7, "via": {"channel": "web"}, "events": told}


def answer(at, rating, options=5, comment=None, sub_type="customer_satisfaction"):
    """A response about ticket 99, with a question that is not about satisfaction before it."""
    asked = {"type": "rating_scale_emoji", "sub_type": sub_type, "options": [{"rating": n + 1} for n in range(options)]}
    other = {**asked, "sub_type": "other"}
    moments = {"created_at": f"2026-03-{at}Z", "updated_at": f"2026-03-{at}Z"}
    told = [
        {"type": "rating_scale", "rating": 1, "question": other, **moments},
        {"type": "rating_scale", "rating": rating, "rating_category": "good", "question": asked, **moments},
        {"type": "open_ended", "value": comment, "question": {"type": "open_ended"}, **moments},
    ]
    return {"id": f"R{at}", "answers": told, "subjects": [{"id": "99", "type": "ticket", "zrn": "zen:ticket:99"}]}


def rated(audits, responses):
    """(second after the first, kind, what) of a ticket's ratings."""
    pages = [
        Page(
            stream="tickets", url="/api/v2/incremental/tickets/cursor", body=json.dumps({"tickets": [TICKET]}).encode()
        ),
        Page(stream="audits", url="/api/v2/tickets/99/audits", body=json.dumps({"audits": audits}).encode()),
    ]
    if responses is not None:
        body = json.dumps({"survey_responses": responses}).encode() if isinstance(responses, list) else responses
        pages.append(Page(stream="survey_responses", url="/api/v2/guide/survey_responses", body=body))
    rows = list(zendesk.read(pages, SETTINGS))
    assert not [row for row in rows if isinstance(row, r.Rejected)]
    events = [row for row in rows if isinstance(row, r.Event)]
    assert len({event.seq for event in events}) == len(events)
    began = events[0].occurred_at
    return [(e.occurred_at - began, e.kind, e.new) for e in events if e.kind.startswith("rating")]


CREATED = audit(1, "02T09:00:00", {"type": "Create", "field_name": "status", "value": "new"})
OFFERED = audit(2, "02T10:00:00", {"type": "SurveyOffered", "survey_type": "csat"})
ANSWERED = audit(3, "02T11:00:00", {"type": "SurveyResponseSubmitted", "whatever": {"it": "tells"}})
SCORED = {"type": "Change", "field_name": "satisfaction_score", "value": "good", "previous_value": "offered"}


@pytest.mark.parametrize(("options", "rating", "comment", "told", "means"), [
    (5, 4, None, "1-5:4", Rating.good), (5, 3, None, "1-5:3", Rating.bad),
    (5, 5, "Great!", "1-5:5 with comment", Rating.good),
    (3, 2, None, "1-3:2", Rating.bad), (3, 3, None, "1-3:3", Rating.good),
    (2, 1, "No.", "bad with comment", Rating.bad), (2, 2, None, "good", Rating.good),
])  # fmt: skip
def test_an_answer_stands_on_its_own_scale(options, rating, comment, told, means):
    found = rated([CREATED, OFFERED, ANSWERED], [answer("02T11:00:00", rating, options, comment)])
    assert found == [(3600, "rating_offered", "offered"), (7200, "rating", told)]
    assert ratings.ANSWERS[ratings.code(told)].rating == means


def test_zendesks_own_score_of_an_answer_is_not_a_second_one():
    together = audit(3, "02T11:00:00", SCORED, {"type": "SurveyResponseSubmitted"})
    later = audit(4, "02T11:00:20", SCORED)
    given = [answer("02T11:00:00", 4)]
    for audits in ([CREATED, OFFERED, together], [CREATED, OFFERED, ANSWERED, later]):
        assert rated(audits, given) == [(3600, "rating_offered", "offered"), (7200, "rating", "1-5:4")]
    offered_twice = audit(2, "02T10:00:00", {**SCORED, "value": "offered"}, {"type": "SurveyOffered"})
    assert rated([CREATED, offered_twice], None) == [(3600, "rating_offered", "offered")]


def test_who_changes_an_answer_has_given_two_and_an_unknown_first_one_is_zendesks_own():
    again = audit(5, "03T11:00:00", {"type": "SurveyResponseSubmitted"})
    first = audit(3, "02T11:00:00", SCORED, {"type": "SurveyResponseSubmitted"})
    # The answers tell the last one only: of the first, Zendesk's good or bad is all that is known.
    assert rated([CREATED, OFFERED, first, again], [answer("03T11:00:00", 1)]) == [
        (3600, "rating_offered", "offered"), (7200, "rating", "good"), (26 * 3600, "rating", "1-5:1"),
    ]  # fmt: skip


NOT_ASKED = [answer("02T11:00:00", 4, sub_type="other")]
UNKNOWN_SCALE = [answer("02T11:00:00", 4, options=10)]


@pytest.mark.parametrize("responses", [None, [], NOT_ASKED, UNKNOWN_SCALE, b'{"survey_responses": [{"answers": 3}]}'])
def test_where_the_answer_is_not_told_the_score_stands(responses):
    scored = audit(3, "02T11:00:00", SCORED, {"type": "SurveyResponseSubmitted"})
    assert rated([CREATED, OFFERED, scored], responses)[1:] == [(7200, "rating", "good")]


def test_answers_are_asked_for_only_where_the_audits_say_that_there_are_any():
    asked = []

    def get(path, params=None, *, stream):
        asked.append((path, params))
        return Page(stream=stream, url=path, body=b'{"survey_responses": [], "meta": {"has_more": false}}')

    page = Page(stream="audits", url="/api/v2/tickets/99/audits", body=json.dumps({"audits": [OFFERED]}).encode())
    assert list(surveys.answers_of(get, 99, [page])) == []
    page.body = json.dumps({"audits": [OFFERED, ANSWERED]}, separators=(",", ":")).encode()
    assert [one.stream for one in surveys.answers_of(get, 99, [page])] == ["survey_responses"]
    assert asked == [("/api/v2/guide/survey_responses", {"page[size]": 100, "filter[subject_zrns]": "zen:ticket:99"})]
