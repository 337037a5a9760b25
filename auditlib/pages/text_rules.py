"""What the text rules look for, and how often they are right on messages that were labelled by hand."""

from __future__ import annotations

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

Measured on {number} messages of [auditlib/caselog/labelled.toml](../auditlib/caselog/labelled.toml), written for
this purpose and labelled by what they mean before the rules were run on them, hard ones among them: thanks
with a question, promises under a condition, quoted words, sarcasm. Those that are **held out** never changed
a rule; three labels of the others were corrected after the first run. They are few, and written by those who
know the rules: your customers write differently, so read the numbers as *how the rules err*, not as a guarantee.

**Precision**: of what was marked, how much is meant. **Recall**: of what is meant, how much was marked.
"""


def page() -> str:
    """The rules, and their precision and recall on held-out messages and on the others."""
    every = labelled.messages()
    kept = [message for message in every if message.is_held_out]
    seen = [message for message in every if not message.is_held_out]
    on_kept, on_seen = labelled.scores(kept), labelled.scores(seen)
    *first, last = (language for language in PACKS)
    rows = [
        f"| `{marker.name}` | {looks_for} | {_score(on_kept[marker])} | {_score(on_seen[marker])} |"
        for marker, looks_for in LOOKS_FOR.items()
    ]
    head = HEAD.format(languages=f"{', '.join(first)} and {last}", number=len(every))
    table = [
        "| marker | looks for | held out: precision, recall | others: precision, recall |",
        "| --- | --- | --- | --- |",
    ]
    (right, read), (right_seen, read_seen) = labelled.dues(kept), labelled.dues(seen)
    dues = (
        f"By when a found promise is due was read as meant in {right} of {read} held-out messages and in "
        f"{right_seen} of {read_seen} others."
    )
    return "\n".join([head, *table, *rows, "", dues]) + "\n"


def _score(score: Score) -> str:
    return f"{_share(score.right, score.right + score.wrong)}, {_share(score.right, score.right + score.missed)}"


def _share(part: int, of: int) -> str:
    return f"{part} of {of}" if of else "–"
