"""Whatever makes a published figure another is named, and its parts add up to the change exactly."""

import json
import re
import zipfile

import pandas as pd
import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from auditlib import reasons
from auditlib.commands import auditlib
from auditlib.pipeline import citing, evidence, whychanged
from auditlib.pipeline.setting import Setting
from auditlib.places import SQL
from tests import shop
from tests.postgres import cluster, database  # noqa: F401

ROW = "{0},{1},{2},{2}@example.org,email,Lamp {0},solved,{3},grace,lamp,{4},\n"
FIRST = "".join(
    ROW.format(n, f"2026-03-0{2 + n % 3}T{8 + n % 5:02}:00:00Z", f"c{n}", "Billing" if n % 2 else "Repairs", tags)
    for n, tags in ((n, "trial" if n == 7 else "") for n in range(1, 25))
)
# Zoe, of whom nobody said who she is, answers 30; Bob and Bobby ask the same question within two days.
ASKED = """\
30,2026-03-03T08:00:00Z,c30,c30@example.org,email,Bulb,solved,Repairs,,bulb,,
31,2026-03-02T09:00:00Z,bob,bob@example.org,email,Invoice,solved,Billing,grace,invoice,,
32,2026-03-04T09:00:00Z,bobby,bobby@example.org,email,Invoice,solved,Billing,grace,invoice,,
"""
ZOE = "30,2026-03-03T08:20:00Z,message,zoe,,true,,,Turn it on.\n"
# A week later: one is reopened late, Zoe wrote notes all the time, Bobby has Bob's address, and 1 is deleted.
LATER = """\
2,2026-03-04T10:00:00Z,c2,c2@example.org,email,Lamp 2,solved,Repairs,grace,lamp,,
32,2026-03-04T09:00:00Z,bobby,bob@example.org,email,Invoice,solved,Billing,grace,invoice,,
1,2026-03-03T09:00:00Z,c1,c1@example.org,email,Lamp 1,deleted,Billing,grace,lamp,,
40,2026-03-02T07:00:00Z,c40,c40@example.org,email,Shade,solved,Repairs,,shade,,
41,2026-03-16T07:00:00Z,c41,c41@example.org,email,Shade,open,Repairs,,shade,,
"""
LATE = """\
2,2026-03-10T09:00:00Z,message,c2,customer,true,,,Still dark.
2,2026-03-10T09:00:00Z,status,c2,customer,,solved,open,
2,2026-03-10T10:00:00Z,message,grace,agent,true,,,Take this one.
2,2026-03-10T10:00:00Z,status,grace,agent,,open,solved,
40,2026-03-02T07:00:00Z,message,zoe,,false,,,She calls often.
40,2026-03-11T07:00:00Z,message,zoe,,false,,,She called again.
"""
THEIRS = re.compile(r"\bc1\b|c1@example|Lamp 1\b")
METRIC = '''"""
# Letters

How many messages the customer wrote.
"""

import datetime

from auditlib.metric import Figure, Metric

METRIC = Metric(
    title="Letters",
    leg="process",
    unit="count",
    columns={"letters": {}},
    figures=(Figure(name="letters", column="letters", statistics=("count",), title="Letters", better="lower"),),
    date_basis="created",
    attributed_at="created",
    version="%s",%s
    owner="the shop",
    checked_by="the shop",
    review_by=datetime.date(2027, 1, 1),
)


def value(t):
    return t.count(t.by_customer & t.is_message) + %s
'''
FORMER = """

def previous(t):
    return t.count(t.by_customer & t.is_message)
"""
RULES = (
    ('"Mon-Fri 09:00-17:00', '"Mon-Fri 09:00-13:00'),
    ('groups = ["shop:Billing"]', 'groups = ["shop:Billing", "shop:Repairs"]'),
    ('tag = "test"', 'tag = ["test", "trial"]'),
    ('topic = "bulb"', 'topic = ["bulb", "invoice"]'),
    ('kind = "files"', 'kind = "files"\ntopics = { shade = "lamp" }'),
)


