"""A shop with ten tickets, audited from two deliveries of CSV files: small enough to know every answer."""

from __future__ import annotations

import contextlib
import json
import pathlib
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
import sqlalchemy as sa

from auditlib import pipeline
from auditlib.commands.setting import published
from auditlib.pipeline import signing
from auditlib.pipeline.setting import Setting

CONFIG = """\
[audit]
name = "The lamp shop"
time_zone = "Europe/Berlin"
store = "{store}"
landing = "landing"

[[source]]
name = "shop"
kind = "files"
since = 2026-01-01
options = {{ folder = "exports" }}

[clock]
business = {{ "*" = "Mon-Fri 09:00-17:00 Europe/Berlin" }}

[figures]
breakdowns = ["team", "channel"]
min_n = 2

[[team]]
name = "Billing"
groups = ["shop:Billing"]

[[exclude]]
when = {{ tag = "test" }}
why = "QA traffic"
by = "the shop"
"""
HOSTILE = "<script>alert(1)</script>"
FORMULA = '=HYPERLINK("http://evil.example/")'
HEAD = "ticket,created_at,requester,requester_email,channel,subject,status,group,assignee,topic,tags,url"
# ticket, created_at, requester, requester_email, channel, subject, status, group, assignee, topic, tags, url
TICKETS = f"""\
1,2026-03-02T09:00:00Z,ann,ann@example.org,email,{HOSTILE},solved,Billing,grace,billing,,https://shop.example/1
2,2026-03-04T09:00:00Z,ann,ann@example.org,email,Invoice again,solved,Billing,grace,billing,,https://shop.example/2
3,2026-03-02T10:00:00Z,bob,bob@example.org,email,"=HYPERLINK(""http://evil.example/"")",solved,Billing,grace,lamp,,javascript:alert(1)
4,2026-03-02T11:00:00Z,cyd,cyd@example.org,web,Dark,open,Repairs,,lamp,,
5,2026-03-03T11:00:00Z,dee,dee@example.org,web,Dim,solved,Repairs,uma,lamp,,
6,2026-03-03T12:00:00Z,eve,eve@example.org,web,Broken,solved,Repairs,uma,lamp,,
7,2026-03-03T13:00:00Z,flo,flo@example.org,web,Late,solved,Repairs,uma,delivery,,
8,2026-03-04T10:00:00Z,gus,gus@example.org,email,Refund,solved,Billing,grace,billing,,
9,2026-03-04T11:00:00Z,hal,hal@example.org,email,Colour,solved,Billing,grace,lamp,,
10,2026-03-04T12:00:00Z,qa,qa@example.org,email,Test,solved,Billing,grace,,test,
"""
LATER = """\
6,2026-03-03T12:00:00Z,eve,eve@example.org,web,Broken,solved,Repairs,uma,lamp,,
"""
UNSEEN = """\
11,2026-03-17T09:00:00Z,ida,ida@example.org,web,New,open,Repairs,,lamp,,
"""


def events(rows: str) -> str:
    """Their lives: 4 is never answered, 5 solved without an answer, the others an hour after they were asked."""
    lines = ["ticket,occurred_at,kind,actor,actor_class,is_public,old,new,body"]
    for row in rows.strip().splitlines():
        ticket, at, who, *_rest = row.split(",")
        group, assignee = row.split(",")[-5], row.split(",")[-4]
        hour = int(at[11:13])
        answered = f"{at[:11]}{hour + 1:02}{at[13:]}"
        lines += [f"{ticket},{at},created,{who},customer,,,new,"]
        lines += [f"{ticket},{at},message,{who},customer,true,,,It is dark."]
        lines += [f"{ticket},{at},group,rules,automation,,,{group},"]
        if assignee:
            lines += [f"{ticket},{at},assignee,rules,automation,,,{assignee},"]
            if ticket != "5":
                lines += [f"{ticket},{answered},message,{assignee},agent,true,,,Press the button."]
            lines += [f"{ticket},{answered},status,{assignee},agent,,new,solved,"]
    return "\n".join(lines) + "\n"


REOPENED = """\
6,2026-03-10T09:00:00Z,message,eve,customer,true,,,Still broken.
6,2026-03-10T09:00:00Z,status,eve,customer,,solved,open,
6,2026-03-10T10:00:00Z,message,uma,agent,true,,,Take this one.
6,2026-03-10T10:00:00Z,status,uma,agent,,open,solved,
"""


class Shop:
    """The shop in a folder of its own; its environment is set while it is open."""

    def __init__(self, folder: pathlib.Path, store: str) -> None:
        self.folder = folder
        (folder / "exports").mkdir(parents=True)
        (folder / "audit.toml").write_text(CONFIG.format(store=store))

    def deliver(self, name: str, tickets: str, told: str, until: str) -> None:
        """Puts a delivery into the folder, complete until a moment."""
        exports = self.folder / "exports"
        (exports / f"tickets-{name}.csv").write_text(f"{HEAD}\n{tickets}")
        (exports / f"events-{name}.csv").write_text(told)
        (exports / "manifest.json").write_text(json.dumps({"complete_until": until}))

    def night(self, day: str) -> dict[str, Any]:
        """Audits a day."""
        return pipeline.night(Setting.here().midnight_after(day))

    def two_nights(self, signed_by: str | None = None) -> None:
        """A week later, and after a late event has changed what was published; perhaps signed in between."""
        self.deliver("1", TICKETS, events(TICKETS), "2026-03-09T00:00:00Z")
        self.night("2026-03-08")
        if signed_by:
            self.sign("2026-W10", signed_by)
        self.deliver("2", LATER, events(LATER) + REOPENED, "2026-03-17T00:00:00Z")
        self.night("2026-03-16")

    def sign(self, period: str, by: str) -> dict[str, Any]:
        """Signs a period as it is published now, with whatever is open."""
        setting, wanted = Setting.here(), signing.read_period(period)
        return signing.sign(setting, wanted, by, None, signing.exceptions(setting, published(setting), wanted))

    def unpublished_night(self) -> None:
        """A night that learns of an eleventh ticket, computes its figures, and stops before it is published."""
        self.deliver("3", UNSEEN, events(UNSEEN), "2026-03-18T00:00:00Z")
        run = pipeline.begin("2026-03-17")
        pipeline.collect(run, "shop")
        pipeline.translate(run, "shop")
        pipeline.gate_source(run, "shop")
        pipeline.link(run)
        for family in Setting.here().metrics:
            pipeline.measure(run, family)
        pipeline.figures(run)

    def rows(self, query: str) -> pd.DataFrame:
        """What a query gives, as a leader's client shows it."""
        engine = sa.create_engine(Setting.here().config.audit.store)
        with engine.connect() as connection:
            frame = pd.read_sql(sa.text(query), connection)
        engine.dispose()
        return frame


@contextlib.contextmanager
def opened(folder: pathlib.Path, store: str = "sqlite:///audit.db") -> Iterator[Shop]:
    """A new shop; the pipeline's steps are its own within the block."""
    with pytest.MonkeyPatch.context() as patch:
        shop = Shop(folder, store)
        patch.setenv("AUDITLIB_CONFIG", str(folder / "audit.toml"))
        patch.setenv("AUDITLIB_WALL_CLOCK", "2026-03-20T03:00:00Z")
        patch.setenv("AUDITLIB_SURROGATE_KEY", "5eed" * 8)
        patch.delenv("AUDITLIB_STORE", raising=False)
        yield shop
