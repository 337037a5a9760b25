"""Pairs that people judge: written for a spreadsheet, read back, mistakes named with their line."""

import pandas as pd
import pytest

from auditlib.pipeline import labelling
from auditlib.pipeline.setting import Setting
from auditlib.store import engine, runs
from tests import shop


def test_pairs_are_written_judged_and_read_back(tmp_path):
    with shop.opened(tmp_path / "shop") as opened:
        opened.deliver("1", shop.TICKETS, shop.events(shop.TICKETS), "2026-03-15T00:00:00Z")
        opened.night("2026-03-14")
        setting = Setting.here()
        with engine.reading(setting.store.engine) as c:
            run = runs.last_published(c, before=1 << 40)
        rows = labelling.pairs(setting, run, 200)
    (pair,) = rows.itertuples()
    assert (pair.earlier, pair.later, pair.layer, pair.same_issue) == ("shop:1", "shop:2", "topic", "")
    assert pair.later_subject == "Invoice again"
    labelling.write(rows.assign(earlier_subject=shop.FORMULA, same_issue="Yes "), tmp_path / "pairs.csv")
    assert pd.read_csv(tmp_path / "pairs.csv").earlier_subject[0].startswith("'=")
    assert labelling.precision(tmp_path / "pairs.csv") == {
        "all": {"judged": 1, "precision": 1.0},
        "topic": {"judged": 1, "precision": 1.0},
    }


def test_precision_is_told_by_layer_and_of_what_was_judged_only(tmp_path):
    path = tmp_path / "pairs.csv"
    path.write_text("layer,same_issue\ntopic,yes\ntopic,no\nsaid,\nexplicit,yes\n")
    found = labelling.precision(path)
    assert {layer: one["precision"] for layer, one in found.items()} == {"all": 2 / 3, "topic": 0.5, "explicit": 1.0}


@pytest.mark.parametrize(("text", "told"), [
    ("layer,same_issue\ntopic,maybe\n", "line 2: same_issue is 'maybe'"),
    ("layer\ntopic\n", "has no column same_issue"),
])  # fmt: skip
def test_what_cannot_be_read_is_named(tmp_path, text, told):
    path = tmp_path / "pairs.csv"
    path.write_text(text)
    with pytest.raises(labelling.BadLabels, match=told):
        labelling.precision(path)
