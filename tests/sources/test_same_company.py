"""The same company, read through every helpdesk, comes to the same measures: up to what each cannot tell.

One small company is served in each flavour and audited once. Whatever a helpdesk can tell by its capability
matrix must be equal, unit by unit, to what the most talkative one tells; whatever it cannot tell must be
unmeasured, for every ticket. The matrix itself is pinned here, so that no capability is dropped to make it pass.

A new helpdesk is a row in `HELPDESKS`.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping

import pandas as pd
import pytest

from auditlib import metrics
from auditlib.metric import facts
from auditlib.pipeline import steps
from auditlib.pipeline.setting import Setting
from auditlib.sandbox import World, flavours, serve, world
from auditlib.sandbox.instants import DAY as A_DAY
from auditlib.sandbox.instants import moment
from auditlib.sandbox.staff import ASSISTANT, INTEGRATION
from auditlib.sources import NIGHTLY, Capabilities, load
from auditlib.store.family_tables import UNITS
from tests.pipeline.house import House
from tests.sources.heeded import heeded, seen_as_one, unfollowed

START, END, DAY = "2026-09-28T00:00:00Z", "2026-11-01T00:00:00Z", "2026-10-31"
NIGHTS = [f"2026-10-{day}" for day in range(15, 31, 2)]
"""Before the last one a helpdesk is looked at in these whose statuses are followed: from mid-life on, and not in all.

They begin behind an edit of opening hours, of which a helpdesk that is audited once knows only what came of it."""
LOOKS = [*(moment(f"{day}T01:30:00Z") + A_DAY for day in NIGHTS), moment(END)]
TICKETS, SEED = 90, 5
NAME = "desk"
"""Each flavour is audited under this name, so that the same ticket has the same surrogate."""
REFERENCE = "zendesk"
SOURCE = """\
[[source]]
name = "desk"
kind = "{kind}"
connection = "desk"
since = 2026-09-28
{mapped}
"""


@dataclasses.dataclass(frozen=True)
class Helpdesk:
    """One flavour: what it must at least be able to tell, and what its `[[source]]` maps."""

    tells: frozenset[str]
    mapped: str
    silent: tuple[str, ...] = ()
    """Facts beside the capabilities that it does not tell: `ties` (which ticket follows up on which closed one, and
    which share one problem), `web` (a form from an e-mail), `form_ratings` (ratings of what came by a form),
    `outbound` (calls from other things that agents open), `inside` (descriptions that only the team sees), `merged`
    (what was in a ticket before it was merged)."""
    alike: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Statuses that it shows like others."""


