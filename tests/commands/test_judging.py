"""From pairs that people judged to what the page says of links: simulated until enough are judged."""

import csv
import pathlib

import pytest

from auditlib.figures.link_quality import quality


def told(desk):
    """What the page says of how right links are."""
    page = pathlib.Path(desk.folder, desk.data("page")["page"]).read_text("utf-8")
    lines = [line for line in page.splitlines() if "is simulated" in line or "linked pair" in line]
    assert len(lines) == 1
    return lines[0]


def test_the_page_says_simulated_until_people_have_judged(copied):
    assert "How often links are right is simulated" in told(copied)
    pairs = copied.folder / "pairs.csv"
    written = copied.data("try", "came_back", "--pairs", "200", "--to", str(pairs))
    with pairs.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == written["pairs"] > 3

    def judge(some, word):
        for row in some:
            row["same_issue"] = word
        with pairs.open("w", newline="") as file:
            sheet = csv.DictWriter(file, rows[0].keys())
            sheet.writeheader()
            sheet.writerows(rows)
        said = copied("try", "came_back", "--labels", str(pairs))
        assert said.exit_code == 0, said.output
        assert f"Kept what you said of {sum(row['same_issue'] != '' for row in rows)} pairs" in said.output

    judge(rows[:1], "yes")
    after_one = told(copied)
    assert "simulated" in after_one
    assert "1 pair was judged so far" in after_one
    judge(rows, "yes")
    judge(rows[:2], "no")  # what is said again replaces what was said before
    after_all = told(copied)
    assert "simulated" not in after_all
    assert f"Of {len(rows)} linked pairs that people read here" in after_all
    layers = {row["layer"] for row in rows}
    links = {layer: sum(row["layer"] == layer for row in rows) for layer in layers}
    right = {layer: sum(row["layer"] == layer and row["same_issue"] == "yes" for row in rows) for layer in layers}
    for layer in layers:
        assert f"{layer} {right[layer]} of {links[layer]}" in after_all
    # Every link was judged, so that weights make no difference.
    assert f"{100 * (len(rows) - 2) / len(rows):.1f} % are about one issue" in after_all


def test_rare_layers_weigh_what_they_are():
    """Of 1,000 links nine in ten are of one topic; of either layer a hundred were judged, 90 and 50 of them right."""
    found = quality({"topic": 900, "said": 100}, {"topic": (100, 90), "said": (100, 50)})
    assert found.share == pytest.approx(0.9 * 0.9 + 0.1 * 0.5)
    # Standard error by hand: the root of 0.9² · 0.9 · 0.1 / 100 + 0.1² · 0.5 · 0.5 / 100 = 0.0275.
    assert found.low == pytest.approx(0.86 - 1.96 * 0.0275, abs=0.015)
    assert found.high == pytest.approx(0.86 + 1.96 * 0.0275, abs=0.015)
    assert found.is_enough


def test_too_few_are_not_enough_and_all_of_few_are():
    assert not quality({"topic": 900}, {"topic": (199, 190)}).is_enough
    assert quality({"topic": 900}, {"topic": (200, 190)}).is_enough
    assert quality({"topic": 30}, {"topic": (30, 30)}).is_enough
    assert quality({"topic": 30}, {"topic": (30, 30)}).low < 0.9
    assert quality({"topic": 30}, {}) is None
    assert quality({}, {"topic": (30, 30)}) is None
