"""What the text rules look for, and how often they are right on messages that were labelled by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from auditlib.caselog import labelled
from auditlib.caselog.labelled import Score
from auditlib.caselog.phrases import PACKS
from auditlib.caselog.words import Marker

LOOKS_FOR = {
    Marker.gratitude: "customer: only thanks, or only confirms; opens no turn",
    Marker.acknowledgement: "agent: only says that the request has arrived or is being looked at",
    Marker.update_request: "customer: asks where the answer is",
    Marker.refusal: "agent: declines the request itself",
    Marker.promise: "agent: will do something by a time",
    Marker.vague_promise: "agent: will do something soon, or as soon as somebody hears",
    Marker.confirmation: "customer: it works now, and nothing in the message takes it back",
    Marker.withdrawal: "customer: needs no answer any more",
    Marker.alternative: "agent: offers another way beside a refusal",
    Marker.returning: "customer: asked about this before, or it has come back",
}
HEAD = """# How often the text rules are right

The audit reads what people write once, with closed rules in {languages}, keeps what they saw and forgets the
words. A message in another language, or in none that is recognised, gets no marker: not scored is better than
scored wrongly. The rules are in [auditlib/caselog/phrases](../auditlib/caselog/phrases), each pack with a
version that is stored with what it saw; what was read before a rule existed is not read again.

Measured on {number} messages, written for this purpose and labelled by what they mean before the rules were run on
them: terse and angry ones, chats, letters with signatures and quotations, English as a second language, and hard ones
such as thanks with a question, promises under a condition, quoted words, sarcasm. {held_out} are **held out**: no rule
was made after one of them. While the rules were made only scores were looked at, marker by marker and rule by rule: a
rule that was wrong there was narrowed without its message being read. On the others
([labelled.toml](../auditlib/caselog/labelled.toml)) the rules were tuned, so that their numbers say what the rules
can, not how often they do it.

**So read a marker as this**: where it stands it is nearly always right; where none stands, nothing is said. What people
put in usual words the rules find in most cases, what they put in unusual ones in a third of them. Counts that rest on a
marker alone (lexical chasers, declined, withdrawn, promises made) are lower bounds; nothing that rests on what happened
(waits, structural chasers, reopenings, coming back) depends on them but for thanks. Your customers write differently:
label some of their messages before you compare teams by such a count.

**Precision**: of what was marked, how much is meant. **Recall**: of what is meant, how much was marked.
"""
TABLE = [
    "| marker | looks for | held out: precision, recall | the same, rules before | others: precision, recall |",
    "| --- | --- | --- | --- | --- |",
]
SETS = [
    "| held-out messages | | precision, recall | the same, rules before |",
    "| --- | --- | --- | --- |",
]


def page() -> str:
    """The rules, and their precision and recall on held-out messages and on the others."""
    every = labelled.messages()
    *first, last = (language for language in PACKS)
    languages, held_out = f"{', '.join(first)} and {last}", sum(message.is_held_out for message in every)
    head = HEAD.format(languages=languages, number=len(every), held_out=held_out)
    (right, read), (right_seen, read_seen) = (labelled.dues(half) for half in _halves())
    dues = (
        f"By when a found promise is due was read as meant in {right} of {read} held-out messages and in "
        f"{right_seen} of {read_seen} others."
    )
    return "\n".join([head, *SETS, *sets(), "", *TABLE, *rows(LOOKS_FOR), "", dues]) + "\n"


def sets() -> list[str]:
    """A line for each file of held-out messages, over all markers."""
    lines = []
    for file, how in labelled.HELD_OUT.items():
        of = [one for one in labelled.messages() if one.of == file]
        now, before = (_all(found) for found in (labelled.scores(of), labelled.former_scores(file)))
        name = f"[{file}.toml](../auditlib/caselog/{file}.toml)"
        lines.append(f"| {len(of)} in {name} | {how} | {_rates(now)} | {_rates(before)} |")
    return lines


def rows(markers: Iterable[Marker]) -> list[str]:
    """A line of the table for each marker."""
    on_kept, on_seen = (labelled.scores(half) for half in _halves())
    before = {one: _all({file: labelled.former_scores(file)[one] for file in labelled.HELD_OUT}) for one in Marker}
    return [
        f"| `{one.name}` | {LOOKS_FOR[one]} | {_score(on_kept[one])} | {_score(before[one])} | {_score(on_seen[one])} |"
        for one in markers
    ]


def _all(scores: Mapping[Any, Score]) -> Score:
    return sum(scores.values(), Score())


@cache
def _halves() -> tuple[tuple[labelled.Labelled, ...], ...]:
    """The held-out messages, and the others."""
    every = labelled.messages()
    return tuple(tuple(one for one in every if one.is_held_out is half) for half in (True, False))


def _score(score: Score) -> str:
    return f"{_share(score.right, score.right + score.wrong)}, {_share(score.right, score.right + score.missed)}"


def _rates(score: Score) -> str:
    return f"{score.precision:.2f}, {score.recall:.2f}"


def _share(part: int, of: int) -> str:
    return f"{part} of {of}" if of else "–"
