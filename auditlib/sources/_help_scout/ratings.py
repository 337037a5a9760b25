"""How customers rated replies, by Help Scout's report of ratings, which can be asked for a time and not for a
conversation: https://developer.helpscout.com/mailbox-api/endpoints/reports/happiness/reports-happiness-ratings

A conversation is told whole each time, its ratings included. So the report is asked for the time since the oldest of
the conversations came, a slice at a time, and each slice once a night: what is old is asked for only if something old
has changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from auditlib.caselog.rows import BadRecord, Event, Notice, Rejected, moment
from auditlib.sources import Page
from auditlib.sources._help_scout.desk import Desk
from auditlib.sources._help_scout.shapes import SHAPES, Rating
from auditlib.sources._shared.closed import needing
from auditlib.sources._shared.records import listed, of_stream, told
from auditlib.sources._shared.values import second, stamp

STREAM, PATH = "ratings", "reports/happiness/ratings"
ADVICE = 'Help Scout shows ratings to the plans Plus and Pro alone; without them write options = { ratings = "none" }'
SLICE = 60 * 24 * 60 * 60
MEANS = {1: "good", 2: "neutral", 3: "bad"}
"""Great, okay and not good, as the report numbers them."""
PLACES = 1 << 50
"""Places of ratings, behind everything else of their second."""
OF_A_THREAD = 64
"""More than there are customers who rate one reply."""


def query(since: int, until: int, number: int) -> dict[str, str | int]:
    """The newest change comes first: what comes in meanwhile pushes others back, where they are told twice."""
    return {"start": stamp(since), "end": stamp(until), "rating": "all", "page": number, "sortField": "modifiedAt",
            "sortOrder": "DESC"}  # fmt: skip


class Ratings:
    """The report, a slice of time at a time; each slice is asked for once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._slices: dict[int, list[tuple[Page, dict[int, int]]]] = {}
        self.begun: int | None = None
        """When the first slice was asked for, by Help Scout's clock."""

    def of(self, conversations: Collection[int], since: int, until: int) -> list[Page]:
        """The pages that tell ratings of some conversations, of which the oldest came at `since`."""
        slices = (pair for number in range(since // SLICE, until // SLICE + 1) for pair in self._slice(number))
        return [page for page, rated in slices if not rated.keys().isdisjoint(conversations)]

    def given(self, since: int, until: int) -> dict[int, int]:
        """Conversations that were rated since, and when last."""
        found: dict[int, int] = {}
        for number in range(since // SLICE, until // SLICE + 1):
            for _, rated in self._slice(number):
                found |= {one: max(at, found.get(one, at)) for one, at in rated.items() if at >= since}
        return found

    def _slice(self, number: int) -> list[tuple[Page, dict[int, int]]]:
        if number not in self._slices:
            self._slices[number] = [(page, _rated(page)) for page in self._pages(number)]
        return self._slices[number]

    def _pages(self, number: int) -> Iterator[Page]:
        place = 1
        while True:
            page = self._asked(query(number * SLICE, (number + 1) * SLICE, place))
            self.begun = page.served_at if self.begun is None else self.begun
            yield page
            total = told(page).get("pages")
            if not isinstance(total, int) or place >= total:
                return
            place += 1

    def _asked(self, params: Mapping[str, str | int]) -> Page:
        """No ratings, and ratings that are closed to us, must not look the same."""
        with needing(ADVICE):
            return self._desk.ask(PATH, STREAM, params)


def _rated(page: Page) -> dict[int, int]:
    """The conversations that a page speaks of, and when they were rated last; what is unreadable is rejected later."""
    found: dict[int, int] = {}
    for row in listed(page, "results"):
        if isinstance(row, dict) and isinstance(row.get("id"), int):
            try:
                at = moment(row.get("ratingCreatedAt"))
            except BadRecord:
                at = 0
            found[row["id"]] = max(at, found.get(row["id"], 0))
    return found


def ratings_of(
    pages: Sequence[Page], conversations: Collection[int]
) -> tuple[dict[int, list[Rating]], list[Notice | Rejected]]:
    """Conversation → its ratings, one a thread and customer, and what there is to say of what cannot be read."""
    rows = [row for page in of_stream(pages, STREAM) for row in listed(page, "results") if isinstance(row, dict)]
    own = [row for row in rows if isinstance(row.get("id"), int) and row["id"] in conversations]
    read = SHAPES.rows(own, STREAM, Rating, ticket=lambda row: str(row.get("id")))
    found: dict[int, dict[tuple[int, int], Rating]] = {}
    for rating in sorted(read.good, key=lambda rating: rating.ratingCreatedAt.timestamp()):
        found.setdefault(rating.id, {})[rating.threadid, rating.ratingCustomerId or 0] = rating
    return {number: [rated[key] for key in sorted(rated)] for number, rated in found.items()}, read.said


def events(conversation: int, ratings: Sequence[Rating], people: Collection[str], requester: str | None) -> list[Event]:
    """Ratings as events, by whoever gave them if the conversation names them; else by whoever asked."""
    found, places = list[Event](), dict[int, int]()
    for rating in ratings:
        if rating.ratingId not in MEANS:
            raise BadRecord("a rating is neither great (1), okay (2) nor not good (3)")
        place = places[rating.threadid] = places.get(rating.threadid, -1) + 1
        by = f"C-{rating.ratingCustomerId}"
        found.append(
            Event(
                ticket=str(conversation), seq=PLACES + OF_A_THREAD * rating.threadid + place,
                occurred_at=second(rating.ratingCreatedAt), kind="rating", actor=by if by in people else requester,
                new=MEANS[rating.ratingId] + (" with comment" if rating.ratingComments else ""),
            )
        )  # fmt: skip
    return found
