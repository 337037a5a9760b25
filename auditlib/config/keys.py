"""Every table and key of `audit.toml`: what its value may be, and what holds where it is left out."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Mapping
from typing import Any

from auditlib.caselog.words import Status
from auditlib.config import agreements, times, values
from auditlib.config.mistakes import did_you_mean
from auditlib.config.values import Wrong, list_of, one_of, one_or_more, shown, table_of, text, whole

ATTRIBUTES = ("source", "group", "team", "channel", "priority", "topic", "language", "tier", "region")
"""What can be said of a ticket in `when`; organization and tag besides."""
BREAKDOWNS = ("team", "channel", "priority", "topic", "language", "tier", "region", "source", "segment")
MIXED = ("team", "channel", "priority", "topic", "language", "tier", "region", "source")
"""Breakdowns whose groups share no ticket: a change can be taken apart by them."""
FAIR = ("language", "channel", "tier", "region")
"""Attributes by which customers are compared; segments besides."""
MAPPED = ("topic", "tier", "language", "region", "channel", "priority", "order")
"""Attributes that `fields` may take from a field of the helpdesk."""
EXCLUDED = ("internal", "spam", "machine")
"""What tickets that count in no figure are: of the company's own making, spam, or written by a machine."""
STATISTICS = ("rate", "count", "per_100", "distinct", "standing", "p50", "p75", "p90")
STORES = ("sqlite:///", "postgresql+psycopg://")
BUCKETS = ("s3://", "gs://", "abfs://")


@dataclasses.dataclass(frozen=True)
class Key:
    """What a key's value may be. Without a default it is required, and `example` shows how to write it."""

    check: values.Check
    default: Any = None
    example: str | None = None

    @property
    def is_required(self) -> bool:
        return self.example is not None


@dataclasses.dataclass(frozen=True)
class Table:
    """One kind of table: [name], or [[name]] where there may be several."""

    keys: Mapping[str, Key]
    is_many: bool = False
    hint: str = ""


def store(value: Any) -> str:
    """The address of a database that the store can be."""
    if not text(value).startswith(STORES):
        raise Wrong("is no store", f"write {STORES[0]}audit.db or {STORES[1]}user@host/audit")
    if value in (STORES[0], f"{STORES[0]}:memory:"):
        raise Wrong("names no file", f"write {STORES[0]}audit.db: each step opens the store anew")
    return value


def landing(value: Any) -> str:
    """A folder or a bucket."""
    if "://" in text(value) and not value.startswith(BUCKETS):
        raise Wrong("is no landing", f"write a folder, or a bucket that begins with {' or '.join(BUCKETS)}")
    return value


def options(value: Any) -> dict[str, Any]:
    """Whatever a kind of helpdesk knows; only `folder` means the same to all: where files lie."""
    found = table_of(values.anything)(value)
    return found | table_of(text)({key: one for key, one in found.items() if key == "folder"})


def breakdown(value: Any) -> tuple[str, ...]:
    """A breakdown, or a pair of two; either way a tuple comes out."""
    names = value if isinstance(value, list) else [value]
    if len(names) not in (1, 2) or len(set(map(shown, names))) < len(names):
        raise Wrong("is no breakdown", 'write one name, or a pair of two such as ["team", "channel"]')
    for one in names:
        if not isinstance(one, str) or one not in BREAKDOWNS:
            right = did_you_mean(str(one), BREAKDOWNS, f"there are {', '.join(BREAKDOWNS)}")
            raise Wrong(f"is no breakdown: {shown(one)} is unknown", right)
    return tuple(names)


