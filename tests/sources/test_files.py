"""Files in a folder: three formats that tell the same, event logs, and all that is wrong with exports."""

import csv
import gzip
import io
import json
import pathlib
import re
import tomllib

import msgspec
import pyarrow as pa
import pyarrow.parquet
import pytest

from auditlib.caselog import rows as r
from auditlib.sources import Page, Settings, SourceChanged, SourceError, Window, load
from auditlib.sources._exports import buckets, columns, fetching
from tests.sources.conformance import Conformance, by_ticket, encoded, read_all

files = load("files")
LIVE = Window("live", 0)

TICKETS = """\
ticket,created_at,requester,requester_email,organization,channel,subject,status,priority,group,assignee,topic,\
language,tier,region,follow_up_of,merged_into,tags
1,2026-03-02T09:00:00Z,c1,ann@example.org,Acme,email,"Lamp, dark",solved,high,Support,a1,defect,en,premium,\
EMEA,,,vip;lamp
2,2026-03-02T10:00:00Z,c2,bob@example.org,,web,"=HYPERLINK(""http://x"")",closed,,Billing,a2,billing,de,,,1,,
3,2026-03-02T11:00:00+01:00,c1,ann@example.org,Acme,email,Again,closed,,Support,,defect,en,premium,EMEA,,1,
4,2026-03-02T12:00:00Z,c3,,,phone,Spam,deleted,,,,,,,,,,
"""
EVENTS = """\
ticket,seq,occurred_at,kind,actor,actor_class,is_public,old,new,body
1,0,2026-03-02T09:00:00Z,created,c1,customer,,,new,
1,1,2026-03-02T09:00:00Z,message,c1,customer,true,,,"My lamp
is dark"
1,2,2026-03-02T09:05:00Z,group,s,automation,,,Support,
1,3,2026-03-02T09:10:00Z,assignee,a1,agent,,,a1,
1,4,2026-03-02T09:20:00Z,message,a1,agent,true,,,Press the button.
1,5,2026-03-02T09:20:00Z,status,a1,agent,,new,solved,
1,6,2026-03-02T10:20:00Z,rating_offered,s,automation,,,offered,
1,7,2026-03-02T11:20:00Z,rating,c1,customer,,offered,good,
2,0,2026-03-02T10:00:00Z,created,a2,agent,,,open,
2,1,2026-03-02T10:00:00Z,message,a2,agent,false,,,Called about the invoice
2,2,2026-03-02T13:00:00Z,status,a2,agent,,open,closed,
3,0,2026-03-02T10:00:00Z,created,c1,customer,,,new,
3,1,2026-03-02T10:30:00Z,merged_into,a1,agent,,,1,
3,2,2026-03-02T10:30:00Z,status,a1,agent,,new,closed,
4,0,2026-03-02T12:00:00Z,created,c3,,,,new,
4,1,2026-03-02T12:01:00Z,deleted,a1,agent,,new,deleted,
"""
PEOPLE = """\
person,role,name,email
c1,customer,Ann,ann@example.org
c2,end-user,Bob,bob@example.org
c3,customer,,
a1,agent,Grace,grace@acme.example
a2,Admin,Uma,uma@acme.example
s,bot,,
"""
LAST = 1_772_456_400  # 2026-03-02T13:00:00Z


def settings(**options):
    given = {name: options.pop(name) for name in ("statuses", "fields") if name in options}
    return Settings(name="files", kind="files", connection="", since=0, options=options, **given)


def put(folder, **texts):
    for name, text in texts.items():
        (folder / name.replace("__", "-").replace("_", ".")).write_bytes(
            text if isinstance(text, bytes) else text.encode()
        )
    return files.open_folder(folder)


def chunks_of(get, cursor=None, **options):
    cursors = {} if cursor is None else {"files": cursor}
    return list(files.fetch(get, cursors, LIVE, settings(**options)))


def rows_of(get, **options):
    return read_all(files, chunks_of(get, **options), settings(**options))


def of_type(kind, rows):
    return [row for row in rows if isinstance(row, kind)]


def rejections(get, **options):
    return {(row.ticket, row.reason) for row in of_type(r.Rejected, rows_of(get, **options))}


def records_of(text):
    return [{k: v or None for k, v in row.items()} for row in csv.DictReader(io.StringIO(text))]


def json_lines(text):
    return b"".join(msgspec.json.encode(row) + b"\n" for row in records_of(text))