def letters(opened, version, more, previous="", former=""):
    folder = opened.folder / "company" / "post"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "letters.py").write_text(METRIC % (version, previous, more) + former)


def edited(opened, *changes):
    path = opened.folder / "audit.toml"
    text = path.read_text()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text)


def audited_twice(opened):
    """A week, and what was learned of it in the next one, of different tickets each."""
    letters(opened, "1.0.0", 0)
    edited(opened, ('"channel"]', '"segment", "topic"]'))
    with (opened.folder / "audit.toml").open("a") as file:
        file.write('[[segment]]\nname = "bulbs"\nwhen = { topic = "bulb" }\n[extend]\nmetrics = ["company"]\n')
    opened.deliver("1", FIRST + ASKED, shop.events(FIRST + ASKED) + ZOE, "2026-03-15T00:00:00Z")
    opened.night("2026-03-14")
    erased = CliRunner().invoke(auditlib, ["erase", "shop:c1", "--yes"])
    assert erased.exit_code == 0, erased.output
    opened.deliver("2", LATER, shop.events(LATER) + LATE, "2026-03-17T00:00:00Z")
    opened.night("2026-03-16")


def told(opened, publication, **about):
    """Reason → tickets, of the restatements of some figures."""
    about = {"period": "week", "period_start": "2026-03-02", "breakdown": "all", "segment": "all", **about}
    where = " AND ".join(f"{name} = '{value}'" for name, value in about.items())
    rows = opened.rows(f"SELECT reason, tickets FROM restatements WHERE publication = {publication} AND {where}")
    return rows.groupby("reason").tickets.max().to_dict()


def assert_parts_add_up(opened, publication):
    """Of every figure that a publication replaced."""
    query = f"""
        SELECT figure_id, MIN(value_before) AS before, MIN(value) AS now, SUM(part) AS parts, COUNT(*) AS n,
               COUNT(part) AS known FROM restatements WHERE publication = {publication} GROUP BY figure_id
    """
    rows = opened.rows(query).dropna(subset=["before", "now"])
    assert len(rows) > 50
    assert (rows.n == rows.known).all()
    assert rows.parts.astype(float).to_numpy() == pytest.approx((rows.now - rows.before).astype(float), abs=1e-9)
    silent = opened.rows(f"""
        SELECT f.figure_id FROM figures f JOIN publications p ON p.run = f.publication_run
        LEFT JOIN restatement_parts r ON r.figure_id = f.figure_id
        WHERE p.publication = {publication} AND f.supersedes IS NOT NULL AND r.figure_id IS NULL
    """)
    assert silent.empty


def assert_each_event_has_its_reason(opened):
    assert told(opened, 2, metric="tickets_created", statistic="count") == {"ERASURE": 1, "NEW_TICKET": 1}
    solved = told(opened, 2, metric="tickets_solved", statistic="count")
    assert solved == {"ERASURE": 1, "LATE_EVENT": 1}
    replies = told(opened, 2, metric="first_reply_minutes", statistic="p50")
    assert replies["ROLE_HISTORY"] == 1
    assert told(opened, 2, metric="came_back_rate_7d", statistic="rate")["IDENTITY_MERGE"] == 1
    kinds = opened.rows("SELECT DISTINCT kind, reason FROM restatements WHERE publication = 2")
    of = kinds.groupby("reason").kind.agg(set).to_dict()
    assert of["ERASURE"] == of["ROLE_HISTORY"] == of["IDENTITY_MERGE"] == {"correction"}
    assert_parts_add_up(opened, 2)


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    """The shop after both nights, and after one in which only its rules changed."""
    with shop.opened(tmp_path_factory.mktemp("reasons") / "shop") as opened:
        audited_twice(opened)
        letters(opened, "2.0.0", 1, previous='\n    previous="1.0.0",', former=FORMER)
        edited(opened, *RULES)
        opened.night("2026-03-16")
        yield opened


def test_a_late_event_a_role_an_identity_and_an_erasure_are_told_apart(audited):
    assert_each_event_has_its_reason(audited)


