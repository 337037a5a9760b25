"""What the vendors' published descriptions of their APIs say of what we ask, as a server would hold us to it.

Zendesk: https://developer.zendesk.com/api-reference/ and its OpenAPI description, whose paths end without .json;
`page[…]` is of its cursor pagination, which older versions of the OpenAPI description tell in words only; these also
require `start_time` of an export with every cursor. `per_page`, `include` and `exclude_deleted` of the ticket export
are described in its guide (https://developer.zendesk.com/documentation/ticketing/managing-tickets/using-the-incremental-export-api)
and not in the OpenAPI description: `INFORMAL`.
Freshdesk: https://developers.freshdesk.com/api/ · Zammad: https://docs.zammad.org/en/latest/api/intro.html
Intercom: https://github.com/intercom/Intercom-OpenAPI, version 2.14 · Jira:
https://developer.atlassian.com/cloud/jira/platform/swagger-v3.v3.json and
https://developer.atlassian.com/cloud/jira/service-desk/swagger.v3.json
HubSpot: https://github.com/HubSpot/HubSpot-public-api-spec-collection · ServiceNow: https://www.servicenow.com/docs/
(REST API reference, Table API and Aggregate API) · Help Scout: https://developer.helpscout.com/mailbox-api/ ·
Gorgias: https://developers.gorgias.com/reference/ · Front: https://github.com/frontapp/front-api-specs (Core API),
whose query object `q` a guide writes out (https://dev.frontapp.com/docs/query-object-q) ·
Salesforce: https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/
"""

from __future__ import annotations

import base64
import binascii
import datetime
import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.sources.documented_bodies import BODIES

Operations = Mapping[str, str]
"""METHOD and path → the parameters that may be sent, each with its rule: an entry of `RULES` (text, where there is
none), a range of whole numbers, one of several words, or with a star several of them with commas between."""

