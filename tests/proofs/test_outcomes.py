"""Every ticket has exactly one outcome, and it is the one that a slow and obvious telling gives."""

import dataclasses
from collections import Counter

import numpy as np
from hypothesis import strategies as st

from auditlib.caselog import ratings
from auditlib.caselog.words import ActorClass, Kind, Marker, Status
from auditlib.metrics.outcome import ended, resolved
from auditlib.metrics.outcome import outcome as outcome_metric
from auditlib.metrics.ratings import survey_response
from auditlib.scope import Chosen, exclusions
from auditlib.span import NEVER
from auditlib.timelines import NOWHERE, Links, Timelines
from auditlib.timelines.outcomes import OUTCOMES
from tests.obvious.outcome import DAY, Happening, Life, outcome
from tests.proofs.batches import cases

KNOWN_UNTIL = 60 * DAY
MARKED = ("gratitude", "confirmation", "withdrawal", "acknowledgement", "refusal", "alternative")

GAPS = st.sampled_from([0, 1, 60, 3600, DAY, 6 * DAY, 7 * DAY, 15 * DAY])
MARKERS = st.frozensets(st.sampled_from(MARKED), max_size=2)


def happening(what: str, who: list[str], **more) -> st.SearchStrategy[Happening]:
    return st.builds(Happening, at=GAPS, who=st.sampled_from(who), what=st.just(what), **more)


def status(who: list[str], *words: str) -> st.SearchStrategy[Happening]:
    return happening("status", who, new=st.sampled_from(words))


ANYBODY = ["customer", "customer", "customer_side", "agent", "agent", "bot", "automation"]
MESSAGES = happening("message", ANYBODY, markers=MARKERS, is_public=st.sampled_from([True, True, True, False]))
ASKS = happening("message", ["customer", "customer", "customer_side"], markers=MARKERS)
SOLVES = status(["agent", "agent", "automation", "customer", "system"], "solved", "solved", "closed")
# What happens, several things together where they belong together: an answer that solves, a question that reopens.
STEPS = st.one_of(
    MESSAGES.map(lambda one: [one]),
    MESSAGES.map(lambda one: [one]),
    status(["agent", "automation", "system"], "open", "pending_customer").map(lambda one: [one]),
    st.tuples(happening("message", ["agent", "agent", "bot"], markers=MARKERS), SOLVES).map(list),
    st.tuples(ASKS, status(["customer", "system", "agent"], "open")).map(list),
    happening("offer", ["system"]).map(lambda one: [one]),
    happening("rating", ["customer"], new=st.sampled_from(["good", "good", "bad", "neutral"])).map(lambda one: [one]),
)


@st.composite
def lives(draw):
    """A random life: the moments of its events are gaps after one another, so that they are in order."""
    opening = draw(MESSAGES)
    opened_by = draw(st.sampled_from(["customer"] * 7 + ["agent"]))
    steps = draw(st.lists(STEPS, min_size=1, max_size=6))
    steps += draw(st.sampled_from([1, 1, 0])) * [[draw(SOLVES)]] + draw(st.lists(STEPS, max_size=1))
    happened = [dataclasses.replace(event) for event in [opening, *(event for step in steps for event in step)]]
    happened[0].who = opened_by
    at = draw(st.sampled_from([1000, 30 * DAY, 44 * DAY]))
    for event in happened:
        at = event.at = at + event.at
    solved, now = [], "new"
    for event in happened:
        if event.what == "status":
            solved += [event.at] if event.new in ("solved", "closed") and now not in ("solved", "closed") else []
            now = event.new
    gap = st.sampled_from([0, DAY, 7 * DAY, 7 * DAY + 1])
    came_back = [(at, at + draw(gap)) for at in solved if draw(st.integers(0, 5)) == 0]
    happened = [event for event in happened if event.at < KNOWN_UNTIL]
    came_back = [pair for pair in came_back if pair[1] < KNOWN_UNTIL]
    return Life(opened_by, draw(st.sampled_from(["email", "chat", "phone"])), happened, came_back)


LIVES = lives()


def timelines(some: list[Life]) -> Timelines:
    """The lives as the columns that metrics read."""
    rows, links = [], []
    for ticket, life in enumerate(some):
        rows.append((ticket, life.happened[0].at, Kind.created, ActorClass[life.opened_by], 1, 0, 0))
        for event in life.happened:
            kind = {"offer": Kind.rating_offered, "rating": Kind.rating, "status": Kind.status}.get(event.what)
            new = Status[event.new] if event.what == "status" else ratings.code(event.new) if event.new else 0
            bits = sum(Marker[name] for name in event.markers)
            rows.append((ticket, event.at, kind or Kind.message, ActorClass[event.who], event.is_public, new, bits))
        links += [(ticket, solved, back) for solved, back in life.came_back]
    columns = [np.array(column, np.int64) for column in zip(*rows, strict=True)]
    names = ("ticket", "occurred_at", "kind", "actor_class", "is_public", "new", "markers")
    events = dict(zip(names, columns, strict=True))
    events |= {"old": np.zeros(len(rows), np.int64), "actor": events["ticket"] * 10 + events["actor_class"]}
    n = len(some)
    nothing, zeros = np.full(n, None, object), np.zeros(n, np.int64)
    tickets = {
        "key": np.arange(1, n + 1),
        "created_at": np.array([life.happened[0].at for life in some]),
        "customer": np.arange(1, n + 1),
        "status": np.full(n, Status.new),
        "has_history": np.ones(n, bool),
        "channel": np.array([life.channel for life in some], object),
        "topic": nothing,
        **dict.fromkeys(("group", "assignee", "merged_into", "follow_up_of"), zeros),
    }
    t = Timelines(tickets, events, np.full(n, KNOWN_UNTIL), {}, mature_until=KNOWN_UNTIL, links=_links(links))
    code, _ = exclusions(t, Chosen.none(n), np.zeros(n, bool), np.ones(n, bool))
    return dataclasses.replace(t, tickets={**tickets, "exclusion": code})


