"""On several cores, what a file or a folder makes for its tests is made once."""

import collections
import os
import pathlib
import re
import subprocess
import sys

import pytest

from tests import cores

HERE = pathlib.Path(__file__).parent
FILES = ("tests/config/test_reading.py", "tests/caselog/test_dues.py", "tests/caselog/test_looks.py")


def test_the_tests_of_a_file_run_on_one_core():
    command = [sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider", "-n", "2", "--dist", "loadgroup", *FILES]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    said = subprocess.run(command, cwd=HERE.parent, env=environment, capture_output=True, text=True).stdout
    seen = collections.defaultdict(set)
    for core, file in re.findall(r"\[(gw\d)\].* PASSED (\S+?)::", said):
        seen[file].add(core)
    assert set(seen) == set(FILES), said
    assert {len(on) for on in seen.values()} == {1}
    assert len(set.union(*seen.values())) == 2


@pytest.mark.parametrize("name", [*cores.TOGETHER, *cores.APART, *cores.LONGEST])
def test_every_group_that_is_named_is_there(name):
    assert (HERE / name).exists()
