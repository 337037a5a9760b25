"""The world as raw export pages: what a patient client would have saved from the API, page by page."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import msgspec

from auditlib.sandbox.answer_key import answers
from auditlib.sandbox.build import World
from auditlib.sandbox.files import write_answers
from auditlib.sandbox.flavour import Asked
from auditlib.sandbox.instants import moment
from auditlib.sandbox.view import View
from auditlib.sandbox.zendesk.routes import answer
from auditlib.sandbox.zendesk.settings import ACCOUNT

EXPORTS = ["incremental/tickets/cursor", "incremental/users/cursor", "incremental/ticket_metric_events"]
LISTS = [
    "organizations", "groups", "group_memberships", "satisfaction_ratings", "business_hours/schedules",
    "slas/policies", "ticket_fields", "custom_statuses", "deleted_tickets", "audit_logs",
]  # fmt: skip
TICKETS_A_FILE = 1000


def write_raw_pages(world: World, folder: Path, now: str | None = None) -> int:
    """Writes every stream's pages and the answer key; tells how many pages."""
    view = View(world, moment(now) if now else world.end, {})
    pages = 0
    for stream in EXPORTS:
        beside = "&include=metric_sets" if "tickets/" in stream else ""
        pages += _stream(view, stream, f"start_time=0{beside}", folder / stream.replace("/", "_"))
    for stream in LISTS:
        pages += _stream(view, stream, "page[size]=100", folder / stream.replace("/", "_"))
    for schedule in world.company.schedules.values():
        path = f"business_hours/schedules/{schedule.id}/holidays"
        pages += _stream(view, path, "", folder / path.replace("/", "_"))
    pages += _audits(view, folder / "tickets_audits")
    with (folder / "answer_key.jsonl").open("wb") as key:
        write_answers(answers(world), key)
    return pages


def _stream(view: View, stream: str, query: str, folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    url, count = f"{ACCOUNT}/api/v2/{stream}.json?{query}", 0
    while url:
        page = _page(view, url)
        count += 1
        (folder / f"{count:06d}.json").write_bytes(msgspec.json.encode(page))
        url = _following(page)
    return count


def _audits(view: View, folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    plans = [p for p in view.plans if not p.is_deleted(view.now)]
    for begin in range(0, len(plans), TICKETS_A_FILE):
        with (folder / f"{begin // TICKETS_A_FILE + 1:06d}.jsonl").open("wb") as file:
            for plan in plans[begin : begin + TICKETS_A_FILE]:
                page = _page(view, f"{ACCOUNT}/api/v2/tickets/{plan.id}/audits.json?page[size]=100")
                file.write(msgspec.json.encode(page) + b"\n")
    return len(plans)


def _page(view: View, url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    asked = Asked(path=parts.path, query=dict(parse_qsl(parts.query)), host=ACCOUNT)
    page: dict[str, Any] = answer(view, asked).payload
    return page


def _following(page: dict[str, Any]) -> str:
    if "end_of_stream" in page:
        return "" if page["end_of_stream"] else str(page.get("after_url") or page["next_page"])
    return str(page.get("links", {}).get("next") or "")
