"""A reader of Zendesk's API that knows its pagers and nothing of auditlib."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import requests


class Client:
    def __init__(self, url: str, email: str, token: str) -> None:
        self.url = url
        self.session = requests.Session()
        self.session.auth = (f"{email}/token", token)

    def get(self, path: str, **query: Any) -> requests.Response:
        address = path if path.startswith("http") else f"{self.url}/api/v2/{path}.json"
        return self.session.get(address, params=query, timeout=10)

    def page(self, path: str, **query: Any) -> dict[str, Any]:
        answered = self.get(path, **query)
        assert answered.status_code == 200, (path, answered.status_code, answered.text[:200])
        return answered.json()

    def exported(self, path: str, name: str, **query: Any) -> list[dict[str, Any]]:
        page = self.page(path, **{"start_time": 0, **query})
        rows = list(page[name])
        while not page["end_of_stream"]:
            page = self.page(page["after_url"])
            rows += page[name]
        return rows

    def listed(self, path: str, name: str, size: int = 100, **query: Any) -> Iterator[dict[str, Any]]:
        page = self.page(path, **{"page[size]": size, **query})
        yield from page[name]
        while page["meta"]["has_more"]:
            page = self.page(page["links"]["next"])
            yield from page[name]

    def audits(self, ticket: int) -> list[dict[str, Any]]:
        return list(self.listed(f"tickets/{ticket}/audits", "audits"))