def metric(value: Any) -> str:
    """A metric's name; whether there is such a metric is known later."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", text(value)):
        raise Wrong("is no metric's name", "write it as `auditlib metrics` lists it")
    return value


WHEN = table_of(one_or_more(text), (*ATTRIBUTES, "organization", "tag"), "attribute of a ticket", at_least=1)
TEXTS = list_of(text)

TABLES = {
    "audit": Table(
        {
            "name": Key(text, example='"Acme support"'),
            "time_zone": Key(times.time_zone, example='"Europe/Berlin"'),
            "schedule": Key(times.cron, "0 2 * * *"),
            "publish_by": Key(times.time_of_day, datetime.time(7)),
            "store": Key(store, "sqlite:///audit.db"),
            "landing": Key(landing, "landing"),
            "landing_days": Key(whole(1), 30),
        }
    ),
    "source": Table(
        {
            "name": Key(values.name, example='"zendesk"'),
            "kind": Key(text, example='"zendesk"'),
            "connection": Key(text),
            "since": Key(values.day, example="2025-01-01"),
            "scope": Key(table_of(list_of(text, at_least=1)), {}),
            "max_share_of_rate_limit": Key(values.share, 0.3),
            "statuses": Key(table_of(one_of(Status.__members__, "status of ours")), {}),
            "fields": Key(table_of(text, MAPPED, "attribute of a ticket"), {}),
            "topics": Key(table_of(text), {}),
            "bots": Key(TEXTS, ()),
            "paused": Key(text),
            "agreements": Key(table_of(agreements.agreement), {}),
            "options": Key(options, {}),
        },
        is_many=True,
        hint="; what only this kind of helpdesk knows goes into options = { … }",
    ),
    "clock": Table(
        {
            "schedule_mode": Key(one_of(("cumulative", "last"), "schedule mode"), "cumulative"),
            "business": Key(table_of(text), {}),
            "holidays": Key(table_of(text), {}),
            "promised": Key(table_of(text), {}),
        }
    ),
    "repeat": Table(
        {
            "window_days": Key(whole(1), 7),
            "topic_window_days": Key(table_of(whole(1)), {}),
            "customer_is": Key(one_of(("person", "organization"), "customer"), "person"),
        }
    ),
    "customer": Table(
        {
            "aliases": Key(list_of(text, at_least=1), example='["zendesk:20000001", "jira:acc-77"]'),
            "why": Key(text, example='"confirmed on the phone"'),
            "by": Key(text, example='"j.doe"'),
        },
        is_many=True,
    ),
    "team": Table(
        {
            "name": Key(text, example='"Billing"'),
            "groups": Key(list_of(values.group, at_least=1), example='["zendesk:Billing L1"]'),
            "since": Key(values.day),
            "until": Key(values.day),
            "leads": Key(TEXTS, ()),
        },
        is_many=True,
    ),
    "segment": Table(
        {"name": Key(text, example='"premium"'), "when": Key(WHEN, example='{ tier = "premium" }')},
        is_many=True,
    ),
    "target": Table(
        {
            "metric": Key(metric, example='"first_reply_business_minutes"'),
            "segment": Key(text),
            "team": Key(text),
            "statistic": Key(one_of(STATISTICS, "statistic"), example='"p90"'),
            "at_most": Key(values.number),
            "at_least": Key(values.number),
            "since": Key(values.day, example="2026-01-01"),
        },
        is_many=True,
    ),
    "figures": Table(
        {
            "breakdowns": Key(list_of(breakdown), tuple((one,) for one in BREAKDOWNS)),
            "agents": Key(values.flag, False),
            "min_n": Key(whole(1), 10),
            "mix_by": Key(one_of(MIXED, "breakdown"), "channel"),
        }
    ),
    "baseline": Table(
        {
            "metric": Key(metric, example='"first_reply_business_minutes"'),
            "team": Key(text),
            "since": Key(values.day, example="2026-03-02"),
            "why": Key(text, example='"a second shift began"'),
            "by": Key(text, example='"j.doe"'),
        },
        is_many=True,
    ),
    "fairness": Table({"by_contract": Key(TEXTS, ("tier",))}),
    "exclude": Table(
        {
            "ticket": Key(values.ticket),
            "when": Key(WHEN, {}),
            "kind": Key(one_of(EXCLUDED, "kind of exclusion"), EXCLUDED[0]),
            "why": Key(text, example='"QA traffic"'),
            "by": Key(text, example='"j.doe"'),
        },
        is_many=True,
    ),
    "finding": Table(
        {
            "title": Key(text, example='"Billing answers late on Mondays"'),
            "period": Key(text),
            "metric": Key(metric),
            "criteria": Key(text, example='"Nine in ten first replies within 60 minutes"'),
            "condition": Key(text, example='"Nine in ten within 140 minutes, on Mondays"'),
            "cause": Key(text),
            "consequence": Key(text),
            "action": Key(text),
            "owner": Key(text),
            "due": Key(values.day),
            "done": Key(values.day),
        },
        is_many=True,
    ),
    "alerts": Table({"page": Key(text), "inform": Key(text)}),
    "extend": Table({"metrics": Key(TEXTS, ()), "sources": Key(TEXTS, ())}),
}
