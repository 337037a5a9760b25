"""Gates: every way in which a rule could pass wrongly is shown not to pass."""

from __future__ import annotations

import itertools
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from auditlib.caselog.words import ActorClass, Kind, Status
from auditlib.gates import GateError, examine, together

FOLDER = Path(__file__).parents[1] / "expectations"
NOT_NULL = """
[[expectations]]
id = "A-1"
type = "expect_column_values_to_not_be_null"
kwargs = { column = "a" }
severity = "critical"
notes = "Say what to do."
"""
QUARANTINE = """
[quarantine]
key = "ticket"
max_share = 0.5

[[expectations]]
id = "A-1"
type = "expect_column_values_to_be_between"
kwargs = { column = "a", min_value = 0 }
severity = "critical"
quarantine = true
notes = "Say what to do."
"""


@pytest.fixture
def suite(tmp_path):
    def write(text: str) -> Path:
        path = tmp_path / "things.toml"
        path.write_text(textwrap.dedent(text))
        return path

    return write


def states(verdict) -> dict[str, str]:
    return {result["rule"]: result["state"] for result in verdict.results}


# What passes, and what does not


def test_rows_that_keep_the_rules_pass(suite):
    verdict = examine(pd.DataFrame({"a": [1, 2]}), suite(NOT_NULL))
    assert (verdict.state, verdict.rows, verdict.reasons) == ("passed", 2, [])
    assert states(verdict) == {"things-floor": "pass", "A-1": "pass"}


@pytest.mark.parametrize(("severity", "state"), [("critical", "refused"), ("warning", "warned"), ("info", "passed")])
def test_severity_decides_what_a_failure_means(suite, severity: str, state: str):
    verdict = examine(pd.DataFrame({"a": [1, None]}), suite(NOT_NULL.replace("critical", severity)))
    assert verdict.state == state
    assert verdict.reasons == [f"A-1 ({severity}) failed for 1 of 2: Say what to do."]


def test_an_empty_table_is_refused_unless_the_night_is_proven_quiet(suite):
    empty = pd.DataFrame({"a": []})
    assert examine(empty, suite(NOT_NULL)).state == "refused"
    assert examine(empty, suite(NOT_NULL), proven_quiet=True).state == "passed"


def test_a_quiet_night_lifts_the_floor_and_nothing_else(suite):
    path = suite("[floor]\nrows = 3\n" + NOT_NULL)
    assert examine(pd.DataFrame({"a": [1]}), path).state == "refused"
    assert examine(pd.DataFrame({"a": [1]}), path, proven_quiet=True).state == "passed"
    assert examine(pd.DataFrame({"a": [None]}), path, proven_quiet=True).state == "refused"


def test_a_rule_that_cannot_be_evaluated_never_passes(suite):
    text = NOT_NULL.replace("critical", "info")
    verdict = examine(pd.DataFrame({"b": [1]}), suite(text))
    assert verdict.state == "error"
    assert states(verdict)["A-1"] == "error"
    assert 'The column "a"' in verdict.reasons[0]


def test_errors_do_not_hide_other_rules_and_do_not_quote_the_table(suite):
    text = NOT_NULL + NOT_NULL.replace("A-1", "A-2").replace("not_be_null", "be_between").replace(
        'column = "a"', 'column = "a", min_value = 1'
    )
    verdict = examine(pd.DataFrame({"a": ["my cat is ill", None]}), suite(text))
    assert states(verdict) == {"things-floor": "pass", "A-1": "fail", "A-2": "error"}
    assert "cat" not in repr(verdict.results)


def test_a_condition_on_an_unknown_column_is_an_error(suite):
    verdict = examine(pd.DataFrame({"a": [1]}), suite(NOT_NULL + "row_condition = 'knd == \"x\"'"))
    assert verdict.state == "error"


