"""What all tests share: how many cases properties try, and which tests stay together on one core.

`HYPOTHESIS_PROFILE=proof` tries ten thousand cases (or `PROOF_CASES`), and takes the time that they take.
"""

import os
import pathlib

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("default", max_examples=50, deadline=None, derandomize=True)
settings.register_profile(
    "proof",
    max_examples=int(os.environ.get("PROOF_CASES", 10_000)),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "default")
settings.load_profile(PROFILE)

HERE = pathlib.Path(__file__).parent
TOGETHER = ("answer_key", "commands", "dags", "edge_cases", "request_tracker")
"""Folders whose tests share an audited world or a server that takes long to make."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With several cores, the tests of a file run on one of them; those of some folders do too.

    A proof is never cut off: it would look like a counterexample.
    """
    for item in items:
        folder, *rest = item.path.relative_to(HERE).parts
        group = folder if folder in TOGETHER else "/".join([folder, *rest])
        item.add_marker(pytest.mark.xdist_group(group))
        if PROFILE == "proof":
            item.add_marker(pytest.mark.timeout(0))
