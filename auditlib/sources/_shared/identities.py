"""By what a person is known: addresses, telephone numbers, and the company's own id of them."""

from __future__ import annotations

from collections.abc import Iterator

from auditlib.caselog.rows import Identity


def identities(person: str, kind: str, *values: str | None, is_verified: bool) -> Iterator[Identity]:
    """An identity for each value that is told, once; `kind` and `is_verified` as in `Identity`."""
    for value in dict.fromkeys(values):
        if value:
            yield Identity(person=person, kind=kind, value=value, is_verified=is_verified)