def parquet(path, text):
    pyarrow.parquet.write_table(pa.Table.from_pylist(records_of(text)), path)


@pytest.fixture(scope="class")
def company(tmp_path_factory):
    return put(tmp_path_factory.mktemp("company"), tickets_csv=TICKETS, events_csv=EVENTS, people_csv=PEOPLE)


class TestConformance(Conformance):
    @pytest.fixture(scope="class")
    def module(self):
        return files

    @pytest.fixture(scope="class")
    def get(self, company):
        return company

    @pytest.fixture(scope="class")
    def settings(self):
        return settings()

    @pytest.fixture(scope="class")
    def window(self):
        return LIVE

    @staticmethod
    def with_unknown_field(page):
        """Our pages are lines of [row, record]."""
        if page.stream == "folder":
            return page
        lines = [json.loads(line) for line in page.body.splitlines()]
        for line in lines:
            line[1]["a_brand_new_field"] = "today"
        return msgspec.structs.replace(page, body=b"".join(msgspec.json.encode(line) + b"\n" for line in lines))

    def test_two_windows_that_meet_tell_what_one_tells(self, module, get, settings, rows):
        """A folder is quick to read: the live window tells all of it, older ones have nothing left."""
        older = list(module.fetch(get, {}, Window("2026-02", 0, LAST), settings))
        newer = list(module.fetch(get, {}, Window("live", LAST), settings))
        assert [(chunk.pages, chunk.complete_until) for chunk in older] == [([], LAST)]
        assert encoded(read_all(module, newer, settings)) == encoded(rows)


# --- the shape -----------------------------------------------------------------------------------


def test_a_ticket_is_read_with_everything_that_the_shape_has(company):
    tickets = {row.ticket: row for row in of_type(r.Ticket, rows_of(company))}
    assert tickets["1"] == r.Ticket(
        ticket="1", created_at=1_772_442_000, status="solved", requester="c1", opened_by="c1", organization="Acme",
        channel="email", subject="Lamp, dark", priority="high", group="Support", assignee="a1", topic="defect",
        language="en", tier="premium", region="EMEA", tags=("vip", "lamp"),
    )  # fmt: skip
    assert (tickets["2"].opened_by, tickets["2"].follow_up_of) == ("a2", "1")
    assert tickets["2"].subject == '=HYPERLINK("http://x")'  # text like any other: nothing of it is ever evaluated
    assert (tickets["3"].created_at, tickets["3"].merged_into) == (1_772_445_600, "1")


def test_events_keep_their_order_and_say_who_did_what(company):
    told = [
        (e.kind, e.actor, e.actor_class, e.is_public, e.old, e.new, e.body) for e in by_ticket(rows_of(company))["2"]
    ]
    assert told == [
        ("created", "a2", "agent", True, None, None, None),
        ("status", "a2", "agent", True, None, "open", None),  # the first status, as an event of its own
        ("message", "a2", "agent", False, None, None, "Called about the invoice"),
        ("status", "a2", "agent", True, "open", "closed", None),
    ]


def test_people_come_from_their_file_and_otherwise_from_the_tickets(company, tmp_path):
    roles = {row.person: row.role for row in of_type(r.Person, rows_of(company))}
    assert roles == {
        "c1": "customer",
        "c2": "customer",
        "c3": "customer",
        "a1": "agent",
        "a2": "agent",
        "s": "bot",
    }
    alone = rows_of(put(tmp_path, tickets_csv=TICKETS, events_csv=EVENTS))
    assert {row.person: row.role for row in of_type(r.Person, alone)} == dict.fromkeys(("c1", "c2", "c3"), "customer")
    assert {row.value for row in of_type(r.Identity, alone)} == {"ann@example.org", "bob@example.org"}


def test_a_customer_s_name_comes_with_the_tickets_so_that_subjects_can_be_masked(company, tmp_path):
    with_tickets = [list(files.read(chunk.pages, settings())) for chunk in chunks_of(company) if len(chunk.pages) > 1]
    assert {(row.person, row.name) for rows in with_tickets for row in of_type(r.Person, rows)} == {
        ("c1", "Ann"), ("c2", "Bob"), ("c3", None),
    }  # fmt: skip
    one = "ticket,created_at,status,requester,requester_name\n1,2026-03-02T09:00Z,open,c9,Cleo\n"
    assert [row.name for row in of_type(r.Person, rows_of(put(tmp_path, tickets_csv=one)))] == ["Cleo"]


