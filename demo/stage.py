"""Where the demo and `make up` play: an Airflow home, a helpdesk on loopback, and nothing outside the checkout."""

from __future__ import annotations

import json
import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
POOL = ("helpdesk_api", 4, "helpdesks asked at once")


def set_up(home: pathlib.Path, config: pathlib.Path, helpdesk: str, login: str, token: str) -> None:
    """Sets what Airflow and auditlib read from the environment; before anything imports airflow."""
    home.mkdir(parents=True, exist_ok=True)
    connection = {"conn_type": "http", "host": helpdesk, "login": f"{login}/token", "password": token}
    os.environ |= {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home}/airflow.db",
        "AIRFLOW_CONN_SANDBOX": json.dumps(connection),
        "AUDITLIB_CONFIG": str(config),
        "PATH": f"{pathlib.Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",  # standalone calls airflow
    }
