"""Answers without the people in them: every text is replaced unless it is known to be nobody's.

What is kept: numbers, truth values, moments and times of the day; ids; the helpdesk's own words, which stand in
the fields that the source names (`WORDS`: a status, a kind of event, a time zone), also where such a word or id
stands elsewhere, as in the line that tells of its change; its own sentences (`PHRASES`), but for whom or what they
are about; and what `audit.toml` says itself. Everything else becomes filler, the same wherever the same text stood,
so that an address or a telephone number still is one person's and a name one group's.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, unquote, urlsplit
from xml.etree.ElementTree import ParseError

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from auditlib.sources import Page, Settings

HOST = "https://helpdesk.example"
FILLER = (
    "amber", "basin", "cedar", "delta", "ember", "fjord", "grove", "hazel", "inlet", "juniper", "knoll", "larch",
    "meadow", "north", "ochre", "pebble", "quarry", "ridge", "slate", "tundra", "umber", "valley", "willow", "yarrow",
)  # fmt: skip

_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?|\d\d?:\d\d(?::\d\d)?"
)
_NUMBER = re.compile(r"-?\d{1,6}(?:\.\d{1,3})?")
_ID = re.compile(r"\d[\d.-]*|[0-9a-f-]{16,}|[A-Z]-\w+|[05]\w{14}(?:\w{3})?")
_SEGMENT = re.compile(r"[A-Za-z_]+(?:-[a-z]+)*(?:\.json)?|\d+(?:\.\d+|\.json)?|v\d+(?:\.\d+)?")
_OF_IDS = re.compile(r"(?:.*_)?ids?|.*Ids?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_LINK = re.compile(r"https?://\S+")
_PHONE = re.compile(r"\+\d[\d ().-]{5,}\d")
NOWHERE = "+999"
"""A country's code that no country has."""


