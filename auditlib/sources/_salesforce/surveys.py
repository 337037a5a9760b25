"""What was asked of customers in Salesforce's surveys about a case, and what they answered.

https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_surveysubject.htm
A case is the subject of an invitation, or, where anybody could take part, of a response. Read is the answer to the one
question of satisfaction, or else of stars, or else of recommending; or to the one that `options.rating_question` names.
From where to where a scale goes, Salesforce does not tell: stars are five, and recommending goes from 0 to 10.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from auditlib.caselog.ratings import SCALES as KNOWN
from auditlib.caselog.rows import Event, Notice
from auditlib.sources import Page
from auditlib.sources._salesforce import shapes
from auditlib.sources._salesforce.shapes import SHAPES
from auditlib.sources._shared.records import of_stream
from auditlib.sources._shared.values import second

SURVEYED = 1 << 50
"""Places of surveys, behind all others."""
SCALES = {"CSAT": "1-5", "Rating": "1-5", "NPS": "0-10"}
"""Kinds of questions that ask how somebody was served, those that say it best first → their scale."""


class Surveys:
    """The surveys of one chunk, by case."""

    def __init__(self, pages: Sequence[Page], options: Mapping[str, Any]) -> None:
        self._question = str(options.get("rating_question", "")).lower()
        self._scale = str(options.get("rating_scale", ""))
        self.said: list[Any] = []
        self._subjects: dict[str, set[str]] = defaultdict(set)
        for subject in self._read(pages, "surveys", shapes.Subject):
            self._subjects[subject.SubjectId].add(subject.ParentId or "")
        self._invitations = {told.Id: told for told in self._read(pages, "invitations", shapes.Invitation)}
        self._responses = {told.Id: told for told in self._read(pages, "responses", shapes.Response)}.values()
        self._questions = {told.Id: told for told in self._read(pages, "questions", shapes.Question)}
        self._answers: dict[str, list[shapes.Answer]] = defaultdict(list)
        for answer in {told.Id: told for told in self._read(pages, "answers", shapes.Answer)}.values():
            self._answers[answer.ResponseId].append(answer)

    def _read(self, pages: Sequence[Page], stream: str, shape: type[Any]) -> list[Any]:
        found = SHAPES.read(of_stream(pages, stream), shape, "records")
        self.said += found.said
        return found.good

    def events(self, case: str, number: str, requester: str | None) -> Iterator[Event | Notice]:
        """That surveys were sent about a case, and each answer that was completed, in the order of time."""
        parents = self._subjects.get(case, set())
        sent = [told for told in self._invitations.values() if told.Id in parents]
        told: list[tuple[int, str, str, str | None, str | None]] = [
            (second(one.CreatedDate), one.Id, "rating_offered", None, "offered") for one in sent
        ]
        who = {one.Id: one.ContactId for one in sent}
        for response in self._responses:
            if not {response.Id, response.InvitationId} & parents or response.CompletionDateTime is None:
                continue
            at, by = second(response.CompletionDateTime), who.get(response.InvitationId or "") or requester
            for said in self._rated(self._answers[response.Id]):
                if isinstance(said, Notice):
                    yield said
                else:
                    told.append((at, response.Id, "rating", by, said))
        for place, (at, _, kind, by, new) in enumerate(sorted(told, key=lambda one: one[:2])):
            whose = "automation" if kind == "rating_offered" else None if by else "unknown"
            yield Event(ticket=number, seq=SURVEYED + place, occurred_at=at, kind=kind, actor=by, actor_class=whose,
                        new=new)  # fmt: skip

    def _rated(self, answers: Sequence[shapes.Answer]) -> Iterator[str | Notice]:
        asked = self._wanted([answer for answer in answers if answer.NumberValue is not None])
        if len({answer.QuestionId for answer in asked}) > 1:
            yield Notice(stream="answers", field="several questions on a scale: name one in options.rating_question")
        elif asked:
            kind, value = self._kind(asked[-1]), asked[-1].NumberValue
            scale = self._scale or SCALES.get(kind, "")
            begin, dash, end = scale.partition("-")
            if scale in KNOWN and dash and value == int(value or 0) and int(begin) <= int(value or 0) <= int(end):
                yield f"{scale}:{int(value or 0)}"
            else:
                yield Notice(stream="answers", field="a scale that is none of ours: say which in options.rating_scale")

    def _wanted(self, answers: Iterable[shapes.Answer]) -> list[shapes.Answer]:
        """The answers to the question that is named, or to those of the kind that says it best."""
        if self._question:
            return [answer for answer in answers if self._question in self._names(answer)]
        by_kind: dict[str, list[shapes.Answer]] = defaultdict(list)
        for answer in answers:
            by_kind[self._kind(answer)].append(answer)
        return next((by_kind[kind] for kind in SCALES if kind in by_kind), [])

    def _kind(self, answer: shapes.Answer) -> str:
        question = self._questions.get(answer.QuestionId or "")
        return (question.QuestionType or "") if question else ""

    def _names(self, answer: shapes.Answer) -> set[str]:
        question = self._questions.get(answer.QuestionId or "")
        return {(question.Name or "").lower(), (question.DeveloperName or "").lower()} if question else set()