HELPDESKS: Mapping[str, Helpdesk] = {
    "zendesk": Helpdesk(
        tells=frozenset(
            {
                "status_history", "assignment_history", "role_history", "ratings", "survey_offers", "schedules",
                "message_text", "deletions", "merges", "vendor_metrics", "service_levels",
            }
        ),
        mapped="""\
statuses = { "Waiting on vendor" = "on_hold", "Escalated to engineering" = "open" }
fields = { topic = "custom_field:360001", tier = "organization.plan" }
bots = ["assistant@nordlicht.example", "zapier@nordlicht.example"]
""",
    ),
    "freshdesk": Helpdesk(
        tells=frozenset({"solve_history", "ratings", "schedules", "message_text", "deletions", "service_levels"}),
        silent=("inside",),
        mapped="""\
statuses = { "Waiting on vendor" = "on_hold", "Escalated to engineering" = "open" }
fields = { topic = "custom_field:cf_topic", tier = "organization.plan" }
bots = ["assistant@nordlicht.example", "zapier@nordlicht.example"]
""",
    ),
    "zammad": Helpdesk(
        tells=frozenset(
            {"status_history", "assignment_history", "schedules", "message_text", "deletions", "merges"}
        ),
        silent=("ties",),
        mapped="""\
statuses = { "on hold" = "on_hold", "Waiting on vendor" = "on_hold", "closed" = "closed" }
fields = { topic = "custom_field:topic", tier = "organization.plan" }
bots = ["assistant@nordlicht.example", "zapier@nordlicht.example"]
""",
    ),
    "intercom": Helpdesk(
        tells=frozenset(
            {"status_history", "assignment_history", "ratings", "survey_offers", "message_text", "vendor_metrics"}
        ),
        silent=("ties", "web", "form_ratings"),
        alike={"on_hold": "pending_customer", "closed": "solved"},
        mapped="""\
fields = { topic = "custom_attribute:Topic", tier = "organization.plan" }
bots = ["assistant@nordlicht.example", "zapier@nordlicht.example"]
""",
    ),
    "jira_service_management": Helpdesk(
        tells=frozenset(
            {
                "status_history", "detailed_statuses", "assignment_history", "ratings", "message_text", "merges",
                "vendor_metrics",
            }
        ),
        silent=("ties", "web", "outbound"),
        mapped=f"""\
statuses = {{ "Waiting on vendor" = "on_hold", "Escalated to engineering" = "open" }}
fields = {{ topic = "custom_field:customfield_10101" }}
bots = ["712020:{ASSISTANT:032x}", "712020:{INTEGRATION:032x}"]
options = {{ group_field = "customfield_10100" }}
""",
    ),
    "servicenow": Helpdesk(
        tells=frozenset(
            {
                "status_history", "detailed_statuses", "assignment_history", "ratings", "survey_offers", "schedules",
                "message_text", "deletions", "vendor_metrics",
            }
        ),
        silent=("ties",),
        mapped="""\
statuses = { "Waiting on vendor" = "on_hold", "Escalated to engineering" = "open" }
fields = { topic = "custom_field:u_topic", tier = "organization.u_plan" }
bots = ["assistant@nordlicht.example", "zapier@nordlicht.example"]
options = { schedule = "Berlin office" }
""",
    ),
    "hubspot": Helpdesk(
        tells=frozenset(
            {
                "status_history", "detailed_statuses", "assignment_history", "ratings", "message_text", "deletions",
                "vendor_metrics",
            }
        ),
        silent=("ties",),
        mapped=f"""\
statuses = {{ "On hold" = "on_hold", "Solved" = "solved", "Closed" = "closed", "Waiting on vendor" = "on_hold", \
"Escalated to engineering" = "open" }}
fields = {{ topic = "custom_field:topic", tier = "organization.plan" }}
bots = ["assistant@nordlicht.example", "I-{INTEGRATION}"]
""",
    ),
    "help_scout": Helpdesk(
        tells=frozenset({"status_history", "assignment_history", "ratings", "message_text"}),
        silent=("ties",),
        alike={"on_hold": "pending_customer", "closed": "solved"},
        mapped=f"""\
fields = {{ topic = "custom_field:77" }}
bots = ["assistant@nordlicht.example", "U-{INTEGRATION}"]
""",
    ),
    "gorgias": Helpdesk(
        tells=frozenset(
            {"status_history", "assignment_history", "ratings", "survey_offers", "message_text", "deletions"}
        ),
        silent=("ties",),
        alike={"on_hold": "pending_customer", "closed": "solved"},
        mapped="""\
fields = { topic = "custom_field:5077" }
bots = ["assistant@nordlicht.example", "zapier@nordlicht.example"]
""",
    ),
    "front": Helpdesk(
        tells=frozenset({"status_history", "assignment_history", "message_text", "deletions", "merges"}),
        silent=("ties", "web", "merged"),
        alike={"on_hold": "pending_customer", "closed": "solved"},
        mapped="""\
fields = { topic = "custom_field:Topic" }
bots = ["assistant@nordlicht.example", "zapier@nordlicht.example"]
""",
    ),
    "salesforce": Helpdesk(
        tells=frozenset(
            {
                "status_history", "detailed_statuses", "assignment_history", "ratings", "survey_offers", "schedules",
                "message_text", "deletions", "vendor_metrics",
            }
        ),
        silent=("ties",),
        mapped="""\
statuses = { "Closed" = "closed", "Waiting on vendor" = "on_hold", "Escalated to engineering" = "open" }
fields = { topic = "custom_field:Topic__c", tier = "organization.Plan__c" }
bots = ["assistant@nordlicht.example", "zapier@nordlicht.example"]
options = { group_field = "Team__c" }
""",
    ),
}  # fmt: skip
OTHERS = [kind for kind in HELPDESKS if kind != REFERENCE]
TOLD = ["solve_history", *(field.name for field in dataclasses.fields(Capabilities))]
IN_HOURS = frozenset({"is_lost"})
"""Measures that are in opening hours by their definition; whoever tells no hours has them from audit.toml alone."""
OF_HOURS = frozenset({"why_other_hours__zendesk", "why_other_targets__zendesk"})
"""Words that say whether the helpdesk's own hours changed: whoever tells no hours has none that could change."""


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    """Kind → measures, and what its own figures compare to, after one night; audited once, when first asked for."""
    company = _company()

    @functools.cache
    def tables(kind: str) -> dict[str, pd.DataFrame]:
        with serve(company, flavour=kind) as box:
            source = SOURCE.format(kind=kind, mapped=HELPDESKS[kind].mapped)
            house = House(tmp_path_factory.mktemp(kind), [source], {NAME: box})
            with house.here() as setting:
                if load(kind).CAPABILITIES.status_history == NIGHTLY:
                    for day in NIGHTS:
                        house.set_clocks(day)
                        _looked_at(setting, house, day)
                    box.set_clock(END)
                _measured(setting, house, DAY)
            told = [name for name in house.names() if name.endswith("_versions")]
            return {name: house.table(name) for name in [*told, "tickets", "compared", "helpdesk_service_levels"]}

    return tables


