"""People into the case log: who they are, by what they are known, and what they were when."""

from __future__ import annotations

import numpy as np
import pandas as pd

from auditlib.caselog import roles, text
from auditlib.caselog import rows as r
from auditlib.pipeline.tombstones import ID
from auditlib.pipeline.translating.part import Part
from auditlib.store import caselog


def keep(part: Part, events: pd.DataFrame) -> pd.DataFrame:
    """Merges a part's people and their roles; gives the role history of everybody in it."""
    erased = part.erased
    people = erased.tombed(_people(part), "person", erased.people, id=ID, display_name=None)
    changes = pd.DataFrame(
        [(part.person(x.person), x.since, x.role, x.was) for x in part.told(r.RoleChange)],
        columns=["person", "since", "role", "was"],
    )
    is_told = len(changes) > 0 or caselog.tells_roles(part.c, part.source)
    acts = roles.acts_of_agents(events, notes_tell=not is_told)
    everybody = {*people.person, *changes.person, *acts.index, *events.actor.unique()} - {0}
    before = caselog.held(part.c, "role_history", everybody)
    strangers = _strangers(part, events) - set(before.person)
    now = roles.history(people, changes, acts, before, part.source, part.last_looked, strangers)
    if len(people):
        _keep_described(part, people, now)
    merged = caselog.merge_dimension(part.c, "role_history", now, part.run)
    caselog.note_unsettled(part.c, part.source, set(merged.withdrawn.person))
    missing = before[~before.person.isin(now.person)]
    return pd.concat([now, missing[roles.COLUMNS]], ignore_index=True)


def _keep_described(part: Part, people: pd.DataFrame, now: pd.DataFrame) -> None:
    # Who has left the helpdesk keeps the name under which they answered; customers have none.
    staff = people.person.isin(now.person[now.role.isin(("agent", "bot"))])
    named = people.assign(display_name=people.display_name.where(staff, None))
    caselog.merge_dimension(part.c, "people", named, part.run)
    identities = _identities(part)
    kept = identities[~identities.person.isin(part.erased.people)].reset_index(drop=True)
    caselog.merge_dimension(part.c, "identities", kept, part.run)


def _strangers(part: Part, events: pd.DataFrame) -> set[int]:
    """Who acted in tickets of others: once it is known who they are, their acts are resolved again."""
    own = {part.ticket(t.ticket): part.person(t.requester) for t in part.batch.tickets.values()}
    of_others = events.actor != events.ticket_key.map(own).fillna(0)
    return set(events.actor[of_others & (events.actor_class == 0)]) - {0}


def _people(part: Part) -> pd.DataFrame:
    rows = {part.person(p.person): p for p in part.told(r.Person)}
    bots = set(part.settings.bots)
    columns = {
        "person": list(rows),
        "source": part.source,
        "id": [p.person for p in rows.values()],
        "role": ["bot" if p.email in bots or p.person in bots else p.role for p in rows.values()],
        "display_name": [p.name for p in rows.values()],
        "organization": [part.key("organization", p.organization) for p in rows.values()],
        "language": [p.language for p in rows.values()],
        "is_active": [p.is_active for p in rows.values()],
        "is_shared": [p.is_shared for p in rows.values()],
    }
    frame = pd.DataFrame(columns)
    return frame.astype({"person": np.int64, "organization": np.int64})


def _identities(part: Part) -> pd.DataFrame:
    rows = [
        (part.person(i.person), text.fingerprint(i.value, part.secret, i.kind), part.source, i.kind, _ties(i))
        for i in part.told(r.Identity)
    ]
    columns = ["person", "fingerprint", "source", "kind", "is_verified"]
    frame = pd.DataFrame(rows, columns=columns).astype({"person": np.int64})
    return frame[frame.fingerprint.notna()].drop_duplicates(["person", "fingerprint"], ignore_index=True)


def _ties(known: r.Identity) -> bool:
    """Whether an address may make two people one: a number without a country may be two of two countries."""
    return known.is_verified and (known.kind != "phone" or text.is_international(known.value))