def test_a_customer_without_an_id_is_known_by_the_address(tmp_path):
    rows = rows_of(
        put(
            tmp_path,
            tickets_csv="ticket,created_at,status,requester_email\n1,2026-03-02T09:00Z,open,a@b.de\n",
        )
    )
    assert [row.requester for row in of_type(r.Ticket, rows)] == ["a@b.de"]


def test_three_formats_tell_the_same(company, tmp_path):
    told = encoded(rows_of(company))
    lines = put(tmp_path, tickets_jsonl=json_lines(TICKETS), events_ndjson=json_lines(EVENTS), people_csv=PEOPLE)
    assert encoded(rows_of(lines)) == told
    for file in tmp_path.iterdir():
        file.unlink()
    parquet(tmp_path / "tickets.parquet", TICKETS)
    parquet(tmp_path / "events.parquet", EVENTS)
    put(tmp_path, people_csv_gz=gzip.compress(PEOPLE.encode()))
    assert encoded(rows_of(files.open_folder(tmp_path))) == told


def test_parquet_keeps_real_types(tmp_path):
    moments = pa.array([1_772_442_000_000], pa.timestamp("ms", tz="UTC"))
    tags = pa.array([["a", "b"]], pa.list_(pa.string()))
    status = pa.array(["open"]).dictionary_encode()
    columns = {"ticket": pa.array([7.0]), "created_at": moments, "status": status, "tags": tags}
    pyarrow.parquet.write_table(pa.table(columns), tmp_path / "tickets.parquet")
    (ticket,) = of_type(r.Ticket, rows_of(files.open_folder(tmp_path)))
    assert (ticket.ticket, ticket.created_at, ticket.tags) == ("7", 1_772_442_000, ("a", "b"))


def test_events_may_lie_in_any_order_and_be_more_than_memory_holds(company, tmp_path, monkeypatch):
    told = encoded(rows_of(company))
    monkeypatch.setattr(buckets, "BUCKET", 300)
    monkeypatch.setattr(buckets, "HELD", 200)
    monkeypatch.setattr(fetching, "TICKETS", 1)
    head, *body = json_lines(EVENTS).splitlines(keepends=True)
    get = put(tmp_path, tickets_csv=TICKETS, events_jsonl=b"".join([*reversed(body), head]), people_csv=PEOPLE)
    chunks = chunks_of(get)
    assert len(chunks) == 1 + 4 + 1
    assert {row for row in encoded(read_all(files, chunks, settings()))} == told


def test_without_a_sequence_moments_and_rows_give_one(tmp_path):
    events = "1,2026-03-02T10:00Z,status,solved\n1,2026-03-02T09:00Z,message,\n1,2026-03-02T10:00Z,status,open\n"
    get = put(tmp_path, tickets_csv="ticket,created_at,status\n1,2026-03-02T09:00Z,open\n")
    put(tmp_path, events_csv=f"ticket,occurred_at,kind,new\n{events}")
    told = by_ticket(rows_of(get))["1"]
    assert [(e.seq, e.kind, e.new) for e in told] == [
        (0, "created", None), (2, "message", None), (4, "status", "solved"), (6, "status", "open"),
    ]  # fmt: skip


def test_what_single_cells_may_hold_beside_plain_text(tmp_path):
    tickets = 'ticket,created_at,status,opened_by,tags\n1,2026-03-02T09:00Z,open,a9,"[""a"", ""b""]"\n'
    events = (
        '\ufeff{"ticket": 1, "occurred_at": "2026-03-02T08:00Z", "kind": "message", "is_public": false, "body": "hi"}\n'
        '{"ticket": 1, "occurred_at": "2026-03-02T09:00Z", "kind": "group", "old": "L0", "new": "L1", "body": "no"}\n'
        '{"ticket": 1, "occurred_at": "2026-03-02T09:01Z", "kind": "assignee", "new": "=\\"007\\""}\n'
    )
    rows = rows_of(put(tmp_path, tickets_csv=tickets, events_jsonl=events))
    (ticket,) = of_type(r.Ticket, rows)
    assert (ticket.opened_by, ticket.tags) == ("a9", ("a", "b"))
    told = by_ticket(rows)["1"]
    assert [(e.kind, e.is_public, e.new, e.body) for e in told] == [
        ("created", True, None, None),
        ("message", False, None, "hi"),
        ("group", True, "L1", None),  # only messages have a body
        ("assignee", True, "007", None),
    ]
    assert told[0].occurred_at == told[1].occurred_at  # nothing happens before the creation
    assert [row.group for row in of_type(r.Group, rows)] == ["L0", "L1"]


