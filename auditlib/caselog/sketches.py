"""What is kept of words nobody may read again: keyed sketches for similarity, keyed hashes for identity.

Both need the key to be made, and without it neither gives a word or an address back. Whoever has
the key can test guesses, so it is kept with the store's other secrets.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

import numpy as np

from auditlib.caselog.masking import mask
from auditlib.caselog.phrases import FUNCTION_WORDS

SKETCH_VERSION = 1
"""Sketches of different versions are not comparable."""
SKETCH_SIZE = 64
SKETCH_READ = 4096
KEY_LENGTH = range(16, 65)

REPLY_PREFIX = re.compile(
    r"^(?:\s*+(?:re|fwd?|aw|wg|antw|sv|vs|tr|rv|rif|ref)\s*+(?:\[\d+\]\s*+)?[::])+", re.IGNORECASE
)
WORDS = re.compile(r"\[[a-z]+\]|[^\W_]{2,}")
SILENT = frozenset().union(*FUNCTION_WORDS.values())


def sketch(text: str, key: bytes) -> bytes:
    """The 64 smallest keyed 32-bit hashes of the text's words, ascending, little-endian.

    Words are casefolded, without accents, function words, numbers, addresses and reply prefixes,
    each counted once. Up to 64 different words the sketch is the whole set, so that the Jaccard
    similarity of two short texts is exact; beyond, `similarity` estimates it from the 64 smallest
    of the union (standard error at most 0.06). Empty: nothing to compare.
    """
    hashes = {_word_hash(word, key) for word in _words(text)}
    return np.array(sorted(hashes)[:SKETCH_SIZE], dtype="<u4").tobytes()


def similarity(left: bytes, right: bytes) -> float:
    """Jaccard similarity of two texts from their sketches (0–1); 0 if either is empty."""
    a, b = np.frombuffer(left, dtype="<u4"), np.frombuffer(right, dtype="<u4")
    if not len(a) or not len(b):
        return 0.0
    whole = len(a) < SKETCH_SIZE and len(b) < SKETCH_SIZE
    union = np.union1d(a, b) if whole else np.union1d(a, b)[:SKETCH_SIZE]
    both = np.intersect1d(a, b, assume_unique=True)
    return float(np.isin(union, both, assume_unique=True).sum() / len(union))


def fingerprint(value: str | None, key: bytes, kind: str = "") -> str | None:
    """A keyed hash of an e-mail address, phone number or other id; None if it identifies nobody.

    Addresses are compared in small letters and otherwise as written: plus tags and dots stay,
    because a false tie between two people is worse than a missed one. Phone numbers are compared
    by their digits with the country code; a national number equals only itself. Blank, anonymous,
    no-reply and shared addresses (info@, support@ …) give None. What the value is shows in its form,
    unless `kind` says it: an id "external" of digits alone is no "phone".
    """
    normal = _normal_identity(value or "", kind)
    if normal is None:
        return None
    return hashlib.blake2b(normal.encode(), digest_size=16, key=_checked(key), person=b"fingerprint").hexdigest()


def _words(text: str) -> set[str]:
    line = mask(REPLY_PREFIX.sub("", text[:SKETCH_READ]), limit=SKETCH_READ).casefold()
    plain = line if line.isascii() else _without_accents(line)
    return {word for word in WORDS.findall(plain) if word.isalpha() and word not in SILENT}


def _without_accents(line: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", line) if not unicodedata.combining(sign))


@lru_cache(maxsize=65536)
def _word_hash(word: str, key: bytes) -> int:
    made = hashlib.blake2b(word.encode(), digest_size=4, key=_checked(key), person=b"sketch")
    return int.from_bytes(made.digest(), "little")


def _checked(key: bytes) -> bytes:
    if len(key) not in KEY_LENGTH:
        raise ValueError(f"the key has {len(key)} bytes; 16 to 64 random ones are needed")
    return key


NOBODY = frozenset({
    "", "-", "none", "null", "n/a", "na", "unknown", "anonymous", "anonym", "anonyme", "anonimo", "private",
    "privat", "restricted", "withheld", "unavailable", "blocked", "unterdrückt", "masqué", "oculto",
})  # fmt: skip
# Local parts behind which many people or a machine sit; compared without dots and dashes. A number makes
# a person of one (customer894), but not of a machine (noreply2).
SHARED = {
    "noreply", "donotreply", "dontreply", "noanswer", "nichtantworten", "nepasrepondre", "noresponder",
    "mailerdaemon", "postmaster", "bounce", "bounces", "daemon", "root", "webmaster", "hostmaster",
    "abuse", "notification", "notifications", "notify", "alerts", "alert", "automated", "system",
    "newsletter", "news", "mailer", "robot", "info", "information", "contact", "kontakt", "contacto",
    "hello", "hallo", "hola", "bonjour", "mail", "email", "office", "buero", "post", "support", "help",
    "helpdesk", "service", "servicedesk", "kundenservice", "customerservice", "customercare", "care",
    "ticket", "tickets", "sales", "vertrieb", "ventas", "marketing", "admin", "administrator",
    "administration", "billing", "invoice", "invoices", "accounting", "accounts", "buchhaltung",
    "rechnung", "rechnungen", "facturation", "comptabilite", "finance", "orders", "order", "bestellung",
    "reception", "empfang", "team", "all", "everyone", "staff", "anonymous", "unknown", "nobody", "guest",
    "test", "example", "user", "customer",
}  # fmt: skip
MAILBOX = re.compile(r"<([^<>]{3,320})>\s*$")
PHONE = re.compile(r"(?:tel:)?[+(\d][\d\s().\-/–]{5,30}\d")


def is_international(phone: str) -> bool:
    """Whether a telephone number as written tells its country."""
    return phone.strip().lower().removeprefix("tel:").lstrip("( ").startswith(("+", "00"))


def _normal_identity(value: str, kind: str) -> str | None:
    plain = unicodedata.normalize("NFKC", value[:400]).strip().lower()
    if kind == "external":
        return None if plain in NOBODY or not plain.strip("0") else f"id:{plain}"
    if kind == "phone":
        return _normal_phone(plain) if PHONE.fullmatch(plain) else None
    if named := MAILBOX.search(plain):
        plain = named[1].strip()
    plain = plain.removeprefix("mailto:").strip()
    if plain in NOBODY:
        return None
    if "@" in plain:
        return _normal_email(plain)
    return _normal_phone(plain) if PHONE.fullmatch(plain) else f"id:{plain}"


def _normal_email(address: str) -> str | None:
    local, _, domain = address.rpartition("@")
    bare = re.sub(r"[\W_]", "", local.partition("+")[0])
    is_empty = not local or "." not in domain or any(sign.isspace() for sign in address)
    nobody = is_empty or bare in SHARED or bare.startswith(("noreply", "donotreply", "mailerdaemon"))
    return None if nobody else f"email:{local}@{domain.rstrip('.')}"


def _normal_phone(written: str) -> str | None:
    digits = "".join(sign for sign in written.replace("(0)", "") if sign.isdecimal())
    tells_country = is_international(written)
    if tells_country:
        digits = digits.removeprefix("00")
    if not 7 <= len(digits) <= 15 or len(set(digits)) == 1:
        return None
    return f"phone:+{digits}" if tells_country else f"phone:{digits}"
