"""What rules see in a message: thanks, a chaser, a promise, a refusal. Closed rules, no guessing.

A message in a language without a pack, or in none that is recognised, gets no marker: not scored
is better than scored wrongly. Markers are evidence, so each says where it begins and which
version of the rules saw it.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Sequence

from auditlib.caselog.dues import Due
from auditlib.caselog.phrases import FUNCTION_WORDS, PACKS, Pack
from auditlib.caselog.phrases.pack import any_of
from auditlib.caselog.promises import Promises, sentence_around
from auditlib.caselog.words import Marker

RULES_VERSION = "+".join(pack.version for pack in PACKS.values())
"""Which rules were in force: stored with a run, so that figures can say from when they reach back."""

READ = 10_000
"""Characters of a message that are looked at."""
GRATITUDE_WORDS = 12
ACKNOWLEDGEMENT_WORDS = 60
VOTING_WORDS = 80
NAME_WORDS = 3
BRIEF_WORDS = 6

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "\xa0": " "})
ANY_FUNCTION_WORD = frozenset().union(*FUNCTION_WORDS.values())
THUMBS = re.compile("[👍🙏✅👌❤💯🎉]")
"""A reaction that thanks without a word."""
# What may stand between the words of a message that only thanks: punctuation, smileys, emoji.
GAP = re.compile(r"(?:[:;]-?[)d](?!\w)|(?![👍🙏✅👌❤💯🎉])[^\w])*+")
NAME = re.compile(r"[^\W\d_a-zà-ÿ][^\W\d_]{0,24}(?:[ -][^\W\d_a-zà-ÿ][^\W\d_]{0,24}){0,2}(?!\w)")
CLAUSE_START = r"(?:^|[.,!;:\n]\s{0,3}|\b(?:and|that|und|dass|et|que|y)\s|\bafter the \w{1,12}\s)(?:[^\W\d_]{1,12}\s)?"
CLAUSE_END = r"(?=\s*(?:[.,!:;)\n]|$|(?:and|so|since|und|seit|et|y|thanks?|danke|merci|gracias)\b))"
LINK_OR_NUMBER = re.compile(r"https?:|www\.|\d")
# Numbers that say nothing about the matter: the ticket's own, and what a promise is due by.
REFERENCE = re.compile(
    r"[\[(]?#\s?[\w-]{1,30}[\])]?"
    r"|\b(?:ticket|case|request|reference|number)(?: (?:number|no\.?|id))?(?: is)?:? [\w-]{0,20}\d[\w-]{0,20}"
)
CLAUSES = re.compile(r"[.!\n,;:]+|\s(?:and|but|und|aber|et|mais|y|pero)\s")
CONTRAST = re.compile(r",? (?:but|however|aber|jedoch|mais|pero)\b(?!,? (?:\w+ )?(?:thanks?|danke?|merci|gracias)\b)")
"""Somebody needs nothing any more, but: the other thing that they say is what they need."""


@dataclasses.dataclass(frozen=True)
class Found:
    """A marker, where it begins in the message (characters), and the version of the rules."""

    marker: Marker
    offset: int
    rule_version: str
    due: Due | None = None
    """Of a promise: by when, as its words say it."""


def markers(body: str, by_customer: bool) -> list[Found]:
    """What the rules see in a message that `strip` has freed of quotations and signature."""
    text = _lowered(body[:READ].translate(APOSTROPHES))
    words = WORD.findall(text)
    if by_customer and len(words) <= GRATITUDE_WORDS and (found := _only_thanks(body, text)):
        return found
    language = recognised(words)
    if language is None:
        return []
    rules = compiled(language)
    return rules.of_customer(text) if by_customer else rules.of_agent(text, len(words))


def recognised(words: Sequence[str]) -> str | None:
    """The language most of whose function words are there; None if it has no pack or none wins clearly."""
    said = set(words[:VOTING_WORDS])
    telling = said & ANY_FUNCTION_WORD
    votes = {language: len(telling & known) for language, known in FUNCTION_WORDS.items()}
    if len(words) <= BRIEF_WORDS:
        for language, pack in PACKS.items():
            votes[language] += len(said.intersection(pack.brief))
    winner = max(votes, key=votes.__getitem__)
    runner_up = max(count for language, count in votes.items() if language != winner)
    is_clear = votes[winner] > runner_up and 6 * votes[winner] >= len(said)
    return winner if is_clear and winner in PACKS else None


def _lowered(text: str) -> str:
    """In small letters with every character in its place, so that offsets hold in the original."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)