@pytest.mark.parametrize("bad", [{"subject": {"a": 1}}, {"requester": "x" * 300}, {"tags": "[broken"}])
def test_what_no_cell_may_hold_is_rejected(tmp_path, bad):
    record = {"ticket": 1, "created_at": "2026-03-02T09:00Z", "status": "open"} | bad
    assert rejections(put(tmp_path, tickets_jsonl=msgspec.json.encode(record))) == {("1", "wrong_type")}


def test_one_column_is_guessed_to_be_one_thing_only():
    assert columns.Columns("events", {}).guesses(["concept:name"]) == {"ticket": "concept:name"}


# --- tickets alone -------------------------------------------------------------------------------


def test_tickets_alone_have_no_history_and_say_what_that_cannot_tell(company, tmp_path):
    get = put(tmp_path, tickets_csv=TICKETS)
    rows = rows_of(get)
    assert [row.has_history for row in of_type(r.Ticket, rows)] == [False] * 4
    assert of_type(r.Event, rows) == []
    able = files.capabilities_of(get, settings())
    assert able.missing(["status_history", "assignment_history", "ratings", "message_text"]) == [
        "status_history", "assignment_history", "ratings", "message_text",
    ]  # fmt: skip
    assert files.capabilities_of(company, settings()) == files.CAPABILITIES
    assert any("need events" in note for note in files.introduce(get, settings()).notes)


# --- names of columns, statuses ------------------------------------------------------------------

EXPORT = """\
Ticket ID;Created At;Status;Requester Email;Subject;Team
7;02.03.2026 10:00;Waiting on vendor;a@b.de;Lamp;L1
"""
RENAMED = {"ticket": "Ticket ID", "created_at": "Created At", "status": "Status", "group": "Team"}


def test_an_export_with_other_headers_is_introduced_with_the_lines_to_write(tmp_path):
    told = files.introduce(put(tmp_path, tickets_csv=EXPORT), settings())
    assert told.streams == {"tickets.csv": "these columns are missing: ticket, created_at, status"}
    assert told.statuses == {"Waiting on vendor": None}
    assert told.groups == ["L1"]
    assert 'ticket = "Ticket ID", created_at = "Created At"' in told.notes[0]
    assert 'requester_email = "Requester Email"' in told.notes[0]


def test_an_export_with_other_headers_is_refused_with_the_lines_to_write(tmp_path):
    with pytest.raises(SourceError, match=r'columns = \{ ticket = "Ticket ID", created_at = "Created At"'):
        chunks_of(put(tmp_path, tickets_csv=EXPORT))


def test_an_export_with_other_headers_is_read_as_audit_toml_says(tmp_path):
    get = put(tmp_path, tickets_csv=EXPORT)
    options = {"columns": RENAMED, "time_format": "%d.%m.%Y %H:%M", "time_zone": "Europe/Berlin"}
    rows = rows_of(get, **options, statuses={"Waiting on vendor": "on_hold"}, fields={"topic": "Subject"})
    (ticket,) = of_type(r.Ticket, rows)
    assert (ticket.ticket, ticket.created_at, ticket.status, ticket.group) == (
        "7",
        1_772_442_000,
        "on_hold",
        "L1",
    )
    assert ticket.fields == {"Subject": "Lamp"}
    assert {row.field for row in of_type(r.Notice, rows)} == {"Requester Email"}


def test_a_status_that_nobody_mapped_stops_the_source_with_the_line_to_add(tmp_path):
    get = put(tmp_path, tickets_csv="ticket,created_at,status\n1,2026-03-02T09:00Z,Waiting on vendor\n")
    with pytest.raises(SourceChanged, match=r'statuses = \{ "Waiting on vendor" = "open" }'):
        rows_of(get)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"colums": {}}, "know no option 'colums'"),
        ({"columns": {"tickt": "x"}}, "names 'tickt'"),
        ({"time_zone": "Mars"}, "time_zone = 'Mars'"),
        ({"encoding": "utf-9"}, "encoding = 'utf-9'"),
        ({"complete_until": "yesterday"}, "complete_until in audit.toml"),
        ({"tickets": "other*"}, "no tickets among the folder's files"),
    ],
)
def test_a_mistake_in_the_options_is_named(tmp_path, options, message):
    with pytest.raises(SourceError, match=message):
        chunks_of(put(tmp_path, tickets_csv=TICKETS), **options)


