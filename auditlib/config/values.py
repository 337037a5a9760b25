"""What a single value may be: each check returns it as the configuration holds it, or says what is wrong."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from auditlib.config.mistakes import did_you_mean, listed

Check = Callable[[Any], Any]

NAME = re.compile(r"[a-z][a-z0-9_-]*")
SECRET = re.compile(r"(?<=://)[^@/\s]*@")


class Wrong(ValueError):
    """A value that cannot be used: what it is not, what would be right, and `at` which part of it."""

    def __init__(self, what: str, right: str, *at: str | int):
        super().__init__(what, right, *at)
        self.what = what
        self.right = right
        self.at = at


def shown(value: Any) -> str:
    """A value as it would stand in the file, shortened, and without a password."""
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if value == {}:
        written = "{}"
    elif isinstance(value, list):
        written = f"[{listed(map(shown, value))}]"
    elif isinstance(value, Mapping):
        written = f"{{ {listed(f'{key_of(key)} = {shown(item)}' for key, item in value.items())} }}"
    else:
        written = json.dumps(value, ensure_ascii=False, default=str)
    written = SECRET.sub("…@", written)
    return written if len(written) <= 60 else f"{written[:59]}…"


def key_of(name: str) -> str:
    """A key as it would stand in the file: in quotes where it needs them."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name, ensure_ascii=False)


def text(value: Any) -> str:
    """Words in quotes."""
    if not isinstance(value, str):
        raise Wrong("is no text", "write it in quotes")
    if not value.strip():
        raise Wrong("is empty", "write a text, or leave the key out")
    return value


def flag(value: Any) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise Wrong("is neither true nor false", "write true or false, without quotes")
    return value


def number(value: Any) -> float:
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < float("inf"):
        raise Wrong("is no number", "write a number without quotes, such as 60 or 0.85")
    return float(value)


def whole(least: int) -> Check:
    """A check for whole numbers that are not too small."""

    def check(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise Wrong("is no whole number", f"write one without quotes, of at least {least}")
        if value < least:
            raise Wrong("is too small", f"write a whole number of at least {least}")
        return value

    return check


def share(value: Any) -> float:
    """A share above 0, up to 1."""
    if not 0 < number(value) <= 1:
        raise Wrong("is no share", "write a number above 0 and up to 1, such as 0.3 for 30 %")
    return float(value)


def day(value: Any) -> datetime.date:
    """A day without a time."""
    if isinstance(value, datetime.datetime):
        raise Wrong("is a moment, not a day", f"write the day without a time: {value.date().isoformat()}")
    if not isinstance(value, datetime.date):
        raise Wrong("is no day", "write a day without quotes, such as 2026-01-01")
    return value


def one_of(words: Iterable[str], what: str) -> Check:
    """A check for one of a few words."""
    known = tuple(words)

    def check(value: Any) -> str:
        if text(value) not in known:
            raise Wrong(f"is no {what}", did_you_mean(value, known, f"write one of {listed(known)}"))
        return value

    return check


def name(value: Any) -> str:
    """A permanent name, as it stands in ticket ids and task names."""
    if not NAME.fullmatch(text(value)):
        right = "write small letters, digits, - and _, beginning with a letter, such as zendesk"
        raise Wrong("cannot be part of a ticket's id", right)
    return value


def ticket(value: Any) -> str:
    """A ticket's id with its source."""
    return _of_a_source(value, "the source, a colon and the ticket, such as zendesk:90210")


def group(value: Any) -> str:
    """A group with its source."""
    return _of_a_source(value, "the source, a colon and the group, such as zendesk:Billing L1")


def list_of(check: Check, at_least: int = 0) -> Check:
    """A check for lists of which each element is right."""

    def check_all(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise Wrong("is no list", f"write it in square brackets: [{shown(value)}]")
        if len(value) < at_least:
            raise Wrong("is empty", "write at least one, or leave the key out")
        return tuple(_checked(check, item, place) for place, item in enumerate(value))

    return check_all


def one_or_more(check: Check) -> Check:
    """A check for a value or a list of alternatives; either way a tuple comes out."""
    several = list_of(check, at_least=1)
    return lambda value: several(value) if isinstance(value, list) else (check(value),)


def table_of(check: Check, keys: Iterable[str] = (), what: str = "key", at_least: int = 0) -> Check:
    """A check for tables of which each value is right, and each key one of those known (if any are)."""
    known = tuple(keys)

    def check_all(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Wrong("is no table", "write it in braces, such as { key = … }")
        if len(value) < at_least:
            raise Wrong("is empty", "write at least one key")
        for key in value:
            if known and key not in known:
                right = did_you_mean(key, known, f"there are {listed(known)}")
                raise Wrong(f"is no {what} that we know", right, key)
        return {key: _checked(check, item, key) for key, item in value.items()}

    return check_all


def record(checks: Mapping[str, Check], what: str) -> Check:
    """A check for tables of which each key has a check of its own."""
    table = table_of(anything, checks, what, at_least=1)
    return lambda value: {key: _checked(checks[key], item, key) for key, item in table(value).items()}


def anything(value: Any) -> Any:
    """Any value: whoever reads it checks it."""
    return value


def _of_a_source(value: Any, how: str) -> str:
    source, _, of_it = text(value).partition(":")
    if not (NAME.fullmatch(source) and of_it.strip()):
        raise Wrong("names no source", f"write {how}")
    return value


def _checked(check: Check, value: Any, at: str | int) -> Any:
    try:
        return check(value)
    except Wrong as wrong:
        raise Wrong(wrong.what, wrong.right, at, *wrong.at) from None