def test_hours_teams_segments_exclusions_and_definitions_are_told_apart(audited):
    assert told(audited, 3, metric="letters") == {"DEFINITION_CHANGE": 26, "EXCLUSION_EDIT": 1}
    assert told(audited, 3, metric="tickets_created") == {"EXCLUSION_EDIT": 1}
    hours = told(audited, 3, metric="first_reply_business_minutes", statistic="p50")
    assert {"SCHEDULE_EDIT", "EXCLUSION_EDIT"} == set(hours)
    assert told(audited, 3, metric="first_reply_minutes", statistic="p50") == {"EXCLUSION_EDIT": 1}
    teams = told(audited, 3, metric="tickets_created", breakdown="team", breakdown_value="Billing")
    assert teams["TEAM_REMAP"] > 10
    topics = told(audited, 3, metric="tickets_created", breakdown="topic", breakdown_value="lamp")
    assert topics == {"TOPIC_REMAP": 1, "EXCLUSION_EDIT": 1}
    segment = told(audited, 3, metric="tickets_created", segment="bulbs")
    assert segment == {"SEGMENT_REMAP": 2}
    assert_parts_add_up(audited, 3)


@pytest.mark.parametrize(("since", "until"), [(1, 2), (2, 3), (1, 3)])
def test_between_any_two_publications_the_parts_add_up(audited, since, until):
    question = (SQL / "questions" / "why_did_it_change.sql").read_text()
    engine = sa.create_engine(Setting.here().config.audit.store)
    for metric, statistic in (("tickets_created", "count"), ("letters", "count"), ("first_reply_minutes", "p50")):
        about = {"metric": metric, "statistic": statistic, "period": "week", "period_start": "2026-03-02"}
        with engine.connect() as c:
            rows = pd.read_sql(
                sa.text(question), c, params={**about, "from_publication": since, "to_publication": until}
            )
        asked = citing.Question(metric, "2026-W10", statistic=statistic, weighting="ticket")
        [change] = whychanged.changes(Setting.here(), asked, since, until)
        assert change.adds_up is True, (metric, change.parts)
        moved = change.after["value"] - change.before["value"]
        assert rows.part.sum() == pytest.approx(moved) == sum(part["part"] for part in change.parts)
        assert set(rows.reason) == {part["reason"] for part in change.parts}
    engine.dispose()


@pytest.mark.parametrize("verb", ["evidence --metric {} --period 2026-W10", "why-changed {} 2026-W10"])
def test_both_verbs_answer_of_what_still_runs_although_they_can_change_nothing(audited, verb):
    """How long it runs is computed anew: one is not answered yet."""
    asked = verb.format("first_reply_business_minutes").split()
    told = CliRunner().invoke(auditlib, [*asked, "--statistic", "p50", "--weighting", "ticket", "--json"])
    assert told.exit_code == 0, told.output
    answer = json.loads(told.output)
    if "members" in answer:
        assert "waiting" in {row["state"] for row in answer["members"]}
    else:
        assert [change["adds_up"] for change in answer] == [True]


def test_a_changed_definition_runs_beside_the_former_one(audited):
    weeks = audited.rows("SELECT * FROM definition_changes WHERE period = 'week' ORDER BY period_start")
    assert weeks.period_start.tolist() == ["2026-03-02", "2026-03-16"]
    first = weeks.iloc[0]
    assert (first.metric, first.former_version, first.version) == ("letters", "1.0.0", "2.0.0")
    # Of everybody in scope one letter more by the new definition; and it is what was published before, less the trial.
    assert first.difference == first.n == first.former_n == 26
    before = audited.rows("SELECT value FROM figures WHERE metric = 'letters' AND period = 'week' "
                          "AND version = '1.0.0' AND period_start = '2026-03-02' AND breakdown = 'all' "
                          "ORDER BY publication_run")  # fmt: skip
    assert first.former_value == before.value.iloc[-1] - 1
    tickets = audited.rows("SELECT letters - letters__v1_0_0 AS more FROM ticket_audit WHERE letters IS NOT NULL")
    assert set(tickets.more) == {1}
    named = audited.rows("SELECT metric, former_of FROM definitions WHERE former_of IS NOT NULL")
    assert named.to_dict("records") == [{"metric": "letters__v1_0_0", "former_of": "letters"}]
    told_of = citing.by_id(Setting.here(), first.former_figure_id)
    assert evidence.of(Setting.here(), told_of).disagrees == []


