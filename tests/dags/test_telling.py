"""Whom alerts reach, which errors are tried again, and how a helpdesk's connection is handed over."""

from __future__ import annotations

import json
from collections.abc import Callable
from email.message import EmailMessage

import pytest

from auditlib.config import ConfigError
from auditlib.pipeline import Refused
from auditlib.sources import CredentialsRefused, SourceChanged, SourceError
from tests.dags.nights import Night


def test_a_mail_says_the_words_and_reads_none_of_them_as_a_template(letters: list[EmailMessage]) -> None:
    from auditlib_airflow.telling import tell

    tell("mail", "Refused", "the helpdesk said {{ 6 * 7 }} <b>")
    text = letters[0].get_payload(0).get_payload(decode=True).decode()
    assert letters[0]["to"] == "oncall@acme.example"
    assert "{{ 6 * 7 }} &lt;b&gt;" in text


@pytest.mark.parametrize(
    ("connection", "words"),
    [
        ({"conn_type": "slackwebhook"}, "install apache-airflow-providers-slack"),
        ({"conn_type": "postgres"}, "is of kind 'postgres'; alerts go to smtp, slack"),
        ({"conn_type": "smtp", "host": "localhost"}, 'add "to": "oncall@acme.com" to its extra'),
    ],
)
def test_a_connection_that_cannot_tell_anybody_says_what_to_do(
    connection: dict[str, str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from auditlib_airflow.telling import tell

    monkeypatch.setenv("AIRFLOW_CONN_PAGER", json.dumps(connection))
    with pytest.raises((ImportError, ValueError), match=words):
        tell("pager", "Late", "…")


@pytest.mark.parametrize(
    ("error", "action"),
    [
        (ConfigError([]), "fail"),
        (CredentialsRefused("401"), "fail"),
        (SourceChanged("a new status"), "fail"),
        (Refused("a gate"), "fail"),
        (SourceError("no answer"), "default"),
        (OSError("the disk"), "default"),
    ],
)
def test_only_what_may_pass_is_tried_again(error: Exception, action: str) -> None:
    from auditlib_airflow.retries import ByKindOfError

    assert ByKindOfError().evaluate(error, try_number=1, max_tries=3).action.value == action


def test_a_connection_is_handed_over_as_plain_words(
    night: Callable[..., Night], monkeypatch: pytest.MonkeyPatch
) -> None:
    from auditlib_airflow.connections import connection_of

    night("sandbox", "unknown")
    given = {"conn_type": "http", "host": "https://acme.example", "password": "p", "extra": {"token": "t"}}
    monkeypatch.setenv("AIRFLOW_CONN_SANDBOX", json.dumps(given))
    handed = connection_of("sandbox")
    assert handed is not None
    assert handed.items() >= given.items()
    assert connection_of("unknown") is None
