"""Which connection to create for each kind of helpdesk, with the least rights that suffice."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Wanted:
    """A connection to create: the account's rights, and what the variable holds."""

    rights: str
    connection: dict[str, Any]
    token: dict[str, Any] | None = None
    """The extra that takes the place of login and password, if the helpdesk has tokens of their own."""


WANTED = {
    "zendesk": Wanted(
        "An account of its own with the role admin (Zendesk allows its incremental exports to admins only) and an "
        "API token; or an OAuth token of the scope `read`. The audit only ever reads.",
        {"conn_type": "http", "host": "https://acme.zendesk.com", "login": "auditor@acme.com/token", "password": "…"},
        {"token": "…"},
    ),
    "freshdesk": Wanted(
        "An agent of its own with the scope of all tickets, and a role that may view tickets, contacts, companies and "
        "the survey's results, and of the admin's part business hours and service levels; the login is that agent's "
        "API key, the password the letter X. The audit only ever reads.",
        {"conn_type": "http", "host": "https://acme.freshdesk.com", "login": "<API key>", "password": "X"},
    ),
    "front": Wanted(
        "An API token (Settings, Developers, API tokens) that may read shared resources, and nobody's private ones, "
        "with the scopes of conversations, messages, comments, events, inboxes, teammates and custom fields. The audit "
        "only ever reads.",
        {"conn_type": "http", "host": "https://api2.frontapp.com", "extra": {"token": "…"}},
    ),
    "gorgias": Wanted(
        "A user of its own, of the lowest role that may see every ticket; the login is that user's e-mail address, the "
        "password an API key (Settings, REST API). The audit only ever reads.",
        {"conn_type": "http", "host": "https://acme.gorgias.com", "login": "auditor@acme.com", "password": "…"},
        {"token": "…"},
    ),
    "help_scout": Wanted(
        "An app (your profile, My apps) of a user of its own who may see every mailbox that is audited; the login is "
        "the app's id, the password its secret. The audit only ever reads.",
        {
            "conn_type": "http",
            "host": "https://api.helpscout.net",
            "login": "<app id>",
            "password": "…",
            "extra": {"token_path": "/v2/oauth2/token"},
        },
    ),
    "hubspot": Wanted(
        "A private app of the account with the scopes tickets, conversations.read, crm.objects.contacts.read, "
        "crm.objects.companies.read and crm.objects.owners.read; the token is that app's. The audit only ever reads.",
        {"conn_type": "http", "host": "https://api.hubapi.com", "extra": {"token": "…"}},
    ),
    "intercom": Wanted(
        "A private app of the workspace (Developer Hub) with an access token that may read conversations and "
        "tickets, read and list users and companies, and read admins and teams; the host is that of the workspace's "
        "region. The audit only ever reads.",
        {
            "conn_type": "http",
            "host": "https://api.intercom.io",
            "extra": {"token": "…", "headers": {"Intercom-Version": "2.14"}},
        },
    ),
    "jira_service_management": Wanted(
        "An account of its own that is an agent (role Service Desk Team) of every service project that is audited and "
        "may browse all of its issues; the login is its address, the password an API token. The audit only ever reads.",
        {"conn_type": "http", "host": "https://acme.atlassian.net", "login": "auditor@acme.com", "password": "…"},
    ),
    "salesforce": Wanted(
        "A connected app with the client-credentials flow that runs as a user of its own: API Enabled, and for reading "
        "alone all records of Case, Contact, Account and User with their history, mails and comments; the login is the "
        "app's consumer key, the password its secret. The audit only ever reads.",
        {
            "conn_type": "http",
            "host": "https://acme.my.salesforce.com",
            "login": "<consumer key>",
            "password": "…",
            "extra": {"token_path": "/services/oauth2/token"},
        },
    ),
    "servicenow": Wanted(
        "A user of its own, web service access only, with the role snc_read_only and access rules that let it read "
        "incident (or sn_customerservice_case), sys_audit, sys_audit_delete, sys_journal_field, sys_choice, "
        "sys_dictionary, sys_user, sys_user_has_role, sys_user_group and core_company (or customer_account). The audit "
        "only ever reads.",
        {"conn_type": "http", "host": "https://acme.service-now.com", "login": "auditor", "password": "…"},
        {"token": "…"},
    ),
    "zammad": Wanted(
        "A user of its own whose role has the permission ticket.agent, read access to every group that is audited, and "
        "of the admin's part admin.calendar, admin.sla and admin.object; and a token of that user with the same "
        "permissions. The audit only ever reads.",
        {"conn_type": "http", "host": "https://zammad.acme.com", "extra": {"authorization": "Token token=…"}},
    ),
    "request_tracker": Wanted(
        "A privileged user of its own, in no agents' group, with SeeQueue, ShowTicket, ShowTicketComments and "
        "SeeCustomField on every queue that is audited, and nothing else. The audit only ever reads.",
        {"conn_type": "http", "host": "https://rt.acme.com", "login": "auditor", "password": "…"},
        {"authorization": "token 1-14-…"},
    ),
    "django_helpdesk": Wanted(
        "An account of the database that may SELECT from the tables helpdesk_ticket, helpdesk_followup, "
        "helpdesk_ticketchange, helpdesk_queue, helpdesk_customfield and helpdesk_ticketcustomfieldvalue, and of "
        "auth_user the columns id, username, first_name, last_name, email, is_staff and is_active; for SQLite, the "
        "type sqlite and the file as host. The audit only ever reads.",
        {
            "conn_type": "postgres",
            "host": "db.acme.com",
            "schema": "helpdesk",
            "login": "audit_reader",
            "password": "…",
        },
    ),
}
"""Kinds of our own; a company's own source says in its docstring what it needs."""


def variable(name: str) -> str:
    """The variable that holds a connection outside a scheduler."""
    return f"AIRFLOW_CONN_{name.upper()}"


def instructions(kind: str, name: str, page: str) -> list[str]:
    """How to create the connection, in lines."""
    wanted = WANTED.get(kind)
    if wanted is None:
        return [f"The connection {name!r}, as the source's own page says:", *page.strip().splitlines()]
    lines = [
        wanted.rights,
        "",
        f"As a variable:  export {variable(name)}='{json.dumps(wanted.connection, ensure_ascii=False)}'",
    ]
    told = {
        key: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for key, value in wanted.connection.items()
    }
    arguments = [f"--conn-{key.replace('_', '-')} '{value}'" for key, value in told.items()]
    lines.append(f"In Airflow:     airflow connections add {name} {' '.join(arguments).replace('conn-conn-', 'conn-')}")
    if wanted.token:
        lines.append(f'With a token:   "extra": {json.dumps(wanted.token, ensure_ascii=False)} takes the place of both')
    return lines
