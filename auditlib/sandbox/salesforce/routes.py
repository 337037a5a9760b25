"""Queries in SOQL, as far as the sandbox understands it, and the token that they need."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from auditlib.sandbox.box import EMAIL, TOKEN
from auditlib.sandbox.flavour import Answer, Asked, Refusal, routed
from auditlib.sandbox.instants import moment
from auditlib.sandbox.salesforce import records, service
from auditlib.sandbox.salesforce.records import Record
from auditlib.sandbox.view import View

TOKEN_PATH = "/services/oauth2/token"
AT_ONCE = 200
"""So many records an answer has; a locator leads to the rest."""
_SOQL = re.compile(r"SELECT (.+?) FROM (\w+)(?: WHERE (.+?))?(?: ORDER BY (\w+))?(?: LIMIT (\d+))?")
_CONDITION = re.compile(r"(\w+) (>=|<=|=|>|<|IN) (.+)")


def refusal(code: str, message: str) -> list[Record]:
    """How Salesforce words an error."""
    return [{"errorCode": code, "message": message}]


def answer(view: View, asked: Asked) -> Answer:
    """What the helpdesk answers, or the refusal it would give."""
    found = routed(ROUTES, view, asked, asked.path.removeprefix("/services/"))
    if found is None:
        raise Refusal(404, refusal("NOT_FOUND", "The requested resource does not exist"))
    return found


def token(view: View, asked: Asked) -> Record:
    """A token for the key and the secret of a connected app."""
    told = {name: values[0] for name, values in parse_qs((asked.body or b"").decode()).items()}
    if told != {"grant_type": "client_credentials", "client_id": EMAIL, "client_secret": TOKEN}:
        raise Refusal(400, {"error": "invalid_client", "error_description": "invalid client credentials"})
    return {"access_token": TOKEN, "instance_url": asked.host, "token_type": "Bearer", "scope": "api"}


def query(view: View, asked: Asked, path: str) -> Record:
    """The records that a query finds; without queryAll, none from the recycle bin."""
    soql = asked.query.get("q", "")
    return _told(_found(view, soql, path == "queryAll"), soql, path, 0)


def more(view: View, asked: Asked, path: str, locator: str) -> Record:
    """The records behind a locator."""
    told, _, begin = locator.rpartition("-")
    try:
        soql = base64.urlsafe_b64decode(told).decode()
    except (binascii.Error, ValueError):
        raise Refusal(400, refusal("INVALID_QUERY_LOCATOR", "invalid query locator")) from None
    return _told(_found(view, soql, path == "queryAll"), soql, path, int(begin))


def _told(found: list[Record], soql: str, path: str, begin: int) -> Record:
    if soql.startswith("SELECT COUNT()"):
        return {"totalSize": len(found), "done": True, "records": []}
    told: Record = {"totalSize": len(found), "done": begin + AT_ONCE >= len(found),
                    "records": found[begin : begin + AT_ONCE]}  # fmt: skip
    if not told["done"]:
        locator = base64.urlsafe_b64encode(soql.encode()).decode()
        told["nextRecordsUrl"] = f"/services/data/v61.0/{path}/{locator}-{begin + AT_ONCE}"
    return told


def _found(view: View, soql: str, everything: bool) -> list[Record]:
    parsed = _SOQL.fullmatch(soql)
    if parsed is None:
        raise Refusal(400, refusal("MALFORMED_QUERY", f"the sandbox does not understand {soql!r}"))
    if parsed[2] not in OBJECTS:
        raise Refusal(400, refusal("INVALID_TYPE", f"sObject type '{parsed[2]}' is not supported."))
    rows: list[Record] = view.once(OBJECTS[parsed[2]])
    if not everything:
        rows = [row for row in rows if not row.get("IsDeleted")]
    for condition in parsed[3].split(" AND ") if parsed[3] else []:
        test = _test(condition)
        rows = [row for row in rows if test(row)]
    if parsed[4]:
        rows = sorted(rows, key=lambda row: str(row[parsed[4]]))
    if parsed[5]:
        rows = rows[: int(parsed[5])]
    if parsed[1] == "COUNT()":
        return rows
    fields = parsed[1].split(",")
    if unknown := [field for field in fields if rows and field not in rows[0]]:
        raise Refusal(400, refusal("INVALID_FIELD", f"No such column '{unknown[0]}' on entity '{parsed[2]}'"))
    return [{"attributes": {"type": parsed[2]}, **{field: row[field] for field in fields}} for row in rows]


def _test(condition: str) -> Callable[[Record], bool]:
    told = _CONDITION.fullmatch(condition)
    if told is None:
        raise Refusal(400, refusal("MALFORMED_QUERY", f"the sandbox does not understand {condition!r}"))
    field, sign, value = told.groups()
    if sign == "IN":
        some = frozenset(part.strip("'") for part in value.strip("()").split(","))
        folded = frozenset(part.lower() for part in some)
        return lambda row: row[field] in some or str(row[field]).lower() in folded
    if value.startswith("'"):
        text = value.strip("'")
        return {"=": lambda row: row[field] == text, ">": lambda row: row[field] > text}[sign]
    at = moment(value)
    signs: dict[str, Callable[[int], bool]] = {
        ">=": lambda told: told >= at, "<": lambda told: told < at, ">": lambda told: told > at,
        "<=": lambda told: told <= at,
    }  # fmt: skip
    return lambda row: signs[sign](moment(str(row[field]).replace(".000+0000", "Z")))


def describe(view: View, asked: Asked, name: str) -> Record:
    """The fields of an object."""
    if name != "Case":
        raise Refusal(404, refusal("NOT_FOUND", "The requested resource does not exist"))
    return service.described(view)


OBJECTS: dict[str, Callable[[View], list[Any]]] = {
    "Case": records.cases, "CaseHistory": records.history, "EmailMessage": records.mails,
    "CaseComment": records.comments, "User": records.users, "Contact": records.contacts, "Account": records.accounts,
    "Group": records.queues, "CaseStatus": records.statuses, "BusinessHours": service.business_hours,
    "MilestoneType": service.milestone_types, "CaseMilestone": service.milestones, "SurveySubject": service.subjects,
    "SurveyInvitation": service.invitations, "SurveyResponse": service.responses,
    "SurveyQuestionResponse": service.answers, "SurveyQuestion": service.questions,
}  # fmt: skip
ROUTES: list[tuple[str, Callable[..., Any]]] = [
    (r"POST oauth2/token", token),
    (r"GET data/v61\.0/sobjects/(\w+)/describe", describe),
    (r"GET data/v61\.0/(query|queryAll)", query),
    (r"GET data/v61\.0/(query|queryAll)/(\S+)", more),
]