class Mask:
    """Masks the answers of one recording, from all of which its words and ids are learnt.

    `words` names fields, or one stream's field (`states.name`); `phrases` are patterns of sentences, whose groups
    are masked: `Assigned to (.+)`.
    """

    def __init__(
        self, settings: Settings, words: Iterable[str], key: bytes, pages: Iterable[Page], phrases: Iterable[str] = ()
    ) -> None:
        self._phrases = [re.compile(phrase, re.DOTALL) for phrase in phrases]
        self._key, self._stream = key, ""
        self._logins: set[str] = set()
        self._words = frozenset(words)
        told: list[str] = []
        for page in pages:
            self._stream = page.stream
            told += self._learnt(page.json())
        self._kept = frozenset(_said(settings)) | frozenset(told)
        self.replaced: set[str] = set()
        """Every text that was replaced: none of them may be found in what is written."""

    def _learnt(self, value: Any, field: str = "") -> Iterator[str]:
        if isinstance(value, Mapping):
            for name, part in value.items():
                yield from self._learnt(part, str(name))
        elif isinstance(value, list):
            for part in value:
                yield from self._learnt(part, field)
        elif isinstance(value, str):
            if _is_id(field) and not _ID.fullmatch(value):
                self._logins.add(value)
            if (self._is_word(field) and not _LINK.fullmatch(value)) or (_is_id(field) and _ID.fullmatch(value)):
                yield value
        elif _is_id(field) and value is not None:
            yield str(value)

    def body(self, page: Page) -> Any:
        """An answer with each text replaced that is not known to be nobody's."""
        self._stream = page.stream
        return self._masked(page.json())

    def _masked(self, value: Any, field: str = "") -> Any:
        if isinstance(value, Mapping):
            return {name: self._masked(part, str(name)) for name, part in value.items()}
        if isinstance(value, list):
            return [self._masked(part, field) for part in value]
        return self._text(value, field) if isinstance(value, str) else value

    def _is_word(self, field: str) -> bool:
        return field in self._words or f"{self._stream}.{field}" in self._words

    def path(self, path: str) -> str:
        """A path with every part replaced that names somebody, such as a login."""
        return "/".join(self._segment(part) for part in path.split("/"))

    def link(self, link: str) -> str:
        """Where the next page is: the path and its parameters, without the host."""
        parts = urlsplit(link)
        query = "&".join(self._parameter(told) for told in parts.query.split("&")) if parts.query else ""
        return self.path(parts.path) + (f"?{query}" if query else "")

    def left(self, written: Iterable[Any], short: int = 4) -> list[str]:
        """Which of the replaced texts still stand in what was written, besides in what is kept on purpose.

        A few letters stand in every text, and are not looked for.
        """
        told = "\n".join(sorted({text for body in written for text in _strings(body)} - self._kept))
        return sorted(text for text in self.replaced if len(text) >= short and _stands_in(text, told))

    def _text(self, text: str, field: str) -> str:
        if not text.strip() or text in self._kept or _MOMENT.fullmatch(text) or _NUMBER.fullmatch(text):
            return text
        if text.startswith("<?xml") and (document := self._document(text)):
            return document
        if said := next(filter(None, (phrase.fullmatch(text) for phrase in self._phrases)), None):
            return self._said(said)
        is_link = bool(_LINK.fullmatch(text))
        if is_link and self._is_word(field):
            return HOST + self.link(text)
        self.replaced.add(text)
        is_phone = bool(_PHONE.fullmatch(text))
        # A number is the same one however its digits are grouped.
        told_as = re.sub(r"\D", "", text) if is_phone else text.strip().casefold()
        digest = hashlib.blake2b(told_as.encode(), key=self._key, digest_size=16).digest()
        name = f"{FILLER[digest[0] % len(FILLER)]}-{digest[1:5].hex()}"
        if _EMAIL.fullmatch(text):
            return f"{name}@masked.example"
        if is_phone:
            return f"{NOWHERE}{int.from_bytes(digest[1:5], 'big') % 10**8:08d}"
        if is_link:
            return f"{HOST}/{name}"
        if len(text) <= 40 and len(text.split()) <= 4:
            return name
        length = min(60, max(3, len(text.split())))
        filler = [FILLER[digest[place % 16] * (place + 1) % len(FILLER)] for place in range(length)]
        told = f"{name} {' '.join(filler)}."
        return f"<p>{told}</p>" if text.lstrip().startswith("<") else told

    def _document(self, text: str) -> str | None:
        """A record told as XML within a field: every part of it like a field of its own; nothing if it is none."""
        try:
            root = defusedxml.ElementTree.fromstring(text)
        except (ParseError, DefusedXmlException, ValueError):
            return None
        for node in root.iter():
            node.attrib = {name: self._text(value, name) for name, value in node.attrib.items()}
            node.text, node.tail = self._text(node.text or "", node.tag), self._text(node.tail or "", node.tag)
        return '<?xml version="1.0" encoding="UTF-8"?>' + str(defusedxml.ElementTree.tostring(root, encoding="unicode"))

    def _said(self, found: re.Match[str]) -> str:
        """A sentence of the helpdesk's own, with whom or what it is about replaced."""
        told, at = "", 0
        for number in range(1, len(found.groups()) + 1):
            begin, end = found.span(number)
            if begin >= at:
                told, at = told + found.string[at:begin] + self._text(found.string[begin:end], ""), end
        return told + found.string[at:]

    def _segment(self, part: str) -> str:
        told = unquote(part)
        is_plain = not part or (_SEGMENT.fullmatch(told) and told not in self._logins)
        return part if is_plain else quote(self._text(told, "id"))

    def _parameter(self, told: str) -> str:
        name, equals, value = told.partition("=")
        return name + equals + (quote(self._text(unquote(value), name)) if _EMAIL.search(unquote(value)) else value)


def _stands_in(text: str, written: str) -> bool:
    return text in written and re.search(rf"(?<!\w){re.escape(text)}(?!\w)", written) is not None


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _strings(part)
    elif isinstance(value, str):
        yield value


def _is_id(field: str) -> bool:
    return _OF_IDS.fullmatch(field) is not None


def _said(settings: Settings) -> Iterable[str]:
    """What audit.toml says of this source: the company's own words, and none of its customers'."""
    yield from (*settings.statuses, *settings.fields.values(), *settings.bots)
    yield from (name.partition(":")[2] or name.partition(".")[2] for name in settings.fields.values())
    for names in settings.scope.values():
        yield from names
    for value in settings.options.values():
        if isinstance(value, str):
            yield value


def skeleton(rows: Iterable[Any]) -> list[tuple[str, ...]]:
    """What a recording must tell like the helpdesk itself: tickets, events and people without a word of theirs."""
    told = ("ticket", "seq", "occurred_at", "kind", "is_public", "status")
    return sorted((type(row).__name__, *(_bare(getattr(row, name, None)) for name in told)) for row in rows)


def _bare(value: Any) -> str:
    return "" if value is None else str(value)
