"""Which tests stay together on one core, and which begin first: `pytest -n logical --dist loadgroup`.

What a file makes for all of its tests, such as a company that was audited for two nights, is made once only if they
run in one process. xdist 3.8 writes a test's group into its name, which pytest 9.2 has no use for
(github.com/pytest-dev/pytest-xdist/issues/1386): without this module each test goes to whichever core is free.
"""

from __future__ import annotations

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("answer_key", "commands", "dags", "edge_cases", "request_tracker")
"""Folders whose tests share an audited world or a server that takes long to make."""
APART = ("proofs", "test_mutants.py")
"""Where tests share nothing and take long."""
LONGEST = (
    "dags", "pipeline/test_killed.py", "commands", "pipeline/test_bad_input.py", "pipeline/test_repeated.py",
    "sources/test_same_company.py", "request_tracker", "test_views.py", "pipeline/test_past_nights.py",
    "pipeline/test_postgresql.py", "pipeline/test_missing_sources.py", "test_reasons.py", "pipeline/test_new_metric.py",
    "pipeline/test_two_helpdesks.py", "answer_key",
)  # fmt: skip
"""Groups that take more than half a minute, the longest first: one that began last would keep a core waiting."""


def group(test: str) -> str:
    """The group of a test by its name: its folder, its file or itself."""
    file = test.split("::")[0].removeprefix("tests/")
    folder = file.split("/")[0]
    return folder if folder in TOGETHER else test if folder in APART else file


def place(test: str) -> int:
    """How early a test begins: those of the longest groups first."""
    return LONGEST.index(group(test)) if group(test) in LONGEST else len(LONGEST)


class Groups(LoadScopeScheduling):
    """Gives each group to one core as a whole, in the order in which the tests are."""

    def __init__(self, config: pytest.Config, log: Producer) -> None:
        config.option.loadscopereorder = False  # by how many tests a group has, which says nothing of how long it takes
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)