PAGED = "page[size]:1-100 page[after]:text page[before]:text page:number per_page:1-100"
EXPORT = "start_time:past cursor:text"
SIDELOADS = "users|groups|organizations|metric_sets|metric_events|slas|comment_count|dates|ticket_forms|brands*"
ZENDESK: Operations = {
    "GET /api/v2/incremental/tickets/cursor": f"{EXPORT} per_page:1-1000 include:{SIDELOADS} exclude_deleted:flag "
    "support_type_scope:all|agent|ai_agent",
    "GET /api/v2/incremental/users/cursor": f"{EXPORT} per_page:1-1000",
    "GET /api/v2/tickets/{ticket_id}/audits": f"{PAGED} sort:text sort_order:asc|desc include:text "
    "filter_events[]:text",
    "GET /api/v2/tickets/{ticket_id}/conversation_log": f"{PAGED} sort:text",
    "GET /api/v2/guide/survey_responses": f"{PAGED} filter[subject_zrns]:text filter[responder_ids]:text",
    "GET /api/v2/tickets/count": "",
    "GET /api/v2/groups": f"{PAGED} exclude_deleted:flag user_id:number",
    "GET /api/v2/organizations": PAGED,
    "GET /api/v2/custom_statuses": "status_categories:text active:flag default:flag",
    "GET /api/v2/business_hours/schedules": "",
    "GET /api/v2/business_hours/schedules/{schedule_id}/holidays": "",
    "GET /api/v2/slas/policies": "",
    "GET /api/v2/ticket_fields": f"{PAGED} locale:text creator:flag",
    "GET /api/v2/audit_logs": f"{PAGED} filter[source_type]:text filter[source_id]:number filter[actor_id]:number "
    "filter[ip_address]:text filter[created_at]:moment filter[action]:text sort:created_at|-created_at "
    "sort_by:text sort_order:asc|desc",
}
NUMBERED = "page:1-9999 per_page:1-100"
FRESHDESK: Operations = {
    "GET /api/v2/tickets": "page:1-300 per_page:1-100 filter:new_and_my_open|watching|spam|deleted "
    "requester_id:number email:text unique_external_id:text company_id:number updated_since:moment "
    "order_by:created_at|due_by|updated_at|status order_type:asc|desc include:stats|requester|description|company*",
    "GET /api/v2/tickets/{id}": "include:conversations|requester|company|stats*",
    "GET /api/v2/tickets/{id}/conversations": NUMBERED,
    "GET /api/v2/tickets/{id}/satisfaction_ratings": NUMBERED,
    "GET /api/v2/surveys/satisfaction_ratings": f"{NUMBERED} created_since:moment user_id:number",
    "GET /api/v2/search/tickets": "query:quoted page:1-10",
    "GET /api/v2/ticket_fields": f"{NUMBERED} type:text",
    "GET /api/v2/contacts": f"{NUMBERED} email:text mobile:text phone:text company_id:number "
    "state:verified|unverified|blocked|deleted _updated_since:moment unique_external_id:text",
    "GET /api/v2/agents": f"{NUMBERED} email:text mobile:text phone:text state:fulltime|occasional",
    "GET /api/v2/groups": NUMBERED,
    "GET /api/v2/companies": NUMBERED,
    "GET /api/v2/business_hours": NUMBERED,
    "GET /api/v2/sla_policies": NUMBERED,
}
EXPANDED = "page:1-9999 per_page:1-500 expand:flag"
SEARCH = (
    "page:1-9999 per_page:1-200 expand:flag query:text limit:1-200 sort_by:text order_by:asc|desc with_total_count:flag"
)
ZAMMAD: Operations = {
    "GET /api/v1/tickets": "page:1-9999 per_page:1-100 expand:flag",
    "GET /api/v1/tickets/{id}": "expand:flag",
    "GET /api/v1/tickets/search": SEARCH,
    "GET /api/v1/users/search": SEARCH,
    "GET /api/v1/organizations/search": SEARCH,
    "GET /api/v1/ticket_history/{id}": "",
    "GET /api/v1/ticket_articles/by_ticket/{id}": "expand:flag",
    "GET /api/v1/ticket_states": EXPANDED,
    "GET /api/v1/groups": EXPANDED,
    "GET /api/v1/object_manager_attributes": EXPANDED,
    "GET /api/v1/calendars": EXPANDED,
    "GET /api/v1/slas": EXPANDED,
}
INTERCOM: Operations = {
    "GET /me": "",
    "GET /admins": "display_avatar:flag",
    "GET /teams": "",
    "GET /data_attributes": "model:contact|company|conversation include_archived:flag",
    "POST /conversations/search": "",
    "GET /conversations/{conversation_id}": "display_as include_translations:flag",
    "POST /tickets/search": "",
    "GET /tickets/{ticket_id}": "",
    "POST /contacts/search": "",
    "POST /companies/list": "page:number per_page:number order:asc|desc",
}
PLACED = "startAt:number maxResults:number"
JIRA: Operations = {
    "GET /rest/api/3/myself": "expand",
    "GET /rest/api/3/field": "",
    "GET /rest/api/3/status": "",
    "GET /rest/api/3/search/jql": "jql nextPageToken maxResults:number fields expand properties "
    "fieldsByKeys:flag failFast:flag reconcileIssues:number",
    "POST /rest/api/3/search/approximate-count": "",
    "GET /rest/api/3/issue/{issueIdOrKey}/changelog": PLACED,
    "GET /rest/api/3/issue/{issueIdOrKey}/comment": f"{PLACED} orderBy:created|-created|+created expand",
    "GET /rest/servicedeskapi/servicedesk": "start:number limit:number",
    "GET /rest/servicedeskapi/servicedesk/{serviceDeskId}/requesttype": "start:number limit:number groupId:number "
    "searchQuery:text expand:text",
    "GET /rest/servicedeskapi/servicedesk/{serviceDeskId}/requesttype/{requestTypeId}/field": "expand:hiddenFields",
    "GET /rest/servicedeskapi/request/{issueIdOrKey}/sla": "start:number limit:number",
}
A_PAGE = "limit:1-100 after:text archived:flag"
OF_OBJECTS = f"{A_PAGE} properties:text propertiesWithHistory:text associations:text"
HUBSPOT: Operations = {
    "GET /crm/v3/pipelines/tickets": "",
    "GET /crm/v3/owners": "limit:1-500 after:text archived:flag email:text",
    "GET /crm/v3/properties/tickets": "archived:flag dataSensitivity:text locale:text properties:text",
    "GET /crm/v3/objects/tickets": OF_OBJECTS,
    "GET /crm/v3/objects/contacts": OF_OBJECTS,
    "GET /crm/v3/objects/companies": OF_OBJECTS,
    "GET /crm/v3/objects/feedback_submissions": OF_OBJECTS,
    "POST /crm/v3/objects/tickets/search": "",
    "POST /crm/v3/objects/tickets/batch/read": "archived:flag",
    "POST /crm/v3/objects/contacts/batch/read": "archived:flag",
    "POST /crm/v3/objects/companies/batch/read": "archived:flag",
    "POST /crm/v3/objects/feedback_submissions/search": "",
    "POST /crm/v3/objects/feedback_submissions/batch/read": "archived:flag",
    "POST /crm/v4/associations/tickets/contacts/batch/read": "",
    "POST /crm/v4/associations/tickets/feedback_submissions/batch/read": "",
    "POST /crm/v4/associations/feedback_submissions/tickets/batch/read": "",
    "GET /conversations/v3/conversations/threads": f"{A_PAGE} associatedTicketId:number associatedContactId:number "
    "association:TICKET inboxId:number latestMessageTimestampAfter:moment property:text sort:text "
    "threadStatus:OPEN|CLOSED",
    "GET /conversations/v3/conversations/threads/{threadId}/messages": f"{A_PAGE} property:text "
    "sort:createdAt|-createdAt",
}
HELP_SCOUT: Operations = {
    "POST /v2/oauth2/token": "",
    "GET /v2/conversations": "embed:threads mailbox:text folder:number status:active|all|closed|open|pending|spam "
    "tag:text assigned_to:number modifiedSince:moment number:number page:number query:text customFieldsByIds:text "
    "sortField:createdAt|customerEmail|customerName|mailboxid|modifiedAt|number|score|status|subject|waitingSince "
    "sortOrder:asc|desc",
    "GET /v2/conversations/{conversationId}": "embed:threads",
    "GET /v2/conversations/{conversationId}/threads": "page:number",
    "GET /v2/reports/happiness/ratings": "start:moment end:moment previousStart:moment previousEnd:moment "
    "mailboxes:text tags:text types:email|chat|phone* folders:text page:number sortField:number|modifiedAt|rating "
    "sortOrder:ASC|DESC rating:great|ok|all|not-good",
    "GET /v2/users": "page:number email:text mailbox:number",
    "GET /v3/system-users": "page:number",
    "GET /v2/mailboxes": "page:number",
    "GET /v2/mailboxes/{mailboxId}/fields": "page:number",
    "GET /v2/teams": "page:number",
}
BY_CURSOR = "cursor:text limit:1-100"
BY_CREATION = "created_datetime:asc|created_datetime:desc"
OBJECTS = "Account|Macro|Tag|Customer|Team|View|Widget|User|TicketMessage|Ticket|Rule|Integration"
GORGIAS: Operations = {
    "GET /api/account": "",
    "GET /api/users": f"{BY_CURSOR} order_by:text",
    "GET /api/teams": f"{BY_CURSOR} order_by:{BY_CREATION}|name:asc|name:desc",
    "GET /api/tickets": f"{BY_CURSOR} order_by:{BY_CREATION}|updated_datetime:asc|updated_datetime:desc "
    "customer_id:number external_id:text view_id:number rule_id:number ticket_ids:number trashed:flag",
    "GET /api/tickets/{id}": "",
    "GET /api/events": f"{BY_CURSOR} order_by:{BY_CREATION} object_id:number object_type:{OBJECTS} user_ids:number "
    "types:text created_datetime[gte]:moment created_datetime[gt]:moment created_datetime[lte]:moment "
    "created_datetime[lt]:moment",
    "GET /api/satisfaction-surveys": f"{BY_CURSOR} order_by:{BY_CREATION}",
    "GET /api/custom-fields": f"{BY_CURSOR} object_type:Ticket|Customer order_by:text",
}
SALESFORCE: Operations = {
    "POST /services/oauth2/token": "",
    "GET /services/data/{version}/query": "q:text",
    "GET /services/data/{version}/queryAll": "q:text",
    "GET /services/data/{version}/sobjects/{sobject}/describe": "",
}
A_TABLE = (
    "sysparm_query:text sysparm_fields:text sysparm_limit:1-10000 sysparm_offset:number sysparm_view:text "
    "sysparm_display_value:true|false|all sysparm_exclude_reference_link:flag sysparm_no_count:flag "
    "sysparm_suppress_pagination_header:flag sysparm_query_category:text sysparm_query_no_domain:flag"
)
SERVICENOW: Operations = {
    "GET /api/now/table/{tableName}": A_TABLE,
    "GET /api/now/stats/{tableName}": "sysparm_query:text sysparm_count:flag sysparm_group_by:text "
    "sysparm_avg_fields:text sysparm_min_fields:text sysparm_max_fields:text sysparm_sum_fields:text "
    "sysparm_having:text sysparm_order_by:text sysparm_display_value:true|false|all",
}
BY_TOKEN = "limit:1-100 page_token:text"
FRONT: Operations = {
    "GET /me": "",
    "GET /events": "q[after]:seconds q[before]:seconds q[types]:text q[inboxes]:text limit:1-15 page_token:text "
    "sort_by:created_at sort_order:asc|desc",
    "GET /conversations/{conversation_id}/events": BY_TOKEN,
    "GET /conversations/{conversation_id}/messages": f"{BY_TOKEN} sort_by:created_at sort_order:asc|desc",
    "GET /conversations/search/{query}": BY_TOKEN,
    "GET /conversations/custom_fields": "",
    "GET /inboxes": "",
    "GET /teammates": "",
    "GET /shifts": "",
}
DOCUMENTED: Mapping[str, Operations] = {
    "zendesk": ZENDESK,
    "freshdesk": FRESHDESK,
    "zammad": ZAMMAD,
    "intercom": INTERCOM,
    "hubspot": HUBSPOT,
    "salesforce": SALESFORCE,
    "help_scout": HELP_SCOUT,
    "gorgias": GORGIAS,
    "front": FRONT,
    "servicenow": SERVICENOW,
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
    "hubspot": {},
    "salesforce": {"GET /services/data/{version}/query": "q", "GET /services/data/{version}/queryAll": "q"},
    "help_scout": {},
    "gorgias": {"GET /api/custom-fields": "object_type"},
    "front": {},
    "servicenow": {},
    "jira_service_management": {"GET /rest/api/3/search/jql": "jql"},
}
"""Parameters without which a request is refused; of several with a bar between them, one."""
INFORMAL = {"GET /api/v2/incremental/tickets/cursor": {"per_page", "include", "exclude_deleted"}}
GRANTING = frozenset({"POST /v2/oauth2/token", "POST /services/oauth2/token"})
"""Where a token is asked for: with a form, and before anybody is known."""
TOGETHER = ({"page[after]", "page[before]"}, {"page[after]", "page"}, {"page[size]", "per_page"})
"""Parameters that exclude each other."""
CREDENTIALS: Mapping[str, str] = {
    "zendesk": r"Basic [^@]+@[^@/]+/token:.+|Bearer \S+",
    "freshdesk": r"Basic \S+:X",
    "zammad": r"Token token=\S+|Bearer \S+|Basic .+:.+",
    "intercom": r"Bearer \S+",
    "hubspot": r"Bearer \S+",
    "salesforce": r"Bearer \S+",
    "help_scout": r"Bearer \S+",
    "front": r"Bearer \S+",
    "gorgias": r"Basic [^@]+@[^@:]+:.+|Bearer \S+",
    "servicenow": r"Basic .+:.+|Bearer \S+",
    "jira_service_management": r"Basic [^@]+@[^@]+:.+|Bearer \S+",
}
"""The Authorization header, with the login and password of Basic as they read."""


