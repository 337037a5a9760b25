"""How long to wait before asking a helpdesk again: as it says, and never more often than our share."""

from __future__ import annotations

import collections
import dataclasses
import email.utils
import random
import re
import time
from collections.abc import Callable, Mapping

WINDOW = 60.0
"""Seconds in which helpdesks count requests, unless they say otherwise; where one counts shorter windows without
saying so, this is only more polite."""

_TOTAL = (
    "ratelimit-limit", "x-rate-limit", "x-ratelimit-limit", "x-ratelimit-total", "x-ratelimit-limit-minute",
    "x-hubspot-ratelimit-max",
)  # fmt: skip
_REMAINING = (
    "ratelimit-remaining", "x-rate-limit-remaining", "x-ratelimit-remaining", "x-ratelimit-remaining-minute",
    "x-hubspot-ratelimit-remaining",
)  # fmt: skip
_RESET = ("ratelimit-reset", "x-rate-limit-reset", "x-ratelimit-reset", "x-ratelimit-retry-after")
_WINDOW = "x-hubspot-ratelimit-interval-milliseconds"
# Zendesk tells an endpoint's own limit as `zendesk-ratelimit-…: total=100; remaining=99; resets=43`:
# https://developer.zendesk.com/api-reference/introduction/rate-limits/
_OF_ENDPOINT = re.compile(r"total=(\d+);\s*remaining=(\d+);\s*resets=(\d+)")
# Gorgias tells how many of its bucket's places are taken, as `1/40`, and empties it within twenty seconds:
# https://developers.gorgias.com/reference/limitations
_BUCKET = "x-gorgias-account-api-call-limit"
_BUCKET_WINDOW = 20.0
_EPOCH = 1_000_000_000  # a reset this large is a moment, not a number of seconds


@dataclasses.dataclass(frozen=True)
class Manners:
    """How patient a session is. Tests inject `sleep`, `now` and `jitter`; nothing else needs to."""

    attempts: int = 8
    longest_wait: float = 300.0
    timeout: tuple[float, float] = (10.0, 120.0)
    """Seconds to connect, and between two parts of an answer."""
    longest_answer: float = 900.0
    """Seconds for a whole answer, so that a trickle cannot hold a night."""
    largest_answer: int = 256 * 1024 * 1024
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.monotonic
    jitter: Callable[[], float] = random.random

    def backoff(self, attempt: int) -> float:
        """Seconds before the next attempt where the helpdesk names none: 1, 2, 4 … 60, less some jitter."""
        return min(2.0**attempt, 60.0) * (1 - 0.5 * self.jitter())

    def obey(self, told: float) -> float:
        """Seconds to wait where the helpdesk names them: never less, unless that exceeds our longest wait."""
        return min(told, self.longest_wait) + self.jitter()


def told(headers: Mapping[str, str]) -> float | None:
    """The seconds that a helpdesk asks us to wait, if it does."""
    after = headers.get("retry-after", "").strip()
    if after:
        return _seconds(after, headers)
    endpoints = filter(None, map(_OF_ENDPOINT.search, headers.values()))
    resets = [int(match[3]) for match in endpoints if match[2] == "0"]
    if resets:
        return float(max(resets))
    reset = _first(headers, _RESET)
    return None if reset is None else _seconds(reset, headers)


def served_at(headers: Mapping[str, str]) -> int | None:
    """The moment of an answer as the helpdesk's Date header says it."""
    return _http_date(headers.get("date", ""))


@dataclasses.dataclass
class _Limit:
    total: int
    window: float = WINDOW
    blocked_until: float = 0.0
    asked: collections.deque[float] = dataclasses.field(default_factory=collections.deque)
    others: collections.deque[tuple[float, int]] = dataclasses.field(default_factory=collections.deque)
    """What others took of it, and when it was seen: the limit is the account's, not ours."""
    left: int | None = None

    def told_left(self, left: int | None, ours: int, now: float) -> None:
        """Whatever it fell by more than our own request took, somebody else has taken.

        So has what was gone of the limit at our first answer: by another integration, or by us before we were killed.
        """
        before = self.total if self.left is None else self.left
        if left is not None and before - left > ours:
            self.others.append((now, before - left - ours))
        self.left = left

    def forget(self, before: float) -> None:
        while self.asked and self.asked[0] <= before:
            self.asked.popleft()
        while self.others and self.others[0][0] <= before:
            self.others.popleft()

    @property
    def ours(self) -> int:
        """What is left for us of one window, of which we take our share."""
        return max(0, self.total - sum(taken for _, taken in self.others))


