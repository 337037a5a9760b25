-- One row for each message in which a human of ours promised something: by when, and what became of it. Read by
-- analysts. Text is read from the night on that first had rules for its language.
CREATE VIEW promises AS
SELECT
    t.ticket AS ticket, -- The source's name and the helpdesk's own id.
    m.promise AS promise, -- 1 for the ticket's first promise, then 2 and so on.
    m.made_at AS made_at, -- When it was promised.
    m.due_at AS due_at, -- By when; NULL if it is vague or ambiguous.
    m.promiser AS promiser, -- Who promised.
    m.promiser_team AS promiser_team, -- The team that had the ticket then.
    m.clock AS clock, -- business if opening hours decide when it is due, otherwise calendar.
    m.is_vague AS is_vague, -- True if it names no time: soon, as soon as we hear.
    m.is_ambiguous AS is_ambiguous, -- True if its time can be read in two ways.
    m.promise_state AS state, -- kept, late, broken, superseded, withdrawn or pending; NULL if vague or ambiguous.
    m.kept_at AS kept_at, -- When it was kept, in time or late; NULL if it was not.
    m.promise_lateness_minutes AS lateness_minutes, -- How late, in minutes; NULL while it is broken, and if it was not late.
    m.is_chased_after_due AS is_chased_after_due -- True if the customer wrote after it was due and before it was kept.
FROM promises_versions m
JOIN ticket_versions t ON t.ticket_key = m.ticket_key AND {holds(t)}
WHERE {holds(m)}
