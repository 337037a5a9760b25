"""What a ticket names: an order or asset, and other tickets by their numbers. Only keyed hashes of them are kept."""

from __future__ import annotations

import re

READ = 10_000
"""Characters of a text that are looked at."""
MOST = 8
"""Tickets that one text may quote: a list of hundreds is a report, no question."""
ORDER_LIMIT = 100

# A number sign before it, or the word for a ticket; a date, a price and a bare number quote nothing.
QUOTED = re.compile(
    r"(?<![\w#&])#\s?(?P<sign>(?:[a-z]{1,10}-)?\d{1,19})(?![\w-])"
    r"|\b(?:tickets?|cases?|requests?|anfragen?|vorgang|vorgangsnummer|demande|dossier|solicitud|caso)"
    r"(?: (?:number|no\.?|id|nr\.?|nummer|numéro|n°|número|núm\.?))?[ :]{1,2}"
    r"(?P<word>(?:[a-z]{1,10}-)?\d{1,19})(?![\w-])",
    re.IGNORECASE,
)


def quoted(text: str) -> list[str]:
    """The numbers of tickets that a text quotes, as they are written, in order, each once."""
    found = (one["sign"] or one["word"] for one in QUOTED.finditer(text[:READ]))
    return list(dict.fromkeys(found))[:MOST]


def order(written: str | None) -> str | None:
    """The number of an order or asset as it is compared: without case, spaces and signs; None if it names none.

    A single sign, or one sign repeated such as 0000, is what people write to fill a field.
    """
    bare = "".join(sign for sign in (written or "")[:ORDER_LIMIT].casefold() if sign.isalnum())
    return bare if len(set(bare)) > 1 else None
