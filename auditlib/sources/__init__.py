"""Helpdesks: one module each, with what it can tell, how it is fetched and how it is read.

A source is a module in this folder (or in a folder that `[extend] sources` names) with

- `CAPABILITIES`: what the helpdesk can tell; a metric that needs more is unavailable, with the reason;
- `NEEDS`: which streams tell a capability that an account may lack (capability → names of streams), if there are such;
- `REQUESTS`: how many requests a night takes at most, where it takes any;
- `fetch(get, cursors, window, settings)`: yields chunks of raw pages, never interprets them;
- `read(pages, settings)`: yields case-log rows of one chunk, never calls the network;
- `introduce(get, settings)`: one call a stream, for `auditlib connect` and `auditlib check`;
- `WORDS`: the fields that hold the helpdesk's own words, which `auditlib record` keeps; and, where it writes them,
  `PHRASES`: patterns of its own sentences, whose groups are masked.

The file's name is the `kind` in `audit.toml`. Nothing is registered anywhere.
"""

from __future__ import annotations

import dataclasses
import importlib
import math
import pathlib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal, Protocol

import msgspec

from auditlib.caselog.rows import Notice, Row
from auditlib.extensions import load_file

if TYPE_CHECKING:
    from auditlib.config.agreements import Agreement

FOLDER = pathlib.Path(__file__).parent
NIGHTLY = "nightly"


class SourceError(Exception):
    """The helpdesk could not be read. The message names the source, the cause and the remedy.

    `status` is the HTTP status that it answered with, if it is an answer that went wrong.
    """

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class SourceChanged(SourceError):
    """The helpdesk says something that we do not know, such as a status nobody mapped."""


class CredentialsRefused(SourceError):
    """The helpdesk refused the connection's credentials; trying again will not help."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Capabilities:
    """What a helpdesk can tell. Each `False` makes the metrics that need it unavailable, with the reason."""

    status_history: bool | Literal["nightly"] = True
    """Every change of status; or "nightly": solves and reopenings as far as our own nightly looks show them."""
    detailed_statuses: bool = True
    """Whether it tells new from open, and waiting for the customer from waiting for somebody else."""
    assignment_history: bool = True
    role_history: bool = False
    ratings: bool = False
    survey_offers: bool = False
    schedules: bool = False
    message_text: bool = True
    deletions: bool = False
    merges: bool = False
    vendor_metrics: bool = False
    service_levels: bool = False
    due_dates: bool = False
    """Whether it tells by when it wants an answer, and what it said before."""

    @property
    def solve_history(self) -> bool:
        """Whether it is known when a ticket was solved and opened again, be it by nightly looks."""
        return bool(self.status_history)

    def missing(self, needed: Iterable[str]) -> list[str]:
        """Those of the needed capabilities that this helpdesk lacks."""
        return [name for name in needed if getattr(self, name) is not True]

    def without(self, lost: Iterable[str]) -> Capabilities:
        """The same for an account that cannot be told these."""
        return dataclasses.replace(self, **dict.fromkeys(lost, False))

    def is_by_looks(self, needed: Iterable[str]) -> bool:
        """Whether what is needed is not told, but built from our own nightly looks."""
        return self.status_history == NIGHTLY and "solve_history" in needed and not self.missing(needed)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Settings:
    """What `audit.toml` says about one source (`[[source]]`)."""

    name: str
    kind: str
    connection: str
    since: int
    scope: Mapping[str, Sequence[str]] = dataclasses.field(default_factory=dict)
    max_share_of_rate_limit: float = 0.3
    statuses: Mapping[str, str] = dataclasses.field(default_factory=dict)
    fields: Mapping[str, str] = dataclasses.field(default_factory=dict)
    topics: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """The helpdesk's word for a topic → the company's, by which topics of several helpdesks are the same."""
    bots: Sequence[str] = ()
    paused: str | None = None
    options: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    """Whatever else the source's module documents, such as a folder for files."""
    agreements: Mapping[str, Agreement] = dataclasses.field(default_factory=dict)
    """What the service agreements promise whose names the helpdesk tells, and no more."""


@dataclasses.dataclass(frozen=True)
class Window:
    """Which part of history to fetch: tickets changed in [since, until). The live window has no end."""

    name: str
    since: int
    until: int | None = None

    @property
    def is_live(self) -> bool:
        return self.until is None


