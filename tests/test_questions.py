"""docs/questions.md: its statements are the files', its answers those of the demo."""

import os
import re
import runpy

import pytest

from auditlib.pages import questions as pages
from auditlib.pipeline.setting import Setting
from auditlib.store.questions import questions


@pytest.fixture(scope="module")
def text():
    return pages.PAGE.read_text(encoding="utf-8")


def test_the_page_has_every_question_with_its_statement_and_an_answer(text):
    told = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    assert len(told) == len(questions()) == 10
    for section, question in zip(told, questions(), strict=True):
        assert section.startswith(f"{question.title}\n")
        assert f"```sql\n{question.statement}\n```" in section
        assert re.search(r"^On the demo.*:\n\n(\| |\*Nothing)", section, re.MULTILINE)


def test_the_answers_are_of_todays_questions_demo_and_definitions(text):
    assert pages.is_current(text), "run `make demo`, then `make questions`, and commit docs/questions.md"


def test_answers_of_another_question_or_definition_are_noticed(text, monkeypatch):
    monkeypatch.setattr(pages, "questions", lambda: questions()[1:])
    assert not pages.is_current(text)
    monkeypatch.undo()
    assert not pages.is_current(text.replace("<!-- digest: ", "<!-- digest: 0"))
    assert not pages.is_current("")


def test_a_cell_is_text_and_never_markup():
    assert pages._cell("<b>|*x*|</b>") == r"\<b\>\|\*x\*\|\</b\>"
    assert [pages._cell(value) for value in (None, 0.123456, 1234.5, 7)] == ["", "0.1235", "1234", "7"]


@pytest.mark.skipif(os.environ.get("HYPOTHESIS_PROFILE") != "proof", reason="three nights: make proof")
def test_the_answers_are_those_that_the_demo_gives(text, tmp_path, monkeypatch):
    """The demo's nights by the same steps, without Airflow around them."""
    monkeypatch.setenv("AUDITLIB_CONFIG", str(tmp_path / "audit.toml"))
    monkeypatch.setenv("AIRFLOW_CONN_SANDBOX", "")  # what the nights put there is taken back
    runpy.run_path(str(pages.HOUSE / "demo" / "nights.py"))["play"](tmp_path)
    assert pages.page(Setting.here()) == text