# --- what is wrong with single records -----------------------------------------------------------

GOOD = "1,2026-03-02T09:00:00Z,open\n"


@pytest.mark.parametrize(
    ("row", "ticket", "reason"),
    [
        (",2026-03-02T09:00:00Z,open", None, "missing_field"),
        ("2,,open", "2", "missing_field"),
        ("2,2026-03-02T09:00:00Z,", "2", "missing_field"),
        ("2,2026-03-02 09:00,open", "2", "no_time_zone"),
        ("2,yesterday,open", "2", "wrong_type"),
        ("2,03/02/2026 09:00,open", "2", "wrong_type"),  # a spreadsheet's date
        ("2,46083.375,open", "2", "wrong_type"),  # … and its serial number
        ("2,########,open", "2", "wrong_type"),  # … and a column too narrow
        ("1.23457E+11,2026-03-02T09:00:00Z,open", None, "mangled_id"),
        ("=1+1,2026-03-02T09:00:00Z,open", None, "wrong_type"),
        ("2,2026-03-02T09:00:00Z", None, "wrong_number_of_cells"),
        ("2,2026-03-02T09:00:00Z,open,more", None, "wrong_number_of_cells"),
        ('2,2026-03-02T09:00:00Z,"op"en', None, "malformed_row"),
        ("1,2026-03-02T10:00:00Z,open", "1", "two_tickets_one_id"),
    ],
)
def test_a_bad_row_is_rejected_with_its_reason_and_stops_no_other(tmp_path, row, ticket, reason):
    get = put(tmp_path, tickets_csv=f"ticket,created_at,status\n{GOOD}{row}\n3,2026-03-02T09:00:00Z,open\n")
    assert rejections(get) == {(ticket, reason)}
    assert "3" in {row.ticket for row in of_type(r.Ticket, rows_of(get))}


def test_a_rejection_names_file_row_and_column_and_nobody_s_words(tmp_path):
    get = put(tmp_path, tickets_csv=f"ticket,created_at,status\n{GOOD}2,Ann is 42,open\n")
    (rejected,) = of_type(r.Rejected, rows_of(get))
    assert rejected.detail.startswith("tickets.csv, row 3: column 'created_at' holds ‹aaa aa 99›; ")


def test_an_identical_row_twice_is_one_ticket(tmp_path):
    get = put(tmp_path, tickets_csv=f"ticket,created_at,status\n{GOOD}{GOOD}")
    assert len(of_type(r.Ticket, rows_of(get))) == 1


def test_an_id_that_was_kept_from_a_spreadsheet_is_unwrapped(tmp_path):
    get = put(tmp_path, tickets_csv='ticket,created_at,status\n"=""007""",2026-03-02T09:00:00Z,open\n')
    assert [row.ticket for row in of_type(r.Ticket, rows_of(get))] == ["007"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1,0,2026-03-02T09:00:00Z,moved,", "unknown_kind"),
        ("1,0,2026-03-02T09:00:00Z,,", "missing_field"),
        ("1,0,2026-03-02T09:00:00Z,status,", "missing_field"),
        ("1,x,2026-03-02T09:00:00Z,message,", "wrong_type"),
        ("1,0,,message,", "missing_field"),
        ("1,0,2026-03-02T09:00:00Z,message,\n1,0,2026-03-02T09:00:01Z,message,", "duplicate_seq"),
        ("1,0,2026-03-02T09:00:00Z,created,\n1,1,2026-03-02T09:00:01Z,created,", "created_twice"),
    ],
)
def test_a_bad_event_takes_its_whole_ticket_along(tmp_path, row, reason):
    events = f"ticket,seq,occurred_at,kind,new\n{row}\n"
    get = put(tmp_path, tickets_csv=f"ticket,created_at,status\n{GOOD}", events_csv=events)
    assert rejections(get) == {("1", reason)}
    assert of_type(r.Ticket, rows_of(get)) == []


@pytest.mark.parametrize(("column", "value"), [("is_public", "maybe"), ("actor_class", "boss")])
def test_a_word_that_is_none_of_the_shape_s_is_rejected(tmp_path, column, value):
    events = f"ticket,occurred_at,kind,{column}\n1,2026-03-02T09:00:00Z,message,{value}\n"
    get = put(tmp_path, tickets_csv=f"ticket,created_at,status\n{GOOD}", events_csv=events)
    assert rejections(get) == {("1", "wrong_type")}


