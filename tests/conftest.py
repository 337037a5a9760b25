"""What all tests share: how many cases properties try, and how they are given to several cores.

`HYPOTHESIS_PROFILE=proof` tries ten thousand cases (or `PROOF_CASES`), and takes the time that they take.
"""

import os
from typing import Any

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


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On several cores, what takes longest begins first.

    A proof is never cut off: it would look like a counterexample.
    """
    if PROFILE == "proof":
        for item in items:
            item.add_marker(pytest.mark.timeout(0))
    if hasattr(config, "workerinput"):
        from tests.cores import place

        items.sort(key=lambda item: place(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Tests that share what takes long to make stay on one core."""
    if config.getvalue("dist") != "loadgroup":
        return None
    from tests.cores import Groups

    return Groups(config, log)