@functools.cache
def _company() -> World:
    return world(tickets=TICKETS, seed=SEED, start=START, end=END)


def _may_differ(audited, kind: str, name: str) -> set[int]:
    """Tickets with a fact that this measure heeds without needing it, and that this helpdesk does not tell."""
    untold = [*load(kind).CAPABILITIES.missing(TOLD), *HELPDESKS[kind].silent]
    return _keys(audited, heeded(_company(), name, untold))


def _keys(audited, numbers: set[int]) -> set[int]:
    """The surrogates of the company's tickets."""
    known = audited(REFERENCE)["ticket_versions"]
    return set(known[known.ticket.isin({f"{NAME}:{number}" for number in numbers})].ticket_key)


def _looked_at(setting: Setting, house: House, day: str) -> int:
    """A night up to its case log; gives its run."""
    run = steps.begin_as_of(setting, setting.midnight_after(day)).run
    steps.collect(run, NAME, house.connection(NAME))
    steps.translate(run, NAME)
    return run


def _measured(setting: Setting, house: House, day: str) -> None:
    """A night up to its measures: nothing is judged or rolled up, which would only repeat what they say."""
    run = _looked_at(setting, house, day)
    steps.gate_source(run, NAME)
    for bucket in range(steps.decide(run)):
        read = steps.linked(run, bucket)
        for family in setting.metrics:
            steps.measure(run, family, bucket, read)
    steps.publish(run)


def _current(table: pd.DataFrame, unit: str = "ticket") -> pd.DataFrame:
    """The rows that hold, by the ticket and the number of what in it is measured."""
    number = [UNITS[unit].number.name] if unit in UNITS else []
    return table[table.to_run.isna()].set_index(["ticket_key", *number]).sort_index()


METRICS = metrics.load_all()
MEASURES = [(family, name) for family, modules in METRICS.items() for name in modules]


def test_every_flavour_of_the_sandbox_is_compared():
    assert set(HELPDESKS) == set(flavours())


@pytest.mark.parametrize("kind", HELPDESKS)
def test_a_helpdesk_tells_at_least_what_is_pinned_here(kind):
    told = set(TOLD) - set(load(kind).CAPABILITIES.missing(TOLD))
    assert told >= HELPDESKS[kind].tells


@pytest.mark.parametrize("kind", OTHERS)
def test_followed_are_the_tickets_whose_solves_the_looks_can_tell_and_no_others(audited, kind):
    tickets = audited(kind)["tickets"]
    held = tickets[tickets.to_run.isna()]
    seen = {str(plan.id) for plan in _company().plans} - {str(number) for number in unfollowed(_company(), LOOKS)}
    can = seen & set(held.ticket) if load(kind).CAPABILITIES.status_history == NIGHTLY else set()
    assert set(held.ticket[held.is_followed == 1]) == can


@pytest.mark.parametrize("kind", OTHERS)
def test_it_has_the_same_tickets_but_for_what_is_gone(audited, kind):
    there, here = (_current(audited(k)["ticket_versions"]) for k in (REFERENCE, kind))
    assert set(here.index) <= set(there.index)
    gone = there.loc[sorted(set(there.index) - set(here.index))]
    assert set(gone.status) <= {"deleted"}
    assert len(here) > 0.9 * len(there)