class Rules:
    """One language pack, compiled."""

    def __init__(self, pack: Pack) -> None:
        self.version = pack.version
        thanks = (
            f"|(?P<thanks>{any_of(pack.thanks, pack.settles)}|{THUMBS.pattern})|(?P<fillers>{any_of(pack.fillers)})"
        )
        self.closed = re.compile(f"(?P<confirms>{any_of(pack.confirms, pack.done)}){thanks}")
        self.improved = re.compile(
            f"(?P<confirms>{any_of(pack.confirms, pack.done)}|{any_of(pack.improves)}{CLAUSE_END}){thanks}"
        )
        self.confirms = re.compile(rf"{CLAUSE_START}(?P<said>{any_of(pack.confirms)}){CLAUSE_END}")
        self.improves = re.compile(rf"{CLAUSE_START}(?P<said>{any_of(pack.improves)}){CLAUSE_END}")
        self.takes_back = re.compile(any_of(pack.takes_back))
        self.doubts = re.compile(any_of(pack.takes_back, pack.doubts))
        self.supposes = re.compile(any_of(pack.supposes))
        self.chases = re.compile(any_of(pack.chases))
        self.returns = re.compile(any_of(pack.returns))
        self.received = re.compile(any_of(pack.received))
        self.says_nothing = re.compile(any_of(pack.received, pack.pleasantries, pack.commits))
        self.instructs = re.compile(any_of(pack.instructs))
        self.refuses = re.compile(any_of(pack.refuses))
        self.alternatives = re.compile(any_of(pack.alternatives))
        self.withdraws = re.compile(any_of(pack.withdraws))
        self.promises = Promises(pack)

    def found(self, marker: Marker, offset: int, due: Due | None = None) -> Found:
        return Found(marker, offset, self.version, due)

    def of_customer(self, text: str) -> list[Found]:
        """A chaser, somebody who comes back or needs nothing more, and a confirmation inside a longer message."""
        seen = []
        if chase := self.chases.search(text):
            seen.append(self.found(Marker.update_request, chase.start()))
        if again := self.comes_back(text):
            seen.append(self.found(Marker.returning, again.start()))
        if "?" not in text:
            seen += self.needs_nothing(text)
            if works := self.works(text, says_else=bool(seen)):
                seen.append(self.found(Marker.confirmation, works.start("said")))
        return seen

    def comes_back(self, text: str) -> re.Match[str] | None:
        """The first place that says that it has come back, and not that it might."""
        for again in self.returns.finditer(text):
            begins, _ = sentence_around(text, again)
            if not self.supposes.search(text, begins, again.start()):
                return again
        return None

    def works(self, text: str, says_else: bool) -> re.Match[str] | None:
        """Where a message says that it works now, if nothing in it takes that back.

        `says_else`: it chases, comes back or needs nothing; then a clause about anything being fine is not believed.
        """
        if self.takes_back.search(text):
            return None
        is_plain = not says_else and not self.doubts.search(text)
        return self.confirms.search(text) or (self.improves.search(text) if is_plain else None)

    def needs_nothing(self, text: str) -> list[Found]:
        """That the customer takes their request back."""
        withdrawal = self.withdraws.search(text)
        if not withdrawal or CONTRAST.search(text, withdrawal.end()):
            return []
        return [self.found(Marker.withdrawal, withdrawal.start())]

    def of_agent(self, text: str, words: int) -> list[Found]:
        """Promises, a refusal and the other way that it offers, and whether it does no more than acknowledge."""
        seen = [self.found(*promise) for promise in self.promises.found(text)]
        if refusal := self.refuses.search(text):
            seen.append(self.found(Marker.refusal, refusal.start()))
            if other := self.alternatives.search(text):
                seen.append(self.found(Marker.alternative, other.start()))
        elif words <= ACKNOWLEDGEMENT_WORDS and (received := self._only_acknowledges(text)):
            seen.append(self.found(Marker.acknowledgement, received.start()))
        return seen

    def _only_acknowledges(self, text: str) -> re.Match[str] | None:
        received = self.received.search(text)
        if not received or "?" in text or self.instructs.search(text):
            return None
        bare = self.promises.due.sub(" ", REFERENCE.sub(" ", text))
        clauses = (clause.split() for clause in CLAUSES.split(bare))
        longer = (" ".join(said) for said in clauses if len(said) > NAME_WORDS)
        says_nothing = all(map(self.says_nothing.search, longer))
        return received if says_nothing and not LINK_OR_NUMBER.search(bare) else None


@functools.cache  # a fifth of a process's start, and most steps of a night read no message
def compiled(language: str) -> Rules:
    """The rules of a language, compiled when the first message asks for them."""
    return Rules(PACKS[language])


def _only_thanks(body: str, text: str) -> list[Found]:
    """Gratitude, and confirmation if it says so, of a message whose every word only thanks or confirms."""
    if "?" in text:
        return []
    for rules in map(compiled, PACKS):
        if kinds := _closed(rules, body, text, rules.closed) or _thanked_for_a_mend(rules, body, text):
            offset = min(kinds.values())
            seen = [rules.found(Marker.gratitude, offset)]
            if "confirms" in kinds:
                seen.append(rules.found(Marker.confirmation, kinds["confirms"]))
            return seen + rules.needs_nothing(text)
    return []


def _thanked_for_a_mend(rules: Rules, body: str, text: str) -> dict[str, int]:
    """The same of a message that also says of anything that it works again: only if it thanks, and doubts nothing."""
    kinds = {} if rules.doubts.search(text) else _closed(rules, body, text, rules.improved)
    return kinds if "thanks" in kinds else {}


def _closed(rules: Rules, body: str, text: str, closed: re.Pattern[str]) -> dict[str, int]:
    """Where a message thanks and confirms first; empty if any word is neither, nor a filler nor a name."""
    kinds: dict[str, int] = {}
    at, end = _after_gap(text, 0), len(text)
    while at < end:
        phrase = closed.match(text, at)
        if phrase is None and not (phrase := _name(rules, body, text, at, bool(kinds))):
            return {}
        if phrase.lastgroup in ("thanks", "confirms"):
            kinds.setdefault(phrase.lastgroup, at)
        at = _after_gap(text, phrase.end())
    return kinds


def _after_gap(text: str, at: int) -> int:
    gap = GAP.match(text, at)
    return gap.end() if gap else at


def _name(rules: Rules, body: str, text: str, at: int, has_thanked: bool) -> re.Match[str] | None:
    """A name in the same breath as the thanks ("Thanks, Maria!"), or alone on the last line."""
    name = NAME.match(body, at)
    if not has_thanked or not name or rules.takes_back.search(text, at, name.end()):
        return None
    gap = text[:at].rstrip(" ")
    same_breath = gap[-1].isalpha() or gap.endswith(",")
    last_line = gap.endswith("\n") and not text[name.end() :].strip(" .!")
    return name if same_breath or last_line else None
