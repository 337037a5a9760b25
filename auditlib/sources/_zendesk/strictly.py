"""A record's shape that refuses every field which is neither read nor left alone on purpose."""

from __future__ import annotations

from typing import Any

import msgspec


def strictly(shape: Any, ignored: str, tag: str | None = None) -> Any:
    """The shape with the fields that it ignores, refusing every other; `tag` is the `type` by which it is known."""
    fields = [(name, msgspec.Raw, msgspec.Raw()) for name in ignored.split()]
    options: dict[str, Any] = {"tag": tag, "tag_field": "type"} if tag else {}
    return msgspec.defstruct(
        shape.__name__, fields, bases=(shape,), forbid_unknown_fields=True, kw_only=True, gc=False, **options
    )