@pytest.mark.parametrize(
    ("condition", "state"),
    [
        ("b == 'x'", "refused"),
        ("b != 'x'", "passed"),
        ("n > 1 and b == 'x'", "passed"),
        ("n > 1 or b == 'x'", "refused"),
        ("b in ['x', 'z']", "refused"),
        ("b not in ['x', 'z']", "passed"),
        ("t is not None", "passed"),
        ("t is None", "refused"),
        ("yes == True", "refused"),
        ("yes == False", "passed"),
    ],
)
def test_a_condition_chooses_the_rows(suite, condition: str, state: str):
    frame = pd.DataFrame({"a": [None, 1], "b": ["x", "y"], "n": [1, 2], "t": [None, 1], "yes": [True, False]})
    assert examine(frame, suite(f'{NOT_NULL}row_condition = "{condition}"')).state == state


@pytest.mark.parametrize("condition", ["b = 1", "b", "b.isna()", "b == None", "b is 1", "1 < b", "a == b"])
def test_a_condition_that_is_not_understood_is_refused(suite, condition: str):
    with pytest.raises(GateError, match="minutes is not None"):
        examine(pd.DataFrame({"a": [1], "b": [1]}), suite(f'{NOT_NULL}row_condition = "{condition}"'))


def test_missing_values_in_a_pair_are_said_and_do_not_pass_unless_asked(suite):
    pair = """
        [[expectations]]
        id = "P-1"
        type = "expect_column_pair_values_a_to_be_greater_than_b"
        kwargs = { column_A = "a", column_B = "b", ignore_row_if = "%s" }
        severity = "critical"
        notes = "Say what to do."
    """
    frame = pd.DataFrame({"a": [2.0, None], "b": [1.0, 1.0]})
    assert examine(frame, suite(pair % "neither")).state == "refused"
    verdict = examine(frame, suite(pair % "either_value_is_missing"))
    assert verdict.state == "passed"
    assert verdict.results[1]["observed"] == "left out 1 of 2 rows: missing values"
    with pytest.raises(GateError, match="missing values compare differently"):
        examine(frame, suite((pair % "neither").replace(', ignore_row_if = "neither"', "")))


def test_mostly_tolerates_what_it_says_and_no_more(suite):
    path = suite(NOT_NULL.replace('"a" }', '"a", mostly = 0.9 }'))
    nine, eight = ([1.0] * right + [None] * (10 - right) for right in (9, 8))
    verdict = examine(pd.DataFrame({"a": nine}), path)
    assert (verdict.state, verdict.results[1]["unexpected_count"]) == ("passed", 1)
    assert examine(pd.DataFrame({"a": eight}), path).state == "refused"


def test_parameters_are_filled_in_and_never_guessed(suite):
    text = NOT_NULL.replace("not_be_null", "be_between").replace(
        'column = "a"', 'column = "a", max_value = { "$PARAMETER" = "as_of" }'
    )
    frame = pd.DataFrame({"a": [5]})
    assert examine(frame, suite(text), parameters={"as_of": 5}).state == "passed"
    assert examine(frame, suite(text), parameters={"as_of": 4}).state == "refused"
    with pytest.raises(GateError, match="no parameter 'as_of'"):
        examine(frame, suite(text), parameters={"until": 4})
    with pytest.raises(GateError, match="max_value"):
        examine(frame, suite(text), parameters={"as_of": "soon"})


def test_extra_rules_of_a_metric_count_like_those_of_the_suite(suite):
    extra = tomllib.loads(NOT_NULL.replace("A-1", "B-1").replace('"a"', '"b"'))["expectations"]
    frame = pd.DataFrame({"a": [1], "b": [None]})
    assert examine(frame, suite(NOT_NULL), extra=extra).state == "refused"
    with pytest.raises(GateError, match=r"extra rules for things.toml, entry 1 \(B-1\)"):
        examine(frame, suite(NOT_NULL), extra=[{**extra[0], "severty": "info"}])


# Quarantine


