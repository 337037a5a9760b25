"""Every figure that was ever published follows from its members as they stood then; what was changed is noticed."""

import json

import pandas as pd
import pytest
from click.testing import CliRunner

from auditlib.commands import auditlib
from auditlib.pipeline import citing, evidence, figuring, whychanged
from auditlib.pipeline.setting import Setting
from auditlib.store import cited, engine
from tests import shop


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    """The shop after two nights, with a segment."""
    with shop.opened(tmp_path_factory.mktemp("evidence") / "shop") as opened:
        text = (opened.folder / "audit.toml").read_text()
        text = text.replace('"channel"]', '"channel", "segment", ["team", "channel"]]')
        (opened.folder / "audit.toml").write_text(text + '[[segment]]\nname = "lamps"\nwhen = { topic = "lamp" }\n')
        opened.two_nights()
        yield opened


@pytest.fixture
def setting(audited):
    return Setting.here()


def figures(setting):
    with engine.reading(setting.store.engine) as c:
        return pd.DataFrame(cited.latest(c, 10**6, {})), pd.DataFrame(cited.by_id(c, "0", 10**6))


def changed(setting, statement):
    with engine.writing(setting.store.engine) as c:
        assert c.exec_driver_sql(statement).rowcount


def test_one_figure_of_every_kind_follows_from_its_members(setting):
    latest, _ = figures(setting)
    whole = latest[(latest.n > 0) | latest.suppressed_reason.isin([figuring.NO_MEMBER])]
    ordered = whole.sort_values(["n", "figure_id"])
    of_metrics = pd.concat(
        [
            ordered.drop_duplicates("metric", keep="last"),
            ordered.drop_duplicates(["statistic", "weighting"], keep="last"),
            ordered.drop_duplicates(["period", "breakdown", "segment", "maturity"], keep="last"),
        ]
    ).drop_duplicates("figure_id")
    assert set(of_metrics.weighting) >= {"ticket", "customer"}
    assert set(of_metrics.statistic) >= {"count", "rate", "p90", "standing", "per_100", "distinct"}
    assert set(of_metrics.breakdown) >= {"all", "team", "channel"}
    assert set(of_metrics.segment) == {"all", "lamps"}
    for told in of_metrics.astype(object).where(of_metrics.notna(), None).to_dict("records"):
        found = evidence.of(setting, told)
        assert found.disagrees == [], told
        inside = (found.rows.side == "in").sum()
        assert inside == found.recomputed["n"] or found.recomputed["n"] == 0, told


def test_a_figure_that_was_replaced_follows_from_what_was_known_then(setting):
    latest, every = figures(setting)
    older = every[~every.figure_id.isin(latest.figure_id) & (every.n > 0)].drop_duplicates("statistic")
    assert len(older)
    for told in older.astype(object).where(older.notna(), None).to_dict("records"):
        assert evidence.of(setting, told).disagrees == [], told


def asked(metric, **more):
    return citing.Question(metric, "2026-W10", **more)


def test_who_is_out_is_there_with_the_reason(setting):
    rows = evidence.of(setting, citing.only(citing.latest(setting, asked("tickets_created", weighting="ticket")))).rows
    out = rows[rows.side == "out"]
    assert out.ticket.tolist() == ["shop:10"]
    assert "QA traffic" in out.reason.iloc[0]
    assert len(rows) == 10


def test_a_changed_measure_and_a_changed_figure_are_noticed(setting):
    question = asked("first_reply_minutes", statistic="p50", weighting="ticket")
    told = citing.only(citing.latest(setting, question))
    column = "SET first_reply_minutes = first_reply_minutes + {} WHERE first_reply_minutes_state = 'observed'"
    changed(setting, f"UPDATE reply_versions {column.format(1)}")
    found = evidence.of(setting, told)
    assert any("hash is another" in line for line in found.disagrees)
    changed(setting, f"UPDATE reply_versions {column.format(-1)}")
    assert evidence.of(setting, told).disagrees == []
    for column, what in (
        ("n", "n is"),
        ("breakdown_value", "what the figure is about"),
        ("members_hash", "the members"),
    ):
        changed_row = {**told, column: 3 if column == "n" else "x"}
        assert any(line.startswith(what) for line in evidence.of(setting, changed_row).disagrees), column


def test_a_figure_is_found_by_the_beginning_of_its_id_and_by_what_it_is_about(setting):
    told = citing.latest(setting, asked("tickets_created", parts=("team=Billing",), weighting="ticket"))
    assert [row["breakdown_value"] for row in told] == ["Billing"]
    assert citing.by_id(setting, told[0]["figure_id"][:12])["figure_id"] == told[0]["figure_id"]
    for wrong, said in (("", "several"), ("zz", "no published figure")):
        with pytest.raises(Exception, match=said):
            citing.by_id(setting, wrong or "0")
    with pytest.raises(Exception, match="did you mean tickets_created"):
        citing.latest(setting, asked("tickets_createt"))
    with pytest.raises(Exception, match="--statistic"):
        citing.only(citing.latest(setting, asked("first_reply_minutes")))


def test_why_a_figure_changed_adds_up_and_names_tickets(setting):
    question = asked("first_resolution_minutes", weighting="ticket")
    found = whychanged.changes(setting, asked("tickets_solved", weighting="ticket"), 1, 2)
    assert [change.adds_up for change in found] == [True]
    [change] = found
    assert change.before["publication"] < change.after["publication"] == 2
    assert sum(part["part"] for part in change.parts) == pytest.approx(change.after["value"] - change.before["value"])
    assert any("shop:6" in part["named"] for part in change.parts)
    assert all(part["kind"] in ("scheduled", "correction") for part in change.parts)
    assert [c.parts for c in whychanged.changes(setting, question, 2, 2)] == [[]] * len(
        whychanged.changes(setting, question, 2, 2)
    )
    for since, until, said in ((9, None, "no night became"), (2, 1, "is later than")):
        with pytest.raises(Exception, match=said):
            whychanged.changes(setting, question, since, until)


def said(*words):
    return CliRunner().invoke(auditlib, list(words))


def test_the_verbs_say_it_and_end_with_what_it_means(setting):
    about = ["--metric", "tickets_created", "--period", "2026-W10", "--weighting", "ticket"]
    good = said("evidence", *about)
    assert (good.exit_code, "9 in, 1 out" in good.output) == (0, True), good.output
    assert "the figure and the hash of its members agree" in good.output
    figure = json.loads(said("evidence", *about, "--json").stdout)["figure"]
    changed(setting, f"UPDATE figures SET value = value + 1 WHERE figure_id = '{figure['figure_id']}'")
    bad = said("evidence", figure["figure_id"][:10])
    changed(setting, f"UPDATE figures SET value = value - 1 WHERE figure_id = '{figure['figure_id']}'")
    assert (bad.exit_code, "value is 10 in the store, and 9 by its members" in bad.output) == (1, True), bad.output
    why = said("why-changed", "tickets_solved", "2026-W10")
    assert why.exit_code == 0, why.output
    assert "The parts add up to -1, the whole change." in why.output
    assert "shop:6" in why.output
    assert said("evidence").exit_code == 2
    assert said("why-changed", "tickets_solved", "soon").exit_code == 1
