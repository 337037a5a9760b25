"""What somebody wrote, out of the attachments of a transaction."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any


def body(texts: Sequence[Mapping[str, Any]]) -> str | None:
    """The words as written: the plain text, or the page without its markup; never a file's content."""
    written = [text for text in texts if not text["Filename"] and text["ContentType"].startswith("text/")]
    for kind in ("text/plain", "text/html"):
        for text in written:
            if text["ContentType"] == kind:
                return text["Content"] if kind == "text/plain" else _without_markup(text["Content"])
    return None


def _without_markup(page: str) -> str:
    page = re.sub(r"<(style|script)\b.*?</\1>|<!--.*?-->", "", page, flags=re.DOTALL | re.IGNORECASE)
    page = re.sub(r"<br\s*/?>|</(?:p|div|li|tr|h\d)>", "\n", page, flags=re.IGNORECASE)
    return html.unescape(re.sub(r"<[^>]*>", "", page)).strip()
