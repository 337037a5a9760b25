"""The documents: what is generated is current, what is written by hand leads somewhere."""

import pathlib
import re

import pytest

from auditlib import metrics
from auditlib.caselog.words import Marker
from auditlib.pages import docs, text_rules
from auditlib.pages.marked import markers
from auditlib.store import dictionary

HOUSE = pathlib.Path(__file__).parents[1]
WRITTEN = [HOUSE / "README.md", HOUSE / "CONTRIBUTING.md", HOUSE / "CHANGELOG.md", *sorted(docs.DOCS.rglob("*.md"))]
LINK = re.compile(r"(?<!!)\[[^\]\n]+\]\(([^)\s#]+)(?:#[^)\s]*)?\)|!\[[^\]]*\]\(([^)\s]+)\)")


@pytest.fixture(scope="module")
def pages():
    return docs.pages()


def test_generated_documents_are_current(pages):
    stale = [name for name, text in pages.items() if _read(docs.DOCS / name) != text]
    assert not stale, "run `make docs` and commit the result"


def test_no_generated_document_is_left_behind(pages):
    assert docs.orphans(docs.DOCS, pages) == []


def test_generating_twice_gives_the_same(pages):
    assert docs.pages() == pages


def test_what_is_no_longer_generated_is_removed(tmp_path):
    docs.write(tmp_path)
    (tmp_path / "metrics" / "gone.md").write_text("old")
    assert docs.write(tmp_path) == [tmp_path / "metrics" / "gone.md"]
    assert docs.write(tmp_path) == []


def test_every_table_view_and_column_has_its_sentence():
    families = metrics.load_all()
    for entry in [*dictionary.views(families), *dictionary.tables(families)]:
        assert entry.sentence, entry.name
        assert entry.columns, entry.name
        for column in entry.columns:
            assert column.sentence, f"{entry.name}.{column.name}"


def test_every_metric_has_its_page_and_its_rows_in_the_dictionary(pages):
    for family, modules in metrics.load_all().items():
        for name, module in modules.items():
            assert f"metrics/{family}/{name}.md" in pages
            for column in module.METRIC.columns:
                assert f"`{column}`" in pages["data-dictionary.md"]


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.relative_to(HOUSE).as_posix())
def test_links_within_the_project_lead_somewhere(page):
    for found in LINK.findall(page.read_text(encoding="utf-8")):
        target = found[0] or found[1]
        if "://" not in target and not target.startswith("mailto:"):
            assert (page.parent / target).exists(), target


def _read(path):
    return path.read_text(encoding="utf-8") if path.exists() else ""


def test_a_metrics_page_says_how_often_the_rules_that_it_rests_on_are_right(pages):
    families = metrics.load_all()
    chasers, promises = markers(families["chasers"]["lexical"]), markers(families["promises"]["kept"])
    assert Marker.update_request in chasers
    assert {Marker.promise, Marker.vague_promise} <= set(promises)
    assert Marker.refusal in markers(families["outcome"]["outcome"])
    assert Marker.returning in markers(families["repeat"]["came_back"])
    assert Marker.refusal not in chasers
    page = pages["metrics/chasers/lexical.md"]
    (row,) = (line for line in page.splitlines() if line.startswith("| `update_request`"))
    assert row in text_rules.page()
