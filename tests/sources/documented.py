"""What the vendors' published descriptions of their APIs know of what we ask: method, path, parameters.

Zendesk: https://developer.zendesk.com/api-reference/ and its OpenAPI description, whose paths end without .json;
`page[…]` is of its cursor pagination, `per_page`, `include` and `cursor` of its incremental exports.
Freshdesk: https://developers.freshdesk.com/api/ · Zammad: https://docs.zammad.org/en/latest/api/intro.html
Intercom: https://github.com/intercom/Intercom-OpenAPI, version 2.14 · Jira:
https://developer.atlassian.com/cloud/jira/platform/swagger-v3.v3.json and
https://developer.atlassian.com/cloud/jira/service-desk/swagger.v3.json
"""

from __future__ import annotations

import re
from collections.abc import Mapping

Operations = Mapping[str, str]
"""METHOD and path → the parameters that may be sent: `name`, `name:integer` or `name:these|words`, blanks between."""

PAGED = "page[size] page[after] page[before]"
EXPORT = "start_time cursor per_page include exclude_deleted support_type_scope"
ZENDESK: Operations = {
    "GET /api/v2/incremental/tickets/cursor": EXPORT,
    "GET /api/v2/incremental/users/cursor": EXPORT,
    "GET /api/v2/tickets/{ticket_id}/audits": f"{PAGED} sort filter_events[] include",
    "GET /api/v2/tickets/count": "",
    "GET /api/v2/groups": f"{PAGED} exclude_deleted user_id",
    "GET /api/v2/organizations": PAGED,
    "GET /api/v2/custom_statuses": "status_categories active default",
    "GET /api/v2/business_hours/schedules": "",
    "GET /api/v2/business_hours/schedules/{schedule_id}/holidays": "",
    "GET /api/v2/slas/policies": "",
    "GET /api/v2/ticket_fields": f"{PAGED} locale creator",
    "GET /api/v2/audit_logs": f"{PAGED} filter[source_type] filter[source_id] filter[actor_id] filter[ip_address] "
    "filter[created_at][] filter[action] sort sort_by sort_order",
}
NUMBERED = "page per_page"
FRESHDESK: Operations = {
    "GET /api/v2/tickets": f"{NUMBERED} filter requester_id email unique_external_id company_id updated_since "
    "order_by order_type include",
    "GET /api/v2/tickets/{id}": "include",
    "GET /api/v2/tickets/{id}/conversations": NUMBERED,
    "GET /api/v2/tickets/{id}/satisfaction_ratings": NUMBERED,
    "GET /api/v2/surveys/satisfaction_ratings": f"{NUMBERED} created_since user_id",
    "GET /api/v2/search/tickets": "query page",
    "GET /api/v2/ticket_fields": f"{NUMBERED} type",
    "GET /api/v2/contacts": f"{NUMBERED} email mobile phone company_id state _updated_since unique_external_id",
    "GET /api/v2/agents": f"{NUMBERED} email mobile phone state",
    "GET /api/v2/groups": NUMBERED,
    "GET /api/v2/companies": NUMBERED,
    "GET /api/v2/business_hours": NUMBERED,
    "GET /api/v2/sla_policies": NUMBERED,
}
EXPANDED = f"{NUMBERED} expand"
SEARCH = f"{EXPANDED} query limit sort_by order_by with_total_count"
ZAMMAD: Operations = {
    "GET /api/v1/tickets": EXPANDED,
    "GET /api/v1/tickets/search": SEARCH,
    "GET /api/v1/users/search": SEARCH,
    "GET /api/v1/organizations/search": SEARCH,
    "GET /api/v1/ticket_history/{id}": "",
    "GET /api/v1/ticket_articles/by_ticket/{id}": "expand",
    "GET /api/v1/ticket_states": EXPANDED,
    "GET /api/v1/groups": EXPANDED,
    "GET /api/v1/object_manager_attributes": EXPANDED,
    "GET /api/v1/calendars": EXPANDED,
    "GET /api/v1/slas": EXPANDED,
}
INTERCOM: Operations = {
    "GET /me": "",
    "GET /admins": "display_avatar:true|false",
    "GET /teams": "",
    "GET /data_attributes": "model:contact|company|conversation include_archived:true|false",
    "POST /conversations/search": "",
    "GET /conversations/{conversation_id}": "display_as include_translations:true|false",
    "POST /contacts/search": "",
    "POST /companies/list": "page:integer per_page:integer order:asc|desc",
}
PLACED = "startAt:integer maxResults:integer"
JIRA: Operations = {
    "GET /rest/api/3/myself": "expand",
    "GET /rest/api/3/field": "",
    "GET /rest/api/3/status": "",
    "GET /rest/api/3/search/jql": "jql nextPageToken maxResults:integer fields expand properties "
    "fieldsByKeys:true|false failFast:true|false reconcileIssues:integer",
    "POST /rest/api/3/search/approximate-count": "",
    "GET /rest/api/3/issue/{issueIdOrKey}/changelog": PLACED,
    "GET /rest/api/3/issue/{issueIdOrKey}/comment": f"{PLACED} orderBy:created|-created|+created expand",
    "GET /rest/servicedeskapi/servicedesk": "start:integer limit:integer",
}
DOCUMENTED: Mapping[str, Operations] = {
    "zendesk": ZENDESK,
    "freshdesk": FRESHDESK,
    "zammad": ZAMMAD,
    "intercom": INTERCOM,
    "jira_service_management": JIRA,
}
REQUIRED: Mapping[str, Mapping[str, str]] = {
    "zendesk": {
        "GET /api/v2/incremental/tickets/cursor": "start_time|cursor",
        "GET /api/v2/incremental/users/cursor": "start_time|cursor",
    },
    "freshdesk": {"GET /api/v2/search/tickets": "query"},
    "zammad": {
        "GET /api/v1/tickets/search": "query",
        "GET /api/v1/users/search": "query",
        "GET /api/v1/organizations/search": "query",
    },
    "intercom": {},
    "jira_service_management": {"GET /rest/api/3/search/jql": "jql"},
}
"""Parameters without which a request is refused; of several with a bar between them, one."""


def operation(operations: Operations, method: str, path: str) -> str | None:
    """The documented operation that a request is; a fixed path goes before one with a variable."""
    for told in sorted(operations, key=lambda told: told.count("{")):
        theirs, _, template = told.partition(" ")
        pattern = re.sub(r"\{\w+\}", "[^/]+", re.escape(template).replace(r"\{", "{").replace(r"\}", "}"))
        if method == theirs and re.fullmatch(pattern, path):
            return told
    return None


def allowed(told: str) -> Mapping[str, str]:
    """The parameters of an operation, each with what its values may be; nothing where any may."""
    return {name: kind for name, _, kind in (one.partition(":") for one in told.split())}


def fits(value: str, kind: str) -> bool:
    """Whether a parameter's value is what the description allows."""
    return not kind or (value.isdigit() if kind == "integer" else value in kind.split("|"))
