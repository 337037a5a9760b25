"""What was asked of customers in ServiceNow's surveys, and what they answered.

https://www.servicenow.com/docs/ (Survey responses and results, metric result fields). A survey may ask many things:
read is the one question on a scale, or the one that `options.rating_question` names. The value of an answer is the
number of the option that was chosen, and its question says from where to where they go, and which end is the good one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from auditlib.caselog.ratings import SCALES
from auditlib.caselog.rows import Event, Notice
from auditlib.sources._servicenow.shapes import Answer, Survey
from auditlib.sources._servicenow.words import second

SURVEYED = 1 << 51
"""Places of surveys, behind all others; each has one for the offer and one for the answer."""
COMPLETE = "complete"
NO_SCALES = frozenset(
    {
        "string", "date", "datetime", "boolean", "checkbox", "choice", "multiplecheckbox", "reference", "attachment",
        "ranking", "duration", "percentage",
    }
)  # fmt: skip
WRITTEN = "string"
LOWER = "low"


class Ratings:
    """Reads surveys as the settings of a source say."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._question = str(options.get("rating_question", "")).lower()
        self._scale = str(options.get("rating_scale", ""))

    def events(self, ticket: str, surveys: Sequence[Survey], answers: Iterable[Answer]) -> Iterator[Event | Notice]:
        """That each survey was offered, and how it was answered last."""
        given: dict[str, list[Answer]] = defaultdict(list)
        for answer in answers:
            given[answer.instance].append(answer)
        ordered = sorted(surveys, key=lambda survey: (second(survey.sys_created_on), survey.sys_id))
        for place, survey in enumerate(ordered):
            seq, offered = SURVEYED + 2 * place, second(survey.sys_created_on)
            yield Event(ticket=ticket, seq=seq, occurred_at=offered, kind="rating_offered", actor_class="automation",
                        new="offered")  # fmt: skip
            if survey.state == COMPLETE:
                for said in self._said(given[survey.sys_id]):
                    if isinstance(said, Notice):
                        yield said
                    else:
                        at, who = second(survey.taken_on or survey.sys_updated_on), survey.user or None
                        yield Event(ticket=ticket, seq=seq + 1, occurred_at=at, kind="rating", actor=who, new=said)

    def _said(self, answers: Sequence[Answer]) -> Iterator[str | Notice]:
        """The answer on its scale; nothing where the question was skipped."""
        asked = [answer for answer in answers if self._is_wanted(answer)]
        if len({answer.metric for answer in asked}) > 1:
            yield Notice(stream="answers", field="several questions on a scale: name one in options.rating_question")
            return
        for answer in asked[-1:]:
            value = self._value(answer)
            if value is None:
                yield Notice(stream="answers", field="a scale that is none of ours: say which in options.rating_scale")
                return
            wrote = any(other.kind == WRITTEN and other.string_value for other in answers)
            yield f"{value} with comment" if wrote else value

    def _is_wanted(self, answer: Answer) -> bool:
        if self._question:
            return self._question in (answer.name.lower(), answer.metric.lower())
        return answer.kind.lower() not in NO_SCALES and _number(answer.actual_value) is not None

    def _value(self, answer: Answer) -> str | None:
        value, least, most = _number(answer.actual_value), _number(answer.least), _number(answer.most)
        scale = self._scale or f"{least}-{most}"
        if value is None or scale not in SCALES or "-" not in scale:
            return None
        begin, end = map(int, scale.split("-"))
        value = begin + end - value if answer.better.lower() == LOWER else value
        return f"{scale}:{value}" if begin <= value <= end else None


def _number(text: str) -> int | None:
    """A whole number, however many zeros it has behind the point; -1 is what words have as their value."""
    try:
        value = float(text)
    except ValueError:
        return None
    return int(value) if value.is_integer() and value >= 0 else None
