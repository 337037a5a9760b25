"""The views that leaders open, over ten tickets, on both databases."""

import re

import pandas as pd
import psycopg
import pytest

from auditlib import metrics
from auditlib.pipeline.setting import Setting
from auditlib.store import engine, measures, open_store, questions, views
from tests import shop
from tests.postgres import cluster, database, postgres_url  # noqa: F401

HEADLINES = [
    "tickets_created",
    "first_reply_business_minutes",
    "customer_wait_minutes",
    "backlog",
    "strict_resolution_rate",
    "say_do_gap",
    "came_back_rate_7d",
    "chasers_per_100_tickets",
]
SCORECARD = """metric, title, leg, unit, better, statistic, weighting, date_basis, segment, period, period_start,
period_end, breakdown, breakdown_value, breakdown_2, breakdown_value_2, value, n, numerator, denominator, ci_low,
ci_high, previous_value, change, change_ci_low, change_ci_high, changed_beyond_noise, target, meets_target, maturity,
reliability, coverage, sources, missing_sources, suppressed_reason, definition_version, as_of, published_at,
signed_value, is_signed, figure_id"""
PROMISED = """headlines scorecard ticket_audit turns promises episodes repeat_links trend signals say_do_gap sla backlog
repeat_drivers worst_episodes fairness reconciliation restatements evidence coverage data_reliability freshness
definitions runs validation_results quarantine"""
WHOLE_WEEK = "period = 'week' AND period_start = '2026-03-02' AND breakdown = 'all'"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def audited(request, tmp_path_factory):
    """The shop after two nights; its first week was signed between them."""
    folder = tmp_path_factory.mktemp(request.param) / "shop"
    if request.param == "sqlite":
        with shop.opened(folder) as opened:
            opened.two_nights(signed_by="J. Doe")
            yield opened
        return
    with database(request.getfixturevalue("cluster")) as url, shop.opened(folder, url) as opened:
        opened.two_nights(signed_by="J. Doe")
        yield opened


@pytest.fixture(scope="module")
def every_view():
    return views.views(metrics.load_all())


def test_every_view_that_was_promised_is_there(audited, every_view):
    assert {view.name for view in every_view} >= set(PROMISED.split())
    for name in PROMISED.split():
        audited.rows(f'SELECT * FROM "{name}" LIMIT 1')


def test_every_view_and_every_column_has_its_sentence(audited, every_view):
    for view in every_view:
        columns = list(audited.rows(f'SELECT * FROM "{view.name}" WHERE 1 = 0').columns)
        assert view.sentence.endswith("."), view.name
        assert list(view.columns) == columns, view.name
        assert all(sentence.endswith(".") for sentence in view.columns.values()), view.name


def test_every_period_has_the_eight_headlines_in_their_order(audited):
    rows = audited.rows("SELECT * FROM headlines ORDER BY period, period_start, position")
    assert len(rows)
    assert len(rows) % 8 == 0
    for _, of_period in rows.groupby(["period", "period_start"]):
        assert list(of_period.metric) == HEADLINES
    assert rows.sentence.str.endswith(".").all()


def test_uncertainty_is_told_in_the_words_of_the_sentence(audited):
    rows = audited.rows("SELECT * FROM headlines")
    known = rows[rows.value.notna() & (rows.ci_low.notna() | rows.ci_high.notna())]
    assert (rows.uncertainty.notna() == rows.index.isin(known.index)).all()
    assert {"per 100", "share"} <= set(known.unit)
    for row in known.itertuples():
        is_short = row.unit == "minutes" and row.value < 120
        factor, digits = {"minutes": (1 if is_short else 1 / 60, 0 if is_short else 1)}.get(row.unit, (1, 1))
        factor = 100 if row.unit == "share" else factor
        told = [float(number) for number in re.findall(r"[\d.]+", row.uncertainty)]
        ends = [round(end * factor, digits) for end in (row.ci_low, row.ci_high) if not pd.isna(end)]
        assert told == pytest.approx(ends, abs=0.11 if digits else 1), row
        assert re.sub(r".*[\d.]", "", row.uncertainty) in row.sentence, row
        assert pd.isna(row.ci_high) == row.uncertainty.startswith("at least")


def test_what_is_not_built_yet_says_so_and_nothing_else_does(audited):
    built = {name for family in metrics.load_all().values() for m in family.values() for name in _figures(m)}
    rows = audited.rows("SELECT metric, sentence FROM headlines")
    unbuilt = rows.metric[rows.sentence.str.endswith(": not measured yet.")]
    assert set(unbuilt) == set(HEADLINES) - built