def _links(pairs: list[tuple[int, int, int]]) -> Links:
    if not pairs:
        return Links.none()
    ticket, solved_at, came_back_at = (np.array(column, np.int64) for column in zip(*pairs, strict=True))
    kind, incident = np.full(len(pairs), "repeat", object), np.zeros(len(pairs), bool)
    return Links(ticket, ticket, kind, incident, solved_at, came_back_at)


@cases(LIVES, most=3)
def test_the_outcome_is_the_one_that_a_slow_telling_gives(some):
    found = timelines(some).outcome
    told = [outcome(life, KNOWN_UNTIL) for life in some]
    assert found.code.tolist() == [one.split()[0] for one in told]
    for one, words in zip(told, found.words.tolist(), strict=True):
        assert words.startswith(OUTCOMES[one.split()[0]])
        assert words.endswith(one.partition(" ")[2] + " an alternative" if " " in one else "")


@cases(LIVES, most=3)
def test_outcomes_add_up_and_name_what_decided_them(some):
    t = timelines(some)
    found = t.outcome
    assert set(Counter(found.code.tolist())) <= OUTCOMES.keys()
    assert all(found.words != np.full(t.n, None, object))
    assert all(found.evidence != np.full(t.n, None, object))
    excluded = t.tickets["exclusion"] != np.full(t.n, None, object)
    assert (np.char.startswith(found.code.astype(str), "X") == excluded).all()
    here = found.decided != NOWHERE
    assert (t.events["ticket"][found.decided[here]] == np.flatnonzero(here)).all()
    assert (t.at(found.decided)[here] == found.decided_at[here]).all()
    came_back = found.evidence == "the customer came back with another ticket"
    assert (here | excluded | came_back).all()


@cases(LIVES, most=3)
def test_strict_is_claimed_and_the_gap_is_made_of_its_parts(some):
    t = timelines(some)
    flags = {name: resolved.value(t, **how) for name, how in resolved.METRIC.columns.items()}
    parts = {name: ended.value(t, **how) for name, how in ended.METRIC.columns.items() if name != "is_bot_only"}
    unjudged = np.isnan(flags["is_claimed_resolved"])
    assert all((np.isnan(flag) == unjudged).all() for flag in [*flags.values(), *parts.values()])
    claimed, strict, confirmed, gap = (flag[~unjudged] for flag in flags.values())
    assert (confirmed <= strict).all()
    assert (strict <= claimed).all()
    assert (gap == claimed - strict).all()
    assert (gap == sum(part[~unjudged] for part in parts.values())).all()


@cases(LIVES, most=3)
def test_every_rating_is_kept_and_one_a_survey_counts(some):
    t = timelines(some)
    r = t.ratings
    events = [event for life in some for event in life.happened]
    assert (r.rated != NOWHERE).sum() == sum(event.what == "rating" for event in events)
    assert len(np.unique(r.offered[r.offered != NOWHERE])) == sum(event.what == "offer" for event in events)
    survey = np.cumsum(r.is_first)
    assert all(count <= 1 for count in Counter(survey[r.counts].tolist()).values())
    assert (r.rated[r.counts] != NOWHERE).all()


@cases(LIVES, most=3)
def test_what_changes_by_itself_changes_no_sooner_than_it_says(some):
    t = timelines(some)
    for module, how in (
        (outcome_metric, {"told": "code"}),
        (resolved, {"how": "claimed"}),
        (resolved, {"how": "strict"}),
        (survey_response, {"how": "possibly"}),
    ):
        due, now = module.changes_at(t, **how), module.value(t, **how)
        for at in np.unique(due[due != NEVER]):
            before = module.value(dataclasses.replace(t, mature_until=int(at - 1)), **how)
            assert _same(before, now)[due == at].all()
        end = module.value(dataclasses.replace(t, mature_until=KNOWN_UNTIL + 400 * DAY), **how)
        assert _same(end, now)[due == NEVER].all()


def _same(a, b):
    """Equal, or both unknown."""
    return np.array([x == y or (x != x and y != y) for x, y in zip(a.tolist(), b.tolist(), strict=True)], bool)
