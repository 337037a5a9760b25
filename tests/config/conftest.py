"""A company's folder, and no variables of the machine that runs the tests."""

from __future__ import annotations

import pathlib

import pytest


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AUDITLIB_CONFIG", raising=False)
    monkeypatch.delenv("AUDITLIB_STORE", raising=False)


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A company's folder, with extensions and a calendar, in which a configuration may stand."""
    folder = tmp_path_factory.mktemp("company")
    (folder / "company/metrics").mkdir(parents=True)
    (folder / "company/sources").mkdir()
    (folder / "company/sources/desk_of_ours.py").write_text('"""A helpdesk of our own."""\n')
    (folder / "closed.csv").write_text("date,until,name\n2026-08-03,2026-08-14,Summer\n")
    return folder