def test_the_scorecard_has_the_columns_that_were_promised_in_their_order(audited):
    promised = [name.strip() for name in SCORECARD.split(",")]
    assert list(audited.rows("SELECT * FROM scorecard WHERE 1 = 0").columns) == promised


def test_the_scorecard_has_one_row_a_cell_with_a_value_or_a_reason(audited):
    rows = audited.rows("SELECT * FROM scorecard")
    cell = ["metric", "statistic", "weighting", "segment", "period", "period_start"]
    cell += ["breakdown", "breakdown_value", "breakdown_2", "breakdown_value_2"]
    assert not rows.duplicated(cell).any()
    assert (rows.value.notna() | rows.suppressed_reason.notna()).all()


def test_a_value_is_compared_with_the_adjoining_period_only(audited):
    rows = audited.rows("SELECT * FROM scorecard WHERE breakdown = 'all' AND metric = 'one_touch_rate'")
    rows = rows.sort_values("period_start").set_index("period_start")
    assert pd.isna(rows.previous_value["2026-03-02"])
    assert rows.previous_value["2026-03-09"] == rows.value["2026-03-02"]


def test_what_was_signed_stays_beside_what_holds_now(audited):
    rows = audited.rows("SELECT * FROM scorecard WHERE period = 'week'")
    is_signed = rows.is_signed.astype(bool)
    assert set(rows.period_start[is_signed]) == {"2026-03-02"}
    assert rows.signed_value[~is_signed].isna().all()
    then = audited.rows(f"SELECT * FROM figures WHERE publication_run = 1 AND {WHOLE_WEEK}").set_index("cell_id")
    cells = audited.rows("SELECT figure_id, cell_id FROM figures").set_index("figure_id").cell_id
    of_whole = rows[
        is_signed & (rows.breakdown == "all") & ~rows.suppressed_reason.fillna("").str.startswith("privacy")
    ]
    signed = then.value.reindex(cells[of_whole.figure_id])
    pd.testing.assert_series_equal(
        of_whole.signed_value.astype(float).reset_index(drop=True),
        signed.astype(float).reset_index(drop=True),
        check_names=False,
    )
    moved = of_whole[(of_whole.value - of_whole.signed_value).abs() > 0].set_index(["metric", "weighting"])
    # Eve's ticket was reopened after the signature: one of eight one-touch tickets is none any more.
    assert moved.signed_value["one_touch_rate", "ticket"] - moved.value["one_touch_rate", "ticket"] > 0


def test_headlines_say_which_weeks_nobody_answers_for(audited):
    rows = audited.rows("SELECT period_start, is_signed FROM headlines WHERE period = 'week'")
    assert set(rows.is_signed[rows.period_start == "2026-03-02"]) == {"yes"}
    assert set(rows.is_signed[rows.period_start != "2026-03-02"]) == {"no"}


def test_ticket_audit_has_a_row_for_each_ticket_and_says_why_one_is_excluded(audited):
    rows = audited.rows("SELECT * FROM ticket_audit").set_index("ticket")
    assert set(rows.index) == {f"shop:{n}" for n in range(1, 11)}
    assert rows.exclusion_reason["shop:10"] == "QA traffic"
    assert rows.first_reply_minutes["shop:1"] == 60
    assert rows.first_reply_minutes_state["shop:4"] == "waiting"
    assert rows.first_reply_minutes_state["shop:5"] == "closed_unanswered"


def test_a_turn_is_a_row_for_each_time_that_the_customer_waited(audited):
    rows = audited.rows("SELECT * FROM turns WHERE ticket = 'shop:6' ORDER BY turn")
    assert list(rows.turn) == [1, 2]
    assert list(rows.minutes) == [60, 60]


def test_the_backlog_adds_up_day_by_day_and_grows_older(audited):
    rows = audited.rows("SELECT * FROM backlog ORDER BY day").set_index("day")
    came, went = rows.created + rows.reopened + rows.restored, rows.solved + rows.merged + rows.deleted
    assert list(rows.left_over) == list(rows.opened_with + came - went)
    assert list(rows.opened_with[1:]) == list(rows.left_over[:-1])
    assert (rows.index[0], rows.index[-1], len(rows)) == ("2026-03-02", "2026-03-16", 15)
    assert list(rows.loc["2026-03-02", ["created", "solved", "left_over", "days_0_to_1"]]) == [3, 2, 1, 1]
    assert list(rows.loc["2026-03-10", ["opened_with", "reopened", "solved", "days_7_to_14"]]) == [1, 1, 1, 1]
    assert list(rows.loc["2026-03-16", ["left_over", "counted", "days_7_to_14", "days_14_to_30"]]) == [1, 1, 0, 1]