def test_events_of_a_ticket_that_no_file_tells_are_rejected(tmp_path):
    events = "ticket,occurred_at,kind\n1,2026-03-02T09:00:00Z,message\n9,2026-03-02T09:00:00Z,message\n"
    get = put(tmp_path, tickets_csv=f"ticket,created_at,status\n{GOOD}", events_csv=events)
    assert rejections(get) == {("9", "event_without_ticket")}


@pytest.mark.parametrize("line", ['{"ticket": "2"', "[1, 2]", "nonsense", b'{"ticket": "\xff"}'])
def test_a_malformed_line_is_rejected_and_stops_no_other(tmp_path, line):
    good = b'{"ticket": 1, "created_at": "2026-03-02T09:00:00Z", "status": "open"}\n\n'
    raw = line if isinstance(line, bytes) else line.encode()
    get = put(tmp_path, tickets_jsonl=good + raw + b"\n")
    ((ticket, reason),) = rejections(get)
    assert ticket is None
    assert reason in ("malformed_line", "wrong_encoding")
    assert [row.ticket for row in of_type(r.Ticket, rows_of(get))] == ["1"]


def test_a_bad_person_is_rejected(tmp_path):
    get = put(tmp_path, tickets_csv=TICKETS, people_csv="person,role\n,agent\na1,boss\na2,agent\n")
    assert rejections(get) == {(None, "missing_field"), (None, "wrong_type")}


# --- what is wrong with whole files --------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_a_byte_order_mark_tells_the_encoding(tmp_path, encoding):
    text = TICKETS if encoding != "utf-16-be" else "\ufeff" + TICKETS
    assert len(of_type(r.Ticket, rows_of(put(tmp_path, tickets_csv=text.encode(encoding))))) == 4


def test_latin_1_is_noticed_and_read_if_audit_toml_says_so(tmp_path):
    get = put(
        tmp_path,
        tickets_csv="ticket,created_at,status,subject\n1,2026-03-02T09:00:00Z,open,Größe\n".encode("latin-1"),
    )
    assert rejections(get) == {(None, "wrong_encoding")}
    assert [row.subject for row in of_type(r.Ticket, rows_of(get, encoding="latin-1"))] == ["Größe"]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_the_delimiter_is_found_by_the_first_row(tmp_path, delimiter):
    get = put(tmp_path, tickets_csv=f"ticket,created_at,status\n{GOOD}".replace(",", delimiter))
    assert len(of_type(r.Ticket, rows_of(get))) == 1