def test_charts_break_where_a_definition_was_replaced(audited):
    trend = audited.rows("SELECT * FROM trend WHERE metric IN ('letters', 'tickets_created') AND period = 'week' "
                         "AND breakdown = 'all' AND segment = 'all' AND weighting = 'ticket'")  # fmt: skip
    replaced = trend[trend.is_redefined == "yes"]
    assert set(zip(replaced.metric, replaced.period_start, replaced.breaks_line, strict=True)) == {
        ("letters", "2026-03-16", "yes")
    }


def test_each_reason_has_a_sentence_and_the_view_and_the_verb_agree_what_was_announced(audited):
    rows = audited.rows("""
        SELECT r.reason, r.kind, was.maturity FROM restatements r
        JOIN figures f ON f.figure_id = r.figure_id JOIN figures was ON was.figure_id = f.supersedes
    """).drop_duplicates()
    for row in rows.itertuples():
        assert set(row.reason.split(",")) <= set(reasons.SENTENCES), row.reason
        assert row.kind == reasons.kind(row.reason, row.maturity), row


def test_the_revision_triangle_agrees_with_a_slow_recomputation(audited):
    every = audited.rows("""
        SELECT f.*, p.publication, r.day FROM figures f JOIN publications p ON p.run = f.publication_run
        JOIN run_log r ON r.run = p.run WHERE p.kind = 'night' ORDER BY p.publication
    """)
    triangle = audited.rows("SELECT figure_id, nth, revision FROM revision_triangle").set_index("figure_id")
    sizes: dict[tuple, list[float]] = {}
    for _, of in every.groupby("cell_id"):
        values, over = [], []
        for nth, row in enumerate(of.itertuples(), 1):
            assert triangle.nth[row.figure_id] == nth
            if values and not pd.isna(values[-1]) and not pd.isna(row.value):
                assert triangle.revision[row.figure_id] == pytest.approx(row.value - values[-1])
            else:
                assert pd.isna(triangle.revision[row.figure_id])
            values.append(row.value)
            if row.day >= row.period_end and not pd.isna(row.value):
                over.append(row.value)
        about = (row.metric, row.statistic, row.weighting, row.period)
        if row.breakdown == row.segment == "all" and over and not pd.isna(values[-1]):
            sizes.setdefault(about, []).append(abs(values[-1] - over[0]))
    told_sizes = audited.rows("SELECT * FROM revision_sizes")
    assert len(told_sizes) == len(sizes)
    assert (told_sizes.revised > 0).sum() > 10
    for row in told_sizes.itertuples():
        moved = sizes[row.metric, row.statistic, row.weighting, row.period]
        assert row.periods == len(moved)
        assert row.mean_absolute_revision == pytest.approx(sum(moved) / len(moved))
        assert row.largest_revision == pytest.approx(max(moved))


def test_on_postgresql_too_and_nothing_names_who_was_erased(cluster, tmp_path):  # noqa: F811
    with database(cluster) as url, shop.opened(tmp_path / "shop", store=url) as opened:
        audited_twice(opened)
        assert_each_event_has_its_reason(opened)
        kept = opened.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        text = {name: opened.rows(f'SELECT * FROM "{name}"').to_csv() for name in kept.table_name}
        assert {"tickets", "people", "register", "ticket_audit", "evidence"} <= set(text)
        assert [name for name, rows in text.items() if THEIRS.search(rows)] == []
        assert all(THEIRS.search(rows.replace("c2", "c1")) for name, rows in text.items() if name == "ticket_audit")
        landed = [read for path in opened.folder.glob("landing/**/*.zip") for read in _texts(path)]
        assert [name for name in landed if THEIRS.search(name)] == []


def _texts(path):
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name).decode() for name in archive.namelist()]