def test_what_the_backlog_waits_for_stands_by_team(audited):
    rows = audited.rows("SELECT * FROM backlog_now")
    told = [(row.team, row.waits_for, row.tickets, row.customers_waiting) for row in rows.itertuples()]
    assert told == [("Repairs", "us", 1, 1)]


def test_who_came_back_stands_in_repeat_links_and_in_one_episode(audited):
    links = audited.rows("SELECT * FROM repeat_links")
    assert [(row.earlier, row.later) for row in links.itertuples()] == [("shop:1", "shop:2")]
    assert str(links.came_back_at[0]).replace(" ", "T").startswith("2026-03-04T09:00:00")
    contacts = audited.rows("SELECT * FROM episodes").set_index("first_ticket").contacts
    assert contacts["shop:1"] == 2


def test_what_makes_customers_come_back_stands_in_repeat_drivers(audited):
    rows = audited.rows("SELECT * FROM repeat_drivers").set_index(["topic", "team"])
    billing = rows.loc[("billing", "Billing")]
    assert (billing.tickets, billing.came_back, billing.customers, billing.share_of_all) == (3, 1, 1, 1.0)
    assert (billing.example_1, billing.subject_1) == ("shop:1", shop.HOSTILE)
    assert pd.isna(billing.example_2)
    assert rows.came_back.sum() == 1
    assert (rows.came_back_share == rows.came_back / rows.tickets).all()


def test_the_worst_episodes_are_those_of_more_than_one_ticket_without_anybodys_words(audited):
    (worst,) = audited.rows("SELECT * FROM worst_episodes").itertuples()
    assert (worst.place, worst.first_ticket, worst.last_ticket, worst.contacts) == (1, "shop:1", "shop:2", 2)
    assert (worst.url, worst.last_subject, worst.last_status) == ("https://shop.example/1", "Invoice again", "solved")
    (issue,) = audited.rows("SELECT * FROM episodes WHERE first_ticket = 'shop:1'").itertuples()
    # From Monday 09:00 to the second ticket's solve on Wednesday 10:00, which held for seven days.
    assert issue.minutes_to_durable_end == 2 * 24 * 60 + 60


def test_a_figure_is_recomputed_from_its_evidence(audited):
    rows = audited.rows("SELECT * FROM scorecard WHERE statistic = 'rate' AND numerator IS NOT NULL")
    assert {"ticket", "customer"} <= set(rows.weighting)
    for row in rows.itertuples():
        members = audited.rows(f"SELECT * FROM evidence WHERE figure_id = '{row.figure_id}'")
        inside = members[members.side == "in"]
        assert len(inside) == row.n
        whole = inside.groupby("customer").contribution.mean() if row.weighting == "customer" else inside.contribution
        assert whole.mean() == pytest.approx(row.value)
        assert members[members.side == "out"].reason.notna().all()


def test_evidence_says_why_a_ticket_does_not_count(audited):
    query = f"SELECT figure_id FROM scorecard WHERE metric = 'one_touch_rate' AND {WHOLE_WEEK}"
    figure = audited.rows(query).figure_id[0]
    out = audited.rows(f"SELECT * FROM evidence WHERE figure_id = '{figure}'").set_index("ticket")
    assert out.reason["shop:10"] == "QA traffic"
    assert out.side["shop:10"] == "out"


def test_the_parts_of_a_restatement_add_up_to_the_change(audited):
    rows = audited.rows("SELECT * FROM restatements")
    told = rows[rows.value.notna() & rows.value_before.notna()]
    assert len(told)
    for _, parts in told.groupby("figure_id"):
        assert parts.part.sum() == pytest.approx(parts.value.iloc[0] - parts.value_before.iloc[0])


def test_definitions_and_coverage_speak_of_every_published_metric(audited):
    published = set(audited.rows("SELECT DISTINCT metric FROM scorecard").metric)
    definitions = audited.rows("SELECT * FROM definitions").set_index("metric")
    assert published <= set(definitions.index)
    coverage = audited.rows("SELECT * FROM coverage")
    assert set(coverage.metric) == set(definitions.index)
    assert set(coverage.is_available) <= {"yes", "no", "not yet"}
    assert coverage.reason[coverage.is_available != "yes"].notna().all()


ASKED = {
    "why_did_it_change": {
        "metric": "one_touch_rate", "statistic": "rate", "period": "week", "period_start": "2026-03-02",
        "from_publication": 1, "to_publication": 2,
    },
    "how_much_only_asks_again": {"since": "2026-03-01T00:00:00Z", "until": "2026-03-09T00:00:00Z"},
}  # fmt: skip


