"""The tables in a metric's page, as timelines and the values that they promise.

An example is a heading `## Example: …` (perhaps with `promised: Mon-Fri 08:00-18:00 Europe/Berlin`,
the hours that customers are told, perhaps ending in `as of 2026-03-20 00:00`) with a table of what
happened (ticket, when, who, what; perhaps customer, topic, channel, follow_up_of, order, quotes, incident,
window in days, merged_into: what is said in the ticket counts in that one, too) and a table of values. Who is a
class of actors, perhaps with a name (agent Ann). What is `writes` or `notes`, perhaps with what the
rules saw in it (`writes: refusal promise`) and how many letters it has (`notes: 12 letters`),
`thanks`, `promises: by Friday`, a change (`status: solved`, `group: billing`, `assignee: Ann`,
`merged: T2`), what the helpdesk's rules say (`due: 2026-03-02 11:00`, `due: nothing`), `deletes` or
`restores`. Times are those of Berlin; its business hours are Monday to
Friday 09:00 to 17:00.
"""

from auditlib.worked_examples.buckets import timelines
from auditlib.worked_examples.kept import broken, in_words, said, written
from auditlib.worked_examples.names import named
from auditlib.worked_examples.reading import Example, examples

__all__ = ["Example", "broken", "examples", "in_words", "named", "said", "timelines", "written"]