def _is_moment(text: str) -> bool:
    try:
        return datetime.datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


RULES: Mapping[str, Callable[[str, int], bool]] = {
    "text": lambda text, now: bool(text),
    "number": lambda text, now: text.isdigit(),
    "flag": lambda text, now: text in ("true", "false"),
    "moment": lambda text, now: _is_moment(text),
    "seconds": lambda text, now: re.fullmatch(r"\d+(\.\d{1,3})?", text) is not None,
    "quoted": lambda text, now: text.startswith('"') and text.endswith('"') and len(text) <= 512,
    "past": lambda text, now: text.isdigit() and int(text) <= now - 60,
}


def operation(operations: Operations, method: str, path: str) -> str | None:
    """The documented operation that a request is; a fixed path goes before one with a variable."""
    for told in sorted(operations, key=lambda told: told.count("{")):
        theirs, _, template = told.partition(" ")
        pattern = re.sub(r"\{\w+\}", "[^/]+", re.escape(template).replace(r"\{", "{").replace(r"\}", "}"))
        if method == theirs and re.fullmatch(pattern, path):
            return told
    return None


def objections(kind: str, asked: Any, now: int, *, formal: bool = False) -> list[str]:
    """Why a server that takes the description at its word would refuse a request; `formal`: an older OpenAPI alone."""
    told = operation(DOCUMENTED[kind], asked.method, asked.path)
    if told is None:
        return [f"{asked.method} {asked.path} is no operation"]
    parameters = [parameter.partition(":") for parameter in DOCUMENTED[kind][told].split()]
    rules = {name: rule or "text" for name, _, rule in parameters}
    if formal:
        wishes = INFORMAL.get(told, set())
        rules = {name: rule for name, rule in rules.items() if name not in wishes and not name.startswith("page[")}
    found = [f"{told} knows no {name}" for name in asked.query if name not in rules]
    found += [
        f"{name}={value} is not {rules[name]}"
        for name, value in asked.query.items()
        if name in rules and not _fits(value, rules[name], now)
    ]
    needed = REQUIRED[kind].get(told)
    if formal and needed:
        needed = needed.partition("|")[0]
    if needed and not set(needed.split("|")) & set(asked.query):
        found.append(f"{told} needs {needed}")
    found += [f"{sorted(pair)} exclude each other" for pair in TOGETHER if pair <= set(asked.query)]
    if told in GRANTING:
        return found + list(BODIES[kind][told](asked.body))
    if asked.method == "POST":
        found += BODIES[kind][told](asked.body)
    return found + _of_headers(kind, asked)


def _fits(value: str, rule: str, now: int) -> bool:
    if rule in RULES:
        return RULES[rule](value, now)
    if between := re.fullmatch(r"(\d+)-(\d+)", rule):
        return value.isdigit() and int(between[1]) <= int(value) <= int(between[2])
    words = rule.removesuffix("*").split("|")
    return all(one in words for one in (value.split(",") if rule.endswith("*") else [value]))


def _of_headers(kind: str, asked: Any) -> list[str]:
    headers = asked.headers
    how, _, what = headers.get("authorization", "").partition(" ")
    if how == "Basic":
        try:
            what = base64.b64decode(what, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            what = ""
    found = []
    if not re.fullmatch(CREDENTIALS[kind], f"{how} {what}"):
        found.append(f"its Authorization is a {how or 'missing one'} of another form")
    if "application/json" not in headers.get("accept", ""):
        found.append("it does not accept JSON")
    if not headers.get("user-agent", "").startswith("auditlib"):
        found.append("it does not say who asks")
    if kind == "intercom" and "intercom-version" not in headers:
        found.append("it does not say which version it means")
    if asked.method == "GET" and ("content-type" in headers or headers.get("content-length", "0") != "0"):
        found.append("a GET sends a body")
    return found
