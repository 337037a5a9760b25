"""What is measured depends on what was told: not on the host's time zone, nor on the order of rows."""

import json
import os
import subprocess
import sys

from tests.pipeline.measured import measured


def test_another_time_zone_and_another_order_of_rows_measure_the_same(tmp_path):
    here = measured(tmp_path / "here")
    elsewhere = {**os.environ, "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "4"}
    command = [sys.executable, "-m", "tests.pipeline.measured", str(tmp_path / "there"), "11"]
    printed = subprocess.run(command, env=elsewhere, capture_output=True, text=True, check=True).stdout
    there = json.loads(printed.splitlines()[-1])
    assert {name: len(rows) for name, rows in here.items() if name in ("ticket", "turns")} == {
        "ticket": 10,
        "turns": 11,
    }
    for name, rows in here.items():
        assert there[name] == rows, name
