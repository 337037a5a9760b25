"""Who asked again while they waited, told slowly: one ticket at a time, from a list of what happened in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tests.obvious.clock import day_by_day

OFFICE = tuple((day * 1440 + 540, day * 1440 + 1020) for day in range(5))
FOUR_HOURS, PARTS = 4 * 3600, 30 * 60


def chases(life: Iterable[Mapping]) -> list[tuple[int, bool, bool]]:
    """(when, by waiting, in words) of each time that the customer asked again; `life`: at, who and what, in order."""
    found: list[tuple[int, bool, bool]] = []
    status, asked_at, message = "new", None, None
    """message: the one that later ones may be parts of; None where it began the wait."""
    for event in life:
        at, who, what = event["at"], event["who"].split()[0], event["what"]
        if what.startswith("status: "):
            new = what.removeprefix("status: ")
            if new in ("solved", "closed") and new != status:
                asked_at = None
            status = new
        elif what == "deletes" or (who == "agent" and what == "writes"):
            asked_at = None
        elif who in ("customer", "customer_side") and what.startswith("writes"):
            in_words = what.endswith("update_request")
            if asked_at is None:
                message = None
            elif at - asked_at < PARTS:
                if message is not None and in_words:
                    message["in words"] = True
                    found = _put(found, message)
            else:
                waited = day_by_day(OFFICE, "Europe/Berlin", set(), asked_at, at) >= FOUR_HOURS
                message = {"at": at, "waited": waited, "in words": in_words, "nth": len(found)}
                found = _put(found, message)
            asked_at = at
    return found


def _put(found: list[tuple[int, bool, bool]], message: Mapping) -> list[tuple[int, bool, bool]]:
    """The chases up to a message, and the message if it is one."""
    kept = found[: message["nth"]]
    is_one = message["waited"] or message["in words"]
    return [*kept, (message["at"], message["waited"], message["in words"])] if is_one else kept