def test_quarantine_takes_the_failing_rows_by_position_and_their_tickets(suite):
    frame = pd.DataFrame({"ticket": [7, 7, 8, 9], "a": [1, -1, 1, 1]}, index=[3, 3, 3, 3])
    verdict = examine(frame, suite(QUARANTINE))
    assert verdict.state == "warned"
    assert verdict.bad.to_dict() == {1: ["A-1"]}
    assert verdict.quarantined.to_dict() == {7: ["A-1"]}
    assert verdict.results[-1]["rule"] == "things-quarantine"


def test_positions_hold_under_a_condition_and_for_pairs_of_columns(suite):
    text = (
        QUARANTINE
        + "row_condition = 'ticket > 7'"
        + """
        [[expectations]]
        id = "A-2"
        type = "expect_compound_columns_to_be_unique"
        kwargs = { column_list = ["ticket", "a"] }
        severity = "critical"
        quarantine = true
        notes = "Say what to do."
    """.replace("        ", "")
    )
    frame = pd.DataFrame({"ticket": [7, 8, 9, 9, 10, 11], "a": [-1, -2, 3, 3, 4, 5]})
    verdict = examine(frame, suite(text))
    assert verdict.bad.to_dict() == {1: ["A-1"], 2: ["A-2"], 3: ["A-2"]}
    assert verdict.quarantined.to_dict() == {8: ["A-1"], 9: ["A-2"]}


def test_too_much_quarantine_is_a_refusal(suite):
    frame = pd.DataFrame({"ticket": [1, 2, 3], "a": [-1, -1, 1]})
    assert examine(frame, suite(QUARANTINE)).state == "refused"
    assert examine(frame, suite(QUARANTINE), max_share=0.7).state == "warned"
    assert examine(frame, suite(QUARANTINE.replace("= 0.5", "= 0.5\nfew = 2"))).state == "warned"


def test_a_bad_row_of_no_ticket_cannot_be_put_aside(suite):
    frame = pd.DataFrame({"ticket": [1, 2, None], "a": [1, 1, -1]})
    assert examine(frame, suite(QUARANTINE)).state == "refused"


def test_the_tickets_column_must_be_there(suite):
    with pytest.raises(GateError, match="no column ticket"):
        examine(pd.DataFrame({"a": [1]}), suite(QUARANTINE))


# Suites that cannot be used


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("_not_be_null", "_not_be_nul"), "write expect_column_values_to_not_be_null"),
        (('column = "a"', 'colum = "a"'), "colum: extra fields"),
        (('"a" }', '"a", msotly = 0.9 }'), "takes column, mostly"),
        (('"a" }', '"a", mostly = 1.5 }'), "mostly"),
        (('"a" }', '"a", mostly = 0 }'), "can never fail"),
        (('"a" }', '"a", row_condition = "b > 1" }'), "beside kwargs"),
        (('"a" }', '"a", catch_exceptions = true }'), "leave it out"),
        (("critical", "fatal"), "critical, warning, info"),
        (("severity =", "severty ="), "'severty' is not known here; write severity"),
        (('notes = "Say what to do."', ""), "notes missing"),
        (("Say what to do.", " "), "what a failure means"),
        (('"critical"', '"critical"\nquarantine = true'), "max_share"),
        (('"critical"', '"warning"\nquarantine = true'), "critical"),
        (('"critical"', '"critical"\nquarantine = "yes"'), "true or false"),
        (("[[expectations]]", "[[expectation]]"), "write expectations"),
        (("[[expectations]]", "[floor]\nrows = 0\n[[expectations]]"), "1 or more"),
        (("[[expectations]]", "[floor]\nrow = 1\n[[expectations]]"), "write rows"),
        (("[[expectations]]", '[quarantine]\nkey = "a"\n[[expectations]]'), "max_share"),
        (("[[expectations]]", "[[expectations]"), "not TOML"),
        ((NOT_NULL, ""), "passes everything"),
        ((NOT_NULL, NOT_NULL + NOT_NULL), "entry 2 .* repeats .* entry 1"),
        ((NOT_NULL, NOT_NULL + NOT_NULL.replace("A-1", "A-2")), "entry 2 .* repeats .* entry 1"),
    ],
)
def test_a_mistake_in_a_suite_is_named_and_nothing_passes(suite, change: tuple[str, str], words: str):
    with pytest.raises(GateError, match=words) as refusal:
        examine(pd.DataFrame({"a": []}), suite(NOT_NULL.replace(*change)), proven_quiet=True)
    assert "things.toml" in str(refusal.value)


