"""How Jira is asked: issues by JQL and its tokens, and what belongs to each by place."""

from __future__ import annotations

import dataclasses
import zoneinfo
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from auditlib.caselog.rows import moment
from auditlib.sources import Get, Page, Settings, SourceError, Window
from auditlib.sources._jira_service_management.words import CHANNEL, local
from auditlib.sources._shared.closed import said
from auditlib.sources._shared.records import listed, told

PAGE_SIZE = 100
"""The most issues with their fields, changes and comments that Jira gives at once."""
PATIENCE = 3
"""So often a token may stand still, as when a cache answers with the page before."""
OVERLAP = 12 * 60 * 60
"""Seconds that the next night reads again: the index of the search follows the issues, in bad hours late."""
AN_HOUR = 60 * 60
FIELDS = ("summary", "description", "status", "created", "updated", "reporter", "creator", "assignee", "priority",
          "project", "labels", "issuelinks")  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Step:
    """A page of issues, the cursor behind it, and whether it is the last one."""

    page: Page
    cursor: dict[str, Any]
    is_last: bool


class Desk:
    """One site, asked as its settings say."""

    def __init__(self, get: Get, settings: Settings) -> None:
        self._get, self._source = get, settings.name
        self.size = min(int(settings.options.get("page_size", PAGE_SIZE)), PAGE_SIZE)
        self.zone = zoneinfo.ZoneInfo("UTC")
        self.projects: Sequence[str] = ()
        self.fields: Sequence[str] = ()
        self._tells_levels = bool(settings.options.get("service_levels", True))

    def ask(self, path: str, stream: str, params: Mapping[str, Any] | None = None) -> Page:
        """One request."""
        return self._get(f"/rest/{path}", params or None, stream=stream)

    def settle(self, myself: Page) -> None:
        """JQL is read in the zone of whoever asks, and only this user knows which."""
        name = told(myself).get("timeZone")
        try:
            self.zone = zoneinfo.ZoneInfo(str(name))
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            raise SourceError(
                f"{self._source}: Jira says that the account's time zone is {name!r}, which is none; set it in the "
                "account's profile, since searches by time are read in it"
            ) from None

    def desks(self) -> Iterator[Page]:
        """All service desks that the account sees."""
        yield from self._started("servicedeskapi/servicedesk", "desks")

    def levels(self, issue: str) -> list[Page]:
        """What Jira's own SLAs say of an issue; nothing of one that came without a request's type, by no portal.

        Once they are closed to the account, no further issue is asked about.
        """
        if not self._tells_levels:
            return []
        try:
            return list(self._started(f"servicedeskapi/request/{issue}/sla", "levels"))
        except SourceError as error:
            status = error.status
            if status not in (403, 404):
                raise
            self._tells_levels = status == 404
            return [] if status == 404 else [said(status, "levels")]

    def jql(self, since: int, until: int | None = None, by: str = "updated") -> str:
        """Issues of the service desks that changed, or came, in the window; its end is a little later."""
        projects = ", ".join(f'"{key}"' for key in self.projects)
        parts = [f"project in ({projects})", f'{by} >= "{local(since, self.zone)}"']
        if until is not None:
            parts.append(f'{by} < "{local(until + 2 * AN_HOUR, self.zone)}"')
        return " AND ".join(parts)

    def count(self, since: int) -> Page:
        """About how many issues came since."""
        body = {"jql": self.jql(since, by="created")}
        return self._get("/rest/api/3/search/approximate-count", None, stream="count", body=body)

    def found(self, jql: str, token: str | None, size: int | None = None) -> Page:
        """One page of what JQL finds, oldest change first."""
        params = {
            "jql": f"{jql} ORDER BY updated ASC, key ASC",
            "maxResults": size or self.size,
            "fields": ",".join([*FIELDS, *self.fields]),
            "properties": CHANNEL,
            **({"nextPageToken": token} if token else {}),
        }
        return self.ask("api/3/search/jql", "issues", params)

    def changed(self, cursor: Mapping[str, Any], window: Window) -> Iterator[Step]:
        """Issues that changed in the window; who changes meanwhile comes again at the end."""
        since, token, still = int(cursor.get("since", window.since)), cursor.get("token"), 0
        latest = since
        while True:
            page = self._behind(since, window, token)
            updated = [row["fields"].get("updated") for row in listed(page, "issues") if _has_fields(row)]
            latest = max([latest, *(moment(at) for at in updated if isinstance(at, str))])
            following = told(page).get("nextPageToken")
            still = still + 1 if following is not None and following == token else 0
            if still > PATIENCE:
                raise SourceError(f"{self._source}: {page.url.partition('?')[0]} goes on without going forward")
            token = following
            if token is None or told(page).get("isLast") is True:
                again = max(window.since, min(latest, page.served_at or latest) - OVERLAP)
                yield Step(page, {"since": again, "done_until": window.until}, True)
                return
            yield Step(page, {"since": since, "token": token}, False)

    def _behind(self, since: int, window: Window, token: str | None) -> Page:
        """A token is refused once it is a week old: then the window begins anew."""
        jql = self.jql(since, window.until)
        try:
            return self.found(jql, token)
        except SourceError as error:
            if token is None or error.status != 400:
                raise
            return self.found(jql, None)

    def whole(self, issue: str) -> list[Page]:
        """An issue's changes and comments; nothing if it was deleted meanwhile."""
        try:
            changes = self._placed(f"api/3/issue/{issue}/changelog", "changelog", "values", {})
            comments = self._placed(f"api/3/issue/{issue}/comment", "comments", "comments", {"orderBy": "created"})
            return [*changes, *comments, *self.levels(issue)]
        except SourceError as error:
            if error.status == 404:
                return []
            raise

    def _started(self, path: str, stream: str) -> Iterator[Page]:
        """Pages of the service desks' API, which says itself which is the last."""
        begin, before, still = 0, None, 0
        while True:
            page = self.ask(path, stream, {"start": begin, "limit": self.size})
            yield page
            rows = listed(page, "values")
            begin += len(rows)
            if told(page).get("isLastPage", True) or not rows:
                return
            still = self._patient(path, still + 1 if rows == before else 0)
            before = rows

    def _placed(self, path: str, stream: str, under: str, params: Mapping[str, Any]) -> Iterator[Page]:
        """Pages by the place of their first record: Jira may give fewer than it was asked for."""
        begin, before, still = 0, None, 0
        while True:
            page = self.ask(path, stream, {**params, "startAt": begin, "maxResults": self.size})
            yield page
            rows, body = listed(page, under), told(page)
            begin += len(rows)
            total = body.get("total")
            if not rows or body.get("isLast") is True or (isinstance(total, int) and begin >= total):
                return
            still = self._patient(path, still + 1 if rows == before else 0)
            before = rows

    def _patient(self, path: str, still: int) -> int:
        """How often the same records came again: a server that does not page would tell them for ever."""
        if still >= PATIENCE:
            raise SourceError(f"{self._source}: {path} tells the same records again and again, and of no end")
        return still


def _has_fields(row: Any) -> bool:
    return isinstance(row, dict) and isinstance(row.get("fields"), dict)
