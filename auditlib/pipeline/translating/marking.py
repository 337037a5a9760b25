"""What events say: whose acts they were, and what the rules find in the words that go with them."""

from __future__ import annotations

import functools

import numpy as np
import pandas as pd

from auditlib.caselog import roles, text
from auditlib.caselog.words import ActorClass, Kind
from auditlib.pipeline.translating.part import Part


def described(part: Part, events: pd.DataFrame, history: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A part's events with classes and markers, and the markers as rows of their own."""
    requester_of = {part.ticket(t.ticket): part.person(t.requester) for t in part.batch.tickets.values()}
    requester = events.ticket_key.map(requester_of).to_numpy(np.int64)
    classes, basis = roles.resolve(events, requester, history)
    events = events.assign(actor_class=classes, basis=basis, raw_part=part.number)
    bits, chars, dues, found = _marked(part, events)
    markers = pd.DataFrame(found, columns=["ticket_key", "seq", "marker", "position", "rule_version", "due"])
    markers = markers.astype({"ticket_key": np.int64, "seq": np.int64, "marker": np.int64})
    promised = np.where(dues > 0, dues, events.new)
    return events.assign(markers=bits, body_chars=chars, new=promised), markers


def _marked(part: Part, events: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[tuple]]:
    """Per event the bits of its markers, the length of its own text, and by when it promises something
    (0 if it does not); and each marker's place."""
    bits, chars, dues = np.zeros((3, len(events)), np.int64)
    found: dict[tuple, tuple] = {}
    said = np.flatnonzero((events.body.notna() & events.kind.isin([Kind.message, Kind.created])).to_numpy())
    by_customer = events.actor_class.isin([ActorClass.customer, ActorClass.customer_side]).to_numpy()
    bodies, keys, seqs = events.body.tolist(), events.ticket_key.tolist(), events.seq.tolist()
    # Agents and machines write the same words again and again: they are read once a part.
    read = functools.cache(text.markers)
    for row in said.tolist():
        own = part.own_words(bodies[row])
        chars[row] = len(own)
        for one in read(own, bool(by_customer[row])):
            bits[row] |= int(one.marker)
            said_by = None if one.due is None else str(one.due)
            found.setdefault((keys[row], seqs[row], int(one.marker)), (one.offset, one.rule_version, said_by))
            dues[row] = dues[row] or (0 if one.due is None else one.due.code)
    return bits, chars, dues, [(*where, *what) for where, what in found.items()]