@pytest.mark.parametrize(
    ("name", "body", "message"),
    [
        ("tickets.csv", b"", "tickets.csv is empty"),
        ("tickets.csv", b"ticket#created_at#status\n1#2026-03-02T09:00:00Z#open\n", "delimiter"),
        ("tickets.csv", b"ticket,ticket,status\n1,1,open\n", "two columns named 'ticket'"),
        (
            "tickets.csv",
            b'ticket,created_at,status\n1,2026-03-02T09:00:00Z,"open\n2,x,y\n',
            "row 2: .* never closed",
        ),
        ("tickets.parquet", b"PAR1 and no more", "not a whole Parquet file"),
        ("log.xes", b"<log><trace>", "no whole XES file"),
        ("log.xes", b'<!DOCTYPE log [<!ENTITY a "b">]><log>&a;</log>', "declares entities"),
        ("events.csv", b"ticket,occurred_at\n1,2026-03-02T09:00:00Z\n", "no column 'kind'"),
        ("notes.txt", b"hello", "no tickets among the folder's files"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused_with_the_remedy(tmp_path, name, body, message):
    (tmp_path / name).write_bytes(body)
    with pytest.raises(SourceError, match=message):
        chunks_of(files.open_folder(tmp_path))


def test_an_export_without_a_row_is_no_mistake(tmp_path):
    assert rows_of(put(tmp_path, tickets_csv="ticket,created_at,status\n")) == []


# --- event logs ----------------------------------------------------------------------------------

XES = """<?xml version="1.0" encoding="UTF-8"?>
<log xmlns="http://www.xes-standard.org/"><string key="concept:name" value="helpdesk"/>
<trace><string key="concept:name" value="Case 1"/><string key="channel" value="email"/>
<event><string key="concept:name" value="Assign"/><string key="org:resource" value="Value 2"/>
<string key="lifecycle:transition" value="complete"/>
<date key="time:timestamp" value="2026-03-02T09:00:00+01:00"/></event>
<event><string key="concept:name" value="Wait"/><date key="time:timestamp" value="2026-03-02T09:30:00+01:00"/></event>
<event><string key="concept:name" value="Resolve"/><string key="lifecycle:transition" value="start"/>
<date key="time:timestamp" value="2026-03-02T09:40:00+01:00"/></event>
<event><string key="concept:name" value="Resolve"/><string key="org:resource" value="Value 2"/>
<date key="time:timestamp" value="2026-03-02T10:00:00+01:00"/></event></trace></log>"""
ACTIVITIES = {"Assign": "assignee", "Resolve": "status=solved", "Wait": "ignore"}
LOG = """Case ID,Activity,Complete Timestamp,Resource
Case 1,Assign,2026-03-02 09:00:00,Value 2
Case 1,Wait,2026-03-02 09:30:00,
Case 1,Resolve,2026-03-02 10:00:00,Value 2
"""
LOG_COLUMNS = {
    "ticket": "Case ID",
    "activity": "Activity",
    "occurred_at": "Complete Timestamp",
    "actor": "Resource",
}


def test_an_xes_log_tells_a_ticket_a_trace(tmp_path):
    rows = rows_of(put(tmp_path, log_xes=XES), activities=ACTIVITIES)
    (ticket,) = of_type(r.Ticket, rows)
    assert (ticket.ticket, ticket.status, ticket.channel, ticket.created_at) == (
        "Case 1",
        "solved",
        "email",
        1_772_438_400,
    )
    told = [(e.kind, e.actor, e.new) for e in by_ticket(rows)["Case 1"]]
    assert told == [
        ("created", None, None),
        ("assignee", "Value 2", "Value 2"),
        ("status", "Value 2", "solved"),
    ]


def test_a_csv_log_tells_the_same_as_xes(tmp_path):
    get = put(tmp_path, events_csv=LOG)
    options = {"columns": LOG_COLUMNS, "activities": ACTIVITIES, "time_zone": "Europe/Berlin"}
    assert [(e.kind, e.actor, e.new) for e in by_ticket(rows_of(get, **options))["Case 1"]] == [
        ("created", None, None), ("assignee", "Value 2", "Value 2"), ("status", "Value 2", "solved"),
    ]  # fmt: skip


def test_an_activity_that_nobody_mapped_stops_the_source_with_the_line_to_add(tmp_path):
    get = put(tmp_path, log_xes=XES)
    with pytest.raises(SourceChanged, match=r'activities = \{ "Assign" = '):
        rows_of(get)
    assert 'activities = { "Assign" = "ignore"' in files.introduce(get, settings()).streams["log.xes"]


def test_an_activity_with_a_kind_s_name_needs_no_mapping_and_a_log_without_status_is_open(tmp_path):
    rows = rows_of(put(tmp_path, events_csv="ticket,occurred_at,activity\n1,2026-03-02T09:00Z,Message\n"))
    assert [row.status for row in of_type(r.Ticket, rows)] == ["open"]
    assert [e.kind for e in by_ticket(rows)["1"]] == ["created", "message"]


def test_a_message_of_a_log_may_be_internal(tmp_path):
    get = put(tmp_path, events_csv=LOG)
    activities = {**ACTIVITIES, "Wait": "message=internal"}
    rows = rows_of(get, columns=LOG_COLUMNS, activities=activities, time_zone="Europe/Berlin")
    assert [e.is_public for e in by_ticket(rows)["Case 1"] if e.kind == "message"] == [False]


# --- night after night ---------------------------------------------------------------------------


def test_what_has_landed_is_not_read_again_and_what_is_new_is(tmp_path):
    get = put(tmp_path, tickets__01_csv=TICKETS, events__01_csv=EVENTS)
    first = chunks_of(get)
    quiet = chunks_of(get, first[-1].cursor)
    assert [(chunk.pages, chunk.complete_until) for chunk in quiet] == [([], LAST)]
    put(tmp_path, tickets__02_csv="ticket,created_at,status\n9,2026-04-02T09:00Z,open\n")
    more = chunks_of(get, quiet[-1].cursor)
    assert [row.ticket for row in of_type(r.Ticket, read_all(files, more, settings()))] == ["9"]
    assert more[-1].complete_until == 1_775_120_400


def test_a_corrected_delivery_is_read_again_with_all_that_came_after_it(tmp_path):
    get = put(
        tmp_path,
        tickets__01_csv="ticket,created_at,status\n1,2026-03-02T09:00Z,open\n",
        tickets__02_csv="ticket,created_at,status\n1,2026-03-02T09:00Z,solved\n",
    )
    cursor = chunks_of(get)[-1].cursor
    put(tmp_path, tickets__01_csv="ticket,created_at,status\n1,2026-03-02T09:00Z,new\n")
    again = read_all(files, chunks_of(get, cursor), settings())
    assert [row.status for row in of_type(r.Ticket, again)] == ["new", "solved"]


@pytest.mark.parametrize(
    ("options", "manifest", "until"),
    [
        ({}, None, LAST),
        ({"complete_until": "2026-03-03T00:00:00Z"}, None, 1_772_496_000),
        ({}, '{"complete_until": "2026-03-04T00:00:00Z"}', 1_772_582_400),
        ({}, '{"made_by": "me"}', LAST),
        (
            {"complete_until": "2026-03-03T00:00:00Z"},
            '{"complete_until": "2026-03-04T00:00:00Z"}',
            1_772_496_000,
        ),
    ],
)
def test_complete_until_is_what_is_told_and_otherwise_the_latest_moment(tmp_path, options, manifest, until):
    get = put(tmp_path, tickets_csv=TICKETS, events_csv=EVENTS)
    if manifest:
        put(tmp_path, manifest_json=manifest)
    assert chunks_of(get, **options)[-1].complete_until == until


def test_events_without_their_tickets_beside_them_are_refused(tmp_path):
    get = put(tmp_path, tickets__01_csv=TICKETS, events__02_csv=EVENTS)
    with pytest.raises(SourceError, match=r"events-02\.csv has no tickets beside it"):
        chunks_of(get)


def test_one_delivery_in_two_formats_is_refused(tmp_path):
    get = put(tmp_path, tickets_csv=TICKETS, tickets_jsonl=json_lines(TICKETS))
    with pytest.raises(SourceError, match="would tell the same"):
        chunks_of(get)


# --- the folder ----------------------------------------------------------------------------------


def test_a_folder_gives_nothing_outside_itself(tmp_path):
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.csv").write_text("x")
    (inside / "tickets-link.csv").symlink_to(tmp_path / "secret.csv")
    (inside / ".hidden.csv").write_text("x")
    get = files.open_folder(inside)
    assert get("", stream="folder").json() == []
    for path in ("../secret.csv", str(tmp_path / "secret.csv"), "tickets-link.csv"):
        with pytest.raises(SourceError, match="leads out of the folder"):
            get(path, stream="file")


def test_a_folder_or_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SourceError, match="there is no folder"):
        files.open_folder(tmp_path / "nowhere")
    with pytest.raises(SourceError, match="not in the folder"):
        files.open_folder(tmp_path)("gone.csv", stream="file")


def test_pieces_of_a_file_can_be_asked_for(tmp_path):
    get = put(tmp_path, tickets_csv="0123456789")
    assert get("tickets.csv", {"offset": 3, "length": 4}, stream="file") == Page(
        stream="file", url="tickets.csv", body=b"3456"
    )


# --- the documentation ---------------------------------------------------------------------------

PAGE = (pathlib.Path(__file__).parents[2] / "docs" / "files.md").read_text("utf-8")


def test_the_documented_example_is_read_as_it_stands(tmp_path):
    tickets, events = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)
    rows = rows_of(put(tmp_path, tickets_csv=tickets, events_csv=events))
    assert of_type(r.Rejected, rows) + of_type(r.Notice, rows) == []
    assert [e.kind for e in by_ticket(rows)["4711"]] == [
        "created", "status", "message", "assignee", "message", "status",
    ]  # fmt: skip


def test_the_documented_options_are_all_that_there_are():
    told = [tomllib.loads(block) for block in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)]
    shown = {name for block in told for part in [block, *block.get("source", [])] for name in part.get("options", {})}
    assert shown <= fetching.KNOWN
    assert set(re.findall(r"`(\w+)`", PAGE)) >= fetching.KNOWN


def test_every_column_and_every_reason_is_documented():
    words = set(re.findall(r"\w+", PAGE))
    assert {*columns.TICKETS, *columns.EVENTS, *columns.PEOPLE} <= words
    code = "".join(path.read_text("utf-8") for path in pathlib.Path(columns.__file__).parent.glob("*.py"))
    reasons = set(re.findall(r'(?:BadCell\(|reason=|None, )\s*"([a-z]+_[a-z_]+)"', code))
    assert len(reasons) == 14
    assert reasons <= words
