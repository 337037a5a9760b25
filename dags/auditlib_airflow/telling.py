"""A message through the Airflow connection that `[alerts]` names, by the notifier of its kind."""

from __future__ import annotations

import html
import importlib
import logging
from collections.abc import Callable
from typing import Any

from airflow.sdk import Connection

log = logging.getLogger(__name__)


def tell(connection: str | None, subject: str, body: str) -> None:
    """Sends the message; without a connection it stands in the log only."""
    log.warning("%s\n%s", subject, body)
    if connection is None:
        return
    found = Connection.get(connection)
    if found.conn_type not in NOTIFIERS:
        kinds = ", ".join(NOTIFIERS)
        raise ValueError(f"the connection {connection!r} is of kind {found.conn_type!r}; alerts go to {kinds}")
    path, package, arguments = NOTIFIERS[found.conn_type]
    notifier = _class(path, package, connection)(**arguments(found, subject, body))
    notifier.notify({})  # not called: that would read what helpdesks say in errors as a Jinja template


def _class(path: str, package: str, connection: str) -> Callable[..., Any]:
    module, _, name = path.rpartition(".")
    try:
        return getattr(importlib.import_module(module), name)
    except ImportError as error:
        remedy = f"install {package} beside Airflow, on the scheduler's, the DAG processor's and the workers' side"
        raise ImportError(f"alerts to the connection {connection!r} need a provider: {remedy}") from error


def _extra(found: Connection, key: str, example: str) -> Any:
    """What only the connection can say, such as who gets the mail."""
    try:
        return found.extra_dejson[key]
    except KeyError:
        right = f'add "{key}": "{example}" to its extra'
        raise ValueError(f"the connection {found.conn_id!r} does not say {key}; {right}") from None


def _mail(found: Connection, subject: str, body: str) -> dict[str, Any]:
    return {
        "smtp_conn_id": found.conn_id,
        "to": _extra(found, "to", "oncall@acme.com"),
        "from_email": _extra(found, "from_email", "audit@acme.com"),
        "subject": subject,
        "html_content": f"<pre>{html.escape(body)}</pre>",
    }


def _slack(found: Connection, subject: str, body: str) -> dict[str, Any]:
    channel = _extra(found, "channel", "#support-audit")
    return {"slack_conn_id": found.conn_id, "channel": channel, "text": f"*{subject}*\n{body}"}


def _slack_webhook(found: Connection, subject: str, body: str) -> dict[str, Any]:
    return {"slack_webhook_conn_id": found.conn_id, "text": f"*{subject}*\n{body}"}


def _pagerduty(found: Connection, subject: str, body: str) -> dict[str, Any]:
    return {
        "pagerduty_events_conn_id": found.conn_id,
        "summary": subject,
        "severity": "error",
        "source": "auditlib",
        "dedup_key": subject,  # a run that fails again is the same incident
        "custom_details": {"text": body},
    }


def _webhook(found: Connection, subject: str, body: str) -> dict[str, Any]:
    return {"http_conn_id": found.conn_id, "json": {"subject": subject, "body": body}}


_PROVIDERS = "airflow.providers"
_PACKAGE = "apache-airflow-providers"
NOTIFIERS = {
    "smtp": (f"{_PROVIDERS}.smtp.notifications.smtp.SmtpNotifier", f"{_PACKAGE}-smtp", _mail),
    "slack": (f"{_PROVIDERS}.slack.notifications.slack.SlackNotifier", f"{_PACKAGE}-slack", _slack),
    "slackwebhook": (
        f"{_PROVIDERS}.slack.notifications.slack_webhook.SlackWebhookNotifier",
        f"{_PACKAGE}-slack",
        _slack_webhook,
    ),
    "pagerduty_events": (
        f"{_PROVIDERS}.pagerduty.notifications.pagerduty.PagerdutyNotifier",
        f"{_PACKAGE}-pagerduty",
        _pagerduty,
    ),
    "http": (f"{_PROVIDERS}.http.notifications.http.HttpNotifier", f"{_PACKAGE}-http", _webhook),
}
"""Kind of connection → notifier, the package that brings it, and what it is told."""
