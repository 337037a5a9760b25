"""What lies in a folder, before anything is loaded: for `auditlib connect` and `auditlib check`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from auditlib.sources import Get, Introduction, Settings, SourceChanged, SourceError
from auditlib.sources._exports import words
from auditlib.sources._exports.columns import quoted, toml
from auditlib.sources._exports.deliveries import LOGS
from auditlib.sources._exports.fetching import Fetching
from auditlib.sources._exports.lines import Cells
from auditlib.sources._exports.log import traces
from auditlib.sources._exports.tables import records

LOOKED_AT = 5000
"""Records of each file that an introduction looks at."""
A_LIST, A_WORD = 100, 60
"""So many different words, and letters in each, a column has at most that holds what somebody chose from a list."""
TICKETS_ALONE = (
    "tickets without events tell volumes, backlog and who came back; replies, waiting, reopenings, transfers "
    "and chasers need events beside them"
)


class Introducing:
    """Looks at the first records of each file."""

    def __init__(self, get: Get, settings: Settings) -> None:
        self.get, self.settings = get, settings
        self.folder = Fetching(get, settings)
        self.streams: dict[str, str] = {}
        self.statuses: dict[str, str | None] = {}
        self.groups: set[str] = set()
        self.fields: dict[str, str] = {}
        self.choices: dict[str, list[str]] = {}
        self.notes: list[str] = []

    def look(self) -> Introduction:
        """Everything that the files say of themselves."""
        for delivery in self.folder.deliveries:
            for stream, file in (("tickets", delivery.tickets), ("events", delivery.events)):
                if file:
                    self._look_at(stream, file)
        for file in self.folder.people:
            self._look_at("people", file)
        if not all(delivery.events for delivery in self.folder.deliveries):
            self.notes.append(TICKETS_ALONE)
        return Introduction(
            account=self.settings.name,
            streams=self.streams,
            statuses=dict(sorted(self.statuses.items())),
            groups=sorted(self.groups),
            fields=self.fields,
            choices=self.choices,
            notes=self.notes,
        )

    def _look_at(self, stream: str, file: str) -> None:
        columns = self.folder.columns[stream]
        try:
            seen = list(islice(self._cells(file), LOOKED_AT))
        except SourceError as error:
            self.streams[file] = str(error)
            return
        found = {name: None for cells in seen for name in cells}
        if file.lower().removesuffix(".gz").endswith(LOGS):
            self.streams[file] = self._activities(seen)
            return
        missing, guesses = columns.missing(found), columns.guesses(found)
        self.streams[file] = f"these columns are missing: {', '.join(missing)}" if missing and seen else "ok"
        if guesses:
            self.notes.append(f"{file}: options = {{ {toml(guesses)} }} may be meant")
        if stream == "tickets":
            self.fields |= {name: name for name in found if name not in {*columns.ours, *guesses.values()}}
            status, group = (columns.theirs.get(n) if n not in guesses else guesses[n] for n in ("status", "group"))
            self._note(seen, status or "status", group or "group")
            self._choose(seen, {**self.fields, "topic": columns.theirs.get("topic") or "topic"})

    def _cells(self, file: str) -> Iterator[Cells]:
        size = self.folder.sizes[file]
        if file.lower().removesuffix(".gz").endswith(LOGS):
            lines: Iterable = (line for stream, line in traces(self.get, file, size) if stream == "events")
        else:
            lines = records(self.get, file, size, self.settings.options)
        return (line.cells for line in lines if line.cells is not None)

    def _note(self, seen: list[Cells], status: str, group: str) -> None:
        for cells in seen:
            if told := str(cells.get(status) or "").strip():
                self.statuses[told] = self.settings.statuses.get(told) or words.STATUSES.get(told.lower())
            if named := str(cells.get(group) or "").strip():
                self.groups.add(named)

    def _choose(self, seen: list[Cells], columns: Mapping[str, str]) -> None:
        """The words of each column that is used like a list: few of them, and each short."""
        for name, column in columns.items():
            words = {str(cells.get(column) or "").strip() for cells in seen} - {""}
            if words and len(words) <= A_LIST and max(map(len, words)) <= A_WORD:
                self.choices[name] = sorted(words)

    def _activities(self, seen: list[Cells]) -> str:
        unmapped = {}
        for told in {str(cells.get("activity")) for cells in seen}:
            try:
                words.activity(told, self.settings)
            except SourceChanged:
                unmapped[told] = "ignore"
        if not unmapped:
            return "ok"
        written = ", ".join(f'{quoted(told)} = "ignore"' for told in sorted(unmapped))
        return f"activities without a meaning; write options = {{ activities = {{ {written} }} }} and correct it"


def introduced(get: Get, settings: Settings) -> Introduction:
    """What the files of a folder say of themselves."""
    return Introducing(get, settings).look()