@pytest.mark.parametrize("kind", OTHERS)
def test_a_ticket_shows_the_same_status_today_even_where_its_history_is_not_told(audited, kind):
    there, here = (_current(audited(k)["ticket_versions"]).status for k in (REFERENCE, kind))
    # Not every helpdesk tells new from open.
    alike = {"new": "open", **HELPDESKS[kind].alike}
    shown, meant = (told.replace(alike) for told in (here, there.reindex(here.index)))
    assert (shown != meant).sum() == 0


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize(("family", "name"), MEASURES, ids=lambda part: part)
def test_a_measure_is_the_same_or_unmeasured_as_the_matrix_says(audited, kind, family, name):
    module = METRICS[family][name]
    here = _current(audited(kind)[f"{family}_versions"], facts(module).of)
    for column, how in facts(module).columns.items():
        if column in OF_HOURS and not load(kind).CAPABILITIES.schedules:
            continue
        in_hours = how.get("clock") == "business" or column in IN_HOURS
        lacking = load(kind).CAPABILITIES.missing([*facts(module).needs, *(["schedules"] if in_hours else [])])
        measured = here[column].dropna()
        if lacking and facts(module).without_history:
            # Every ticket ends somehow: nobody knows how, or it is not solved.
            assert not set(measured) & {f"O{number}" for number in range(1, 10)}
            assert column != "outcome_code" or len(measured) == len(here)
            continue
        if lacking:
            assert measured.empty or set(measured) == {"unmeasurable"}, (column, lacking)
            continue
        there = _current(audited(REFERENCE)[f"{family}_versions"], facts(module).of)[column]
        there = there[there.index.get_level_values("ticket_key").isin(set(audited(kind)["ticket_versions"].ticket_key))]
        heeded = _may_differ(audited, kind, name)
        if load(kind).CAPABILITIES.is_by_looks(facts(module).needs):
            lost = _keys(audited, unfollowed(_company(), LOOKS))
            assert set(measured[measured.index.get_level_values("ticket_key").isin(lost)]) <= {"unmeasurable"}
            there, measured = (
                told[~told.index.get_level_values("ticket_key").isin(lost)] for told in (there, measured)
            )
            assert len(there) >= 40
            heeded = heeded | _keys(audited, seen_as_one(_company(), LOOKS))
        # Several facts together: the measure must still be compared on three of four tickets.
        assert len(heeded) < 0.25 * len(audited(REFERENCE)["ticket_versions"].ticket_key.unique())
        there, measured = (told[~told.index.get_level_values("ticket_key").isin(heeded)] for told in (there, measured))
        # What is no unit here, such as a survey that nobody answered, must have had no value there.
        assert set(measured.index) <= set(there.index)
        pd.testing.assert_series_equal(here[column].reindex(there.index), there, check_dtype=False)


OWN = {
    "intercom": {
        "first_reply_seconds__intercom", "first_close_seconds__intercom", "last_close_seconds__intercom",
        "reopens__intercom",
    },
    "jira_service_management": {"first_response_seconds__jira", "first_resolution_seconds__jira"},
}  # fmt: skip
"""The figures that a helpdesk gives itself, other than Zendesk's (`tests/answer_key/test_reconciliation.py`)."""


@pytest.mark.parametrize("kind", OWN)
def test_its_own_figures_agree_with_its_own_rules(audited, kind):
    compared = audited(kind)["compared"]
    assert set(compared.metric) == OWN[kind]
    assert (compared.groupby("metric").size() > 30).all()
    differ = compared[compared.agrees == "no"]
    assert set(differ.reason) <= {"later_event", "merged"}
    assert len(differ) < 0.05 * len(compared)


@pytest.mark.parametrize("kind", [*OWN, "hubspot", "servicenow", "salesforce"])
def test_what_it_says_of_its_own_service_levels_is_counted(audited, kind):
    levels = audited(kind)["helpdesk_service_levels"]
    assert len(levels)
    assert (levels.decided == levels.met + levels.missed).all()
    assert (levels.missed > 0).any()
    assert (levels.met > levels.missed).any()