@pytest.fixture(scope="module")
def answers(audited):
    """Question → its rows by column."""
    with engine.reading(open_store(Setting.here().config.audit.store).engine) as c:
        asked = {each.name: questions.ask(c, each, ASKED.get(each.name)) for each in questions.questions()}
    return {name: [dict(zip(columns, row, strict=True)) for row in rows] for name, (columns, rows) in asked.items()}


def test_ten_questions_are_answered_by_one_query_each(answers):
    assert list(answers) == list(questions.ORDER)
    assert len(answers) == 10
    for each in questions.questions():
        assert each.title.endswith("?"), each.name
        assert each.words.endswith("."), each.name
        assert each.statement.count(";") == 0, each.name


def test_questions_say_what_the_shop_knows_of_itself(answers):
    assert len(answers["how_did_last_week_go"]) == 8
    [worst] = answers["where_did_we_fail_one_customer_again"]
    assert (worst["first_ticket"], worst["contacts"]) == ("shop:1", 2)
    signed = {row["period_start"]: (row["signed_by"], row["changed_since"]) for row in answers["what_is_signed"]}
    assert signed["2026-03-02"][0] == "J. Doe"
    assert signed["2026-03-02"][1] > 0
    assert signed["2026-03-09"] == ("nobody", None)
    [row] = [row for row in answers["how_much_only_asks_again"] if row["team"] == "Billing"]
    assert (row["tickets"], row["customer_messages"], row["chasers"]) == (5, 5, 0)
    assert {row["statistic"] for row in answers["how_reliable_is_each_figure"]} >= {"rate", "count"}


def test_the_parts_of_why_it_changed_are_what_changed_since_it_was_signed(audited, answers):
    query = f"SELECT * FROM scorecard WHERE metric = 'one_touch_rate' AND weighting = 'ticket' AND {WHOLE_WEEK}"
    [row] = audited.rows(query).itertuples()
    assert sum(part["part"] for part in answers["why_did_it_change"]) == pytest.approx(row.value - row.signed_value)
    for told in answers["what_changed_since_the_signed_report"]:
        assert told["difference"] == pytest.approx(told["value"] - told["signed_value"])
        assert told["period_start"] == "2026-03-02"


def test_freshness_runs_and_results_tell_of_the_current_publication(audited):
    fresh = audited.rows("SELECT * FROM freshness")
    assert list(fresh.source) == ["shop"]
    assert fresh.publication[0] == 2
    told = audited.rows("SELECT * FROM runs ORDER BY run")
    assert list(told.is_current)[:2] == ["no", "yes"]
    assert set(audited.rows("SELECT DISTINCT gate FROM validation_results").gate) == {"case log", "measures", "figures"}
    assert list(audited.rows("SELECT * FROM quarantine").columns)


def test_postgresql_shows_the_sentences_as_comments(postgres_url, every_view):  # noqa: F811
    families = metrics.load_all()
    store = open_store(postgres_url)
    with engine.writing(store.engine) as c:
        measures.prepare(c, families)
        views.create(c, families)
    query = "SELECT relname, obj_description(oid) FROM pg_class WHERE relkind = 'v'"
    of_columns = """SELECT c.relname, a.attname, col_description(c.oid, a.attnum) FROM pg_attribute a
        JOIN pg_class c ON c.oid = a.attrelid WHERE c.relkind = 'v' AND a.attnum > 0"""
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as c:
        held = dict(c.execute(query).fetchall())
        columns = {(view, column): sentence for view, column, sentence in c.execute(of_columns)}
    store.engine.dispose()
    assert {view.name: view.sentence for view in every_view}.items() <= held.items()
    assert {(v.name, name): said for v in every_view for name, said in v.columns.items()}.items() <= columns.items()


def test_unpublished_runs_and_past_nights_change_nothing_that_leaders_see(audited, every_view):
    before = {view.name: _content(audited, view.name) for view in every_view if view.name not in OF_RUNS}
    audited.unpublished_night()
    unpublished = {name: _content(audited, name) for name in before}
    audited.night("2026-03-15")
    assert list(audited.rows("SELECT kind FROM runs ORDER BY run").kind)[-1] == "reconstruction"
    for name, rows in before.items():
        assert unpublished[name] == rows, name
        assert _content(audited, name) == rows, name


OF_RUNS = ("runs", "validation_results")


def _content(audited, name):
    rows = audited.rows(f'SELECT * FROM "{name}"').astype(str)
    return sorted(rows.itertuples(index=False, name=None))


def _figures(module):
    return [figure.name for figure in module.METRIC.figures]