def test_a_rule_over_the_whole_table_cannot_quarantine(suite):
    text = QUARANTINE.replace("values_to_be_between", "mean_to_be_between")
    with pytest.raises(GateError, match="names no rows"):
        examine(pd.DataFrame({"ticket": [1], "a": [1]}), suite(text))


def test_a_suite_that_does_not_exist_lists_those_that_do():
    with pytest.raises(GateError, match="events, "):
        examine(pd.DataFrame(), "evnts")


# The suites of the case log


EVENTS = pd.DataFrame(
    {
        "ticket_key": [11, 11, 11, 12],
        "ticket": ["1", "1", "1", "2"],
        "seq": [1, 2, 3, 1],
        "occurred_at": [1_767_225_600, 1_767_225_600, 1_767_229_200, 1_767_225_700],
        "kind": ["created", "message", "status", "created"],
        "actor": ["c", "c", None, "d"],
        "actor_class": ["customer", "customer", "system", "customer"],
        "is_public": [True, True, True, True],
        "old": [None, None, "new", None],
        "new": [None, None, "open", None],
        "ticket_created_at": [1_767_225_600, 1_767_225_600, 1_767_225_600, 1_767_225_700],
        "fetched_until": 1_767_300_000,
    }
)
TICKETS = pd.DataFrame(
    {
        "ticket": ["1", "2"],
        "created_at": [1_767_225_600, 1_767_225_700],
        "status": ["open", "deleted"],
        "requester": ["c", "d"],
        "channel": ["email", "chat"],
        "priority": [None, "high"],
        "has_history": [True, False],
        "events": [3, 0],
        "first_event_at": [1_767_225_600, None],
        "has_created_event": [True, False],
    }
)


def test_a_true_case_log_passes():
    assert examine(EVENTS, "events").reasons == []
    assert examine(TICKETS, "tickets").reasons == []


def with_flaws(frame: pd.DataFrame, flaws: list[tuple], key: str) -> pd.DataFrame:
    """Copies of the frame, each with the number of its flaw as its ticket."""
    copies = []
    for number, (row, column, value, _) in enumerate(flaws, 1):
        copy = frame.astype({column: object}).assign(**{key: number})
        copy.loc[row, column] = value
        copies.append(copy)
    return pd.concat(copies)


def test_a_false_event_puts_its_ticket_aside():
    flaws = [
        (0, "seq", None, "EVT-005"),
        (1, "seq", 1, "EVT-006"),
        (1, "ticket_created_at", None, "EVT-008"),
        (1, "occurred_at", 1_767_225_599, "EVT-009"),
        (2, "occurred_at", 1_767_300_001, "EVT-010"),
        (0, "kind", None, "EVT-011"),
        (0, "kind", "bounced", "EVT-012"),
        (1, "actor_class", None, "EVT-013"),
        (1, "actor_class", "end-user", "EVT-014"),
        (1, "is_public", None, "EVT-015"),
        (2, "new", None, "EVT-016"),
        (2, "new", "waiting on vendor", "EVT-017"),
        (2, "old", "escalated", "EVT-018"),
    ]
    verdict = examine(with_flaws(EVENTS[:3], flaws, "ticket_key"), "events", max_share=1)
    assert verdict.state == "warned"
    assert verdict.quarantined.to_dict() == {n: [flaw[-1]] for n, flaw in enumerate(flaws, 1)}