class Page(msgspec.Struct, kw_only=True):
    """One answer of a helpdesk, untouched."""

    stream: str
    """Which endpoint answered: tickets, audits, users …"""
    url: str
    """Path and query, without host and credentials."""
    body: bytes
    served_at: int | None = None
    """When the helpdesk says that it answered (its Date header); never our own clock."""
    following: str | None = None
    """Where its Link header says that the next page is; it steers the fetching and is not landed."""

    def json(self) -> Any:
        """The body as JSON; anything else (an HTML error page, a cut answer) names the page."""
        try:
            return msgspec.json.decode(self.body)
        except msgspec.DecodeError as error:
            start = self.body[:20].decode("utf-8", "replace")
            what = "HTML" if start.lstrip().lower().startswith(("<!doctype", "<html")) else "malformed JSON"
            raise SourceError(
                f"{self.url} answered with {what} instead of JSON ({error}). "
                "Check that the connection's host is the helpdesk's own API address."
            ) from None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Chunk:
    """Pages that are kept and read together, with the cursor from which the next chunk follows.

    A chunk is the unit that is fetched, landed and translated: it holds whole tickets, and its
    cursor is stored in the same transaction as the fact that it landed.
    """

    stream: str
    pages: Sequence[Page]
    cursor: Mapping[str, Any]
    """Whatever `fetch` needs to continue behind this chunk; comes from the answers, never from a clock."""
    complete_until: int | None = None
    """Every change before this moment is in the chunks up to this one; None: not known yet."""


class Get(Protocol):
    """How a source asks its helpdesk: a path and its parameters in, a page out.

    With a `body`, it is sent as JSON by POST: some helpdesks take their searches so.
    """

    def __call__(
        self, path: str, params: Mapping[str, Any] | None = None, *, stream: str, body: Mapping[str, Any] | None = None
    ) -> Page: ...


@dataclasses.dataclass(frozen=True, kw_only=True)
class Introduction:
    """What a helpdesk says of itself, as `auditlib connect` shows it."""

    account: str
    streams: Mapping[str, str]
    """Stream → "ok" or what went wrong and what right is missing."""
    statuses: Mapping[str, str | None]
    """The helpdesk's status → ours, or None if `audit.toml` must map it."""
    groups: Sequence[str] = ()
    fields: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Name in `audit.toml` (such as custom_field:360001) → title."""
    choices: Mapping[str, Sequence[str]] = dataclasses.field(default_factory=dict)
    """The same name → the words that the field can hold, where they are told; `topic`: of one that needs no mapping."""
    schedules: Sequence[str] = ()
    agreements: Sequence[str] = ()
    """Names of service agreements of which it does not tell what they promise."""
    tickets: int | None = None
    requests_for_first_load: int | None = None
    requests_per_minute: int | None = None
    notes: Sequence[str] = ()


@dataclasses.dataclass(frozen=True, kw_only=True)
class Requests:
    """How many requests a source takes at most: its tests hold it to 1.1 times that."""

    a_ticket: float
    """For each changed ticket: its history, its conversation …"""
    a_page: int
    """Records that one request of a list brings."""
    besides: int
    """For what is asked once: groups, hours, policies …"""

    def at_most(self, tickets: int, others: int) -> int:
        """For so many changed tickets, and so many other records, such as people, that come in lists."""
        pages = -(-tickets // self.a_page) + -(-others // self.a_page)
        return math.ceil(self.besides + self.a_ticket * tickets + pages)


class Source(Protocol):
    """What every module in this folder offers."""

    CAPABILITIES: Capabilities
    REQUESTS: Requests

    def fetch(
        self, get: Get, cursors: Mapping[str, Mapping[str, Any]], window: Window, settings: Settings
    ) -> Iterator[Chunk]: ...

    def read(self, pages: Sequence[Page], settings: Settings) -> Iterator[Row]: ...

    def introduce(self, get: Get, settings: Settings) -> Introduction: ...


def kinds(extra: Iterable[str] = ()) -> list[str]:
    """The helpdesks that can be audited, by listing files: nothing is imported."""
    return sorted(_files(extra))


def load(kind: str, extra: Iterable[str] = ()) -> ModuleType:
    """The module of one kind of helpdesk."""
    files = _files(extra)
    if kind not in files:
        raise SourceError(f"there is no source {kind!r}; the kinds are {', '.join(sorted(files))}")
    path = files[kind]
    if path.parent == FOLDER:
        return importlib.import_module(f"auditlib.sources.{kind}")
    return load_file(path, "sources")


def unknown_fields(stream: str, record: Mapping[str, Any], known: Container[str]) -> Iterator[Notice]:
    """A notice for each field of a record that a source neither reads nor ignores on purpose."""
    for name in record:
        if name not in known:
            yield Notice(stream=stream, field=name)


def _files(extra: Iterable[str]) -> dict[str, pathlib.Path]:
    folders = [FOLDER, *map(pathlib.Path, extra)]
    return {path.stem: path for folder in folders for path in folder.glob("*.py") if not path.stem.startswith("_")}