class Pace:
    """Keeps within a share of the rate limits that a helpdesk's headers tell, its endpoints' own included.

    The share is one of what others leave: where the rest of a limit falls faster than we ask, somebody else is
    asking too, and we ask less often.
    """

    def __init__(self, share: float, manners: Manners) -> None:
        self._share, self._manners = share, manners
        self._limits: dict[str, _Limit] = {}
        self._names: dict[str, set[str]] = {}
        self._costs: dict[str, int] = {}

    @property
    def limit(self) -> int | None:
        """The requests a minute that the account has, once an answer has told it."""
        found = self._limits.get("account")
        return None if found is None else int(found.total * WINDOW / found.window)

    def before(self, stream: str) -> None:
        """Sleeps until one more request of this stream stays within the share."""
        now = self._manners.now()
        names = {"account", *self._names.get(stream, ())}
        limits = [limit for name, limit in self._limits.items() if name in names]
        cost = self._costs.get(stream, 1)
        turn = max((self._turn(limit, now, cost) for limit in limits), default=now)
        if turn > now:
            self._manners.sleep(min(turn - now, self._manners.longest_wait))
        for limit in limits:
            limit.asked.append(max(turn, now))

    def after(self, stream: str, headers: Mapping[str, str]) -> None:
        """Learns the limits, and what the stream's requests cost, from the headers of an answer."""
        self._costs[stream] = _credits(headers)
        window = _window(headers)
        for name, total, remaining, resets in _limits_told(headers):
            if name != "account":
                self._names.setdefault(stream, set()).add(name)
            if name not in self._limits:
                self._limits[name] = _Limit(total, asked=collections.deque([self._manners.now()]))
            limit = self._limits[name]
            limit.total, limit.window = total, window
            limit.told_left(remaining, self._costs[stream] if name == "account" else 1, self._manners.now())
            if name == "account":
                # Where a limit counts credits, a request that took several was as good as several requests.
                limit.asked.extend([self._manners.now()] * (self._costs[stream] - 1))
            is_spent = remaining is not None and remaining <= 0
            limit.blocked_until = self._manners.now() + resets if is_spent else 0.0

    def _turn(self, limit: _Limit, now: float, cost: int) -> float:
        limit.forget(now - limit.window)
        turn = limit.blocked_until
        room = max(1, int(limit.ours * self._share) - cost + 1)
        if self._share < 1 and len(limit.asked) >= room:
            turn = max(turn, limit.asked[-room] + limit.window)
        return max(turn, now)


def _limits_told(headers: Mapping[str, str]) -> list[tuple[str, int, int | None, float]]:
    found: list[tuple[str, int, int | None, float]] = []
    total, remaining, reset = (_first(headers, names) for names in (_TOTAL, _REMAINING, _RESET))
    if total and total.isdigit() and int(total):
        left = int(remaining) if remaining and remaining.isdigit() else None
        found.append(("account", int(total), left, (_seconds(reset, headers) if reset else None) or _window(headers)))
    taken, _, places = headers.get(_BUCKET, "").partition("/")
    if taken.isdigit() and places.isdigit() and int(places):
        found.append(("account", int(places), max(0, int(places) - int(taken)), _window(headers)))
    for name, value in headers.items():
        match = _OF_ENDPOINT.search(value)
        if match and int(match[1]):
            found.append((name.lower(), int(match[1]), int(match[2]), float(match[3])))
    return found


def _window(headers: Mapping[str, str]) -> float:
    """The seconds in which the helpdesk counts."""
    if headers.get(_BUCKET):
        return _BUCKET_WINDOW
    told = headers.get(_WINDOW, "")
    return int(told) / 1000 if told.isdigit() and int(told) else WINDOW


def _credits(headers: Mapping[str, str]) -> int:
    """What Freshdesk charged for the request; a request elsewhere is one."""
    told = headers.get("x-ratelimit-used-currentrequest", "")
    return max(1, int(told)) if told.isdigit() else 1


def _first(headers: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((headers[name].split(",")[0].strip() for name in names if headers.get(name)), None)


def _seconds(text: str, headers: Mapping[str, str]) -> float | None:
    """Seconds written as a number, as a moment or as an HTTP date; the server's own clock measures these."""
    try:
        number = float(text)
    except ValueError:
        number = float(_http_date(text) or 0)
    if number >= _EPOCH:
        number -= served_at(headers) or number
    return max(0.0, number) if number == number else None


def _http_date(text: str) -> int | None:
    try:
        return int(email.utils.parsedate_to_datetime(text).timestamp())
    except (TypeError, ValueError):
        return None
