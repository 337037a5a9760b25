"""What a language pack says."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from auditlib.caselog.phrases.calendar import Calendar


@dataclasses.dataclass(frozen=True, kw_only=True)
class Pack:
    """How one language thanks, chases, promises and refuses.

    A phrase is a regular expression in small letters that captures nothing; it begins and ends at
    words. Every repetition is bounded: messages come from strangers.
    """

    version: str
    """Grows with every change to the pack: a changed phrase changes figures."""
    brief: tuple[str, ...] = ()
    """Words of chats that are this language's and no function words: they tell that of a few words with no other."""
    thanks: tuple[str, ...]
    """Thank or praise. A message made of these, `confirms` and `fillers` only thanks."""
    confirms: tuple[str, ...]
    """It works now. Counts only where nothing in the message takes it back."""
    improves: tuple[str, ...] = ()
    """The same as a whole clause about whatever it is that works again; only where nothing takes it back."""
    doubts: tuple[str, ...] = ()
    """Words beside which `improves` says nothing: something else is wanted, or wrong."""
    done: tuple[str, ...]
    """The same in one word ("fixed"): only in a message that says nothing else."""
    settles: tuple[str, ...]
    """The customer needs nothing more: it may be closed, never mind. Not a confirmation."""
    fillers: tuple[str, ...]
    """What may stand beside thanks. No yes, no, please or "in advance": those wait for something."""
    takes_back: tuple[str, ...]
    """Words after which "it works" is not said of now: negations, conditions, contrasts."""
    returns: tuple[str, ...]
    """The customer says that they asked about this before, or that it has come back."""
    supposes: tuple[str, ...] = ()
    """Words before it in its sentence after which it has not come back: it may, or it is the same story going on."""
    withdraws: tuple[str, ...]
    """The customer needs no answer any more. That a ticket may be closed is not enough: it may have helped."""
    chases: tuple[str, ...]
    """The customer asks where the answer is."""
    received: tuple[str, ...]
    """The request has arrived or is being looked at."""
    pleasantries: tuple[str, ...]
    """Sentences that may stand beside it and say nothing: greetings, patience, apologies."""
    instructs: tuple[str, ...]
    """The customer is told what to do or is given something: more than an acknowledgement."""
    refuses: tuple[str, ...]
    """The request itself is declined; "we cannot reproduce it" declines nothing."""
    alternatives: tuple[str, ...]
    """Another way is offered; looked for only beside a refusal."""
    hints: tuple[str, ...]
    """Plain words, one of which every phrase of `commits` has: a message without any is not looked at for promises."""
    commits: tuple[str, ...]
    """I or we will do something that the customer waits for."""
    conditions: tuple[str, ...]
    """What comes after it in a sentence is promised only under a condition."""
    depends: tuple[str, ...]
    """A condition that the customer has to fulfil, wherever in the sentence it stands."""
    due: tuple[str, ...]
    """By when, so that a calendar can decide it."""
    vague: tuple[str, ...]
    """By when, undecidable: soon, shortly, as soon as we hear."""
    calendar: Calendar
    """How the words of `due` are read."""


def any_of(*phrases: Iterable[str]) -> str:
    """A regular expression for any of the phrases, at the borders of words; without any it never matches."""
    every = [phrase for group in phrases for phrase in group]
    return r"(?<!\w)(?:" + "|".join(every) + r")(?!\w)" if every else "(?!)"


DATE = r"(?:\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}(?:[./]\d{2,4}|\.)?)"
NUMBER = r"\d{1,3}(?: ?(?:-|–|to|bis|à|a) ?\d{1,3})?"
CLOCK = r"\d{1,2}(?:[:.h]\d\d)?"
