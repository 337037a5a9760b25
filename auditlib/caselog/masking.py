"""Subjects without the people in them: what is kept of a text that somebody may read.

Each pass replaces one kind of personal detail by its name in brackets. Every pattern is either
a maximal run of one class of characters or bounded, so that no input makes it backtrack; and
only the first `READ` characters are looked at at all.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Callable, Iterable

SUBJECT_LIMIT = 250
"""Characters of a masked subject that are kept."""
READ = 8192
"""Characters of a text that masking looks at; the rest is dropped unread."""

# Control, format and bidirectional characters, tags and lone surrogates: they hide text from the
# reader or reverse it, and a lone surrogate cannot be stored.
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e0fff]+"
)
URL = re.compile(
    r"(?:https?:|ftps?:|mailto:|tel:|sms:|www\.)[^\s\[\]]+"
    r"|(?<![\w.-])(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}/[^\s\[\]]+",
    re.IGNORECASE,
)
# Anything with an @ in it but the lone one of a price: over-masking a handle is the cheaper mistake.
EMAIL = re.compile(r"(?<![^\s\[\]<>(),;:\"])(?!@(?!\S))[^\s\[\]<>(),;:\"@]*@+[^\s\[\]<>(),;:\"]*")
ADDRESS = re.compile(r"(?<![\w.:\]])[0-9a-f.:]{3,45}(?![\w:\[])", re.IGNORECASE)
QUAD = re.compile(r"\d{1,3}(?:\.\d{1,3}){3,}")
IBAN = re.compile(r"(?<![^\W_])[a-z]{2}\d{2}(?:[ -]?[a-z0-9]){11,30}", re.IGNORECASE)
DIGITS = re.compile(r"[+(]{0,2}\d(?:[ ().\-–—/]{0,3}\d)+")
TOKEN = re.compile(r"[\w-]+")
WORD = re.compile(r"\[[a-z]+\]|[^\W\d_]+")
UNSEGMENTED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

MASKS = frozenset({"[url]", "[email]", "[ip]", "[iban]", "[card]", "[phone]", "[number]", "[name]"})
# Parts of names that are ordinary words wherever they stand in small letters.
PARTICLES = {
    "al", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "la", "le", "les", "of",
    "ten", "ter", "the", "van", "von", "zu",
}  # fmt: skip


def mask(text: str, names: Iterable[str] = (), limit: int = SUBJECT_LIMIT) -> str:
    """The text on one line without addresses, numbers and the given names, at most `limit` long.

    Masking twice changes nothing. What is masked: e-mail addresses and handles, links, IP
    addresses, IBANs (mod 97), cards (Luhn), phone numbers, any run of seven or more digits, any
    word with five or more digits. What no rule can see: names that were not given, and addresses
    in words ("john at example dot com").
    """
    line = _one_line(text)
    for needed, pattern, replacement in PASSES:
        if needed.search(line):
            line = pattern.sub(replacement, line)
    return _cut(_without_names(line, names), limit)


def _one_line(text: str) -> str:
    cut = text[:READ]
    if len(text) > READ:
        cut = cut.rpartition(" ")[0] or cut  # half an address would no longer look like one
    plain = unicodedata.normalize("NFKC", INVISIBLE.sub("", cut))
    return " ".join(INVISIBLE.sub("", plain).split())


def _network_address(found: re.Match[str]) -> str:
    candidate = found[0].strip(".")
    try:
        ipaddress.ip_address(candidate)
    except ValueError:
        return found[0]
    return found[0].replace(candidate, "[ip]", 1)


def _account(found: re.Match[str]) -> str:
    """The longest valid IBAN at the start of the match; words behind it are left for the next pass."""
    whole = found[0]
    for end in range(len(whole), 14, -1):
        if whole[end - 1].isalnum() and _is_iban(whole[:end]):
            return "[iban]" + whole[end:]
    return whole


def _is_iban(written: str) -> bool:
    compact = written.replace(" ", "").replace("-", "")
    if not 15 <= len(compact) <= 34 or not compact.isascii():
        return False
    return int("".join(str(int(sign, 36)) for sign in compact[4:] + compact[:4])) % 97 == 1


def _digits(found: re.Match[str]) -> str:
    digits = [int(sign) for sign in found[0] if sign.isdecimal()]
    if len(digits) < 7:
        return found[0]
    if 13 <= len(digits) <= 19 and _passes_luhn(digits):
        return "[card]"
    is_dialled = found[0][0] in "+(0" or not found[0].isdecimal()
    return "[phone]" if len(digits) <= 15 and is_dialled else "[number]"


def _passes_luhn(digits: list[int]) -> bool:
    doubled = sum(sum(divmod(2 * digit, 10)) for digit in digits[-2::-2])
    return (sum(digits[-1::-2]) + doubled) % 10 == 0


def _identifier(found: re.Match[str]) -> str:
    """Order numbers, tracking codes, keys: words with five digits, or long ones with any."""
    word = found[0]
    digits = sum(map(str.isdecimal, word))
    return "[number]" if digits >= 5 or (digits and len(word) >= 20) else word


def _without_names(line: str, names: Iterable[str]) -> str:
    given = [unicodedata.normalize("NFKC", INVISIBLE.sub("", name[:200])) for name in names]
    parts = {word.casefold() for name in given for word in WORD.findall(name)} - PARTICLES
    parts = {part for part in parts if 2 <= len(part) <= 64}
    if not parts:
        return line
    line = WORD.sub(lambda found: _known_name(found[0], parts), line)
    for part in sorted(filter(UNSEGMENTED.search, parts), key=lambda part: (-len(part), part)):
        line = line.replace(part, "[name]")  # no spaces between words: a name stands within a run
    return line


def _known_name(word: str, parts: set[str]) -> str:
    if word in MASKS or word.casefold() not in parts:
        return word
    return "[name]" if len(word) > 2 or word[0].isupper() or UNSEGMENTED.search(word) else word


def _cut(line: str, limit: int) -> str:
    if len(line) <= limit:
        return line
    head, _, tail = line[: limit + 1].rpartition(" ")
    if head and len(tail) <= 100:
        return head
    hard = line[:limit]  # a script without spaces, or noise
    begun = hard.rfind("[", max(0, limit - 8))
    return hard[:begun].rstrip() if begun >= 0 and "]" not in hard[begun:] else hard


Replacement = str | Callable[[re.Match[str]], str]
# What a text must have for a pass to find anything in it: most subjects have nothing of the kind.
PUNCTUATED, AT_SIGN, NUMBERED, DIGIT = re.compile("[:/.]"), re.compile("@"), re.compile(r"[:\d]"), re.compile(r"\d")
PASSES: tuple[tuple[re.Pattern[str], re.Pattern[str], Replacement], ...] = (
    (PUNCTUATED, URL, "[url]"),
    (AT_SIGN, EMAIL, "[email]"),
    (NUMBERED, ADDRESS, _network_address),
    (DIGIT, QUAD, "[ip]"),
    (DIGIT, IBAN, _account),
    (DIGIT, DIGITS, _digits),
    (DIGIT, TOKEN, _identifier),
)