def test_a_false_ticket_is_put_aside():
    flaws = [
        (0, "created_at", None, "TKT-003"),
        (0, "created_at", 0, "TKT-004"),
        (0, "status", None, "TKT-005"),
        (0, "status", "Waiting", "TKT-006"),
        (0, "has_created_event", False, "TKT-008"),
        (0, "events", 0, "TKT-009"),
        (0, "first_event_at", 1_767_225_599, "TKT-010"),
    ]
    verdict = examine(with_flaws(TICKETS[:1], flaws, "ticket"), "tickets", max_share=1)
    assert verdict.state == "warned"
    assert verdict.quarantined.to_dict() == {n: [flaw[-1]] for n, flaw in enumerate(flaws, 1)}


def test_a_table_in_parts_has_the_verdict_of_the_whole():
    flaws = [
        (0, "seq", None, "EVT-005"), (1, "occurred_at", 1_767_225_599, "EVT-009"), (0, "kind", "bounced", "EVT-012"),
        (0, "actor_class", "unknown", ""), (1, "actor_class", "unknown", "EVT-019"), (2, "new", None, "EVT-016"),
    ]  # fmt: skip
    frame = with_flaws(EVENTS[:3], flaws, "ticket_key").reset_index(drop=True)
    whole = examine(frame, "events")
    bounds = [0, 3, 9, 12, len(frame)]
    found = together([examine(frame[a:b], "events") for a, b in itertools.pairwise(bounds)], "events")
    assert (found.state, found.rows, found.results) == (whole.state, whole.rows, whole.results)
    assert found.bad.to_dict() == whole.bad.to_dict()
    assert found.quarantined.to_dict() == whole.quarantined.to_dict()


def test_a_rule_that_holds_of_few_parts_holds_of_the_whole():
    suite = "events"
    frame = with_flaws(EVENTS[:2], [(1, "actor_class", "customer", "")] * 300, "ticket_key").reset_index(drop=True)
    frame.loc[1, "actor_class"] = "unknown"
    parts = [examine(frame[a:b], suite) for a, b in ((0, 2), (2, len(frame)))]
    assert [states(part)["EVT-019"] for part in parts] == ["fail", "pass"]
    assert states(together(parts, suite))["EVT-019"] == states(examine(frame, suite))["EVT-019"] == "pass"


def test_few_false_tickets_are_no_reason_to_refuse_a_small_night():
    frame = EVENTS.copy()
    frame.loc[3, "occurred_at"] = 1_767_300_001
    verdict = examine(frame, "events")
    assert verdict.state == "warned"
    assert verdict.quarantined.to_dict() == {12: ["EVT-010"]}


def test_a_ticket_without_an_id_or_with_two_rows_refuses_the_source():
    frame = EVENTS.copy()
    frame.loc[0, "ticket"] = None
    assert examine(frame, "events").state == "refused"
    assert examine(pd.concat([TICKETS, TICKETS]), "tickets").state == "refused"


def test_the_suites_know_the_words_of_the_case_log():
    rules = {rule["id"]: rule for name in ("events", "tickets") for rule in _entries(name)}
    every = {status.name for status in Status}
    for rule, words in {
        "EVT-012": {kind.name for kind in Kind},
        "EVT-014": {actor.name for actor in ActorClass},
        "EVT-017": every,
        "EVT-018": every,
        "TKT-006": every,
    }.items():
        assert set(rules[rule]["kwargs"]["value_set"]) == words


def _entries(name: str) -> list[dict]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text())["expectations"]


# Manners


def test_importing_gates_does_not_import_great_expectations():
    code = "import auditlib.gates, sys; assert not {'great_expectations', 'pandas'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_results_come_in_the_same_order_every_time():
    assert [result["rule"] for result in examine(EVENTS, "events").results] == [
        "events-floor",
        *(rule["id"] for rule in _entries("events")),
        "events-quarantine",
    ]


def test_nothing_is_written_and_nothing_is_printed(tmp_path, monkeypatch, capfd, caplog):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    examine(EVENTS, "events")
    assert list(tmp_path.iterdir()) == []
    assert capfd.readouterr() == ("", "")
    assert caplog.records == []
