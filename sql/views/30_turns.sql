-- One row for each time that a customer waited for an answer: from when they wrote to when a human answered, or the
-- ticket was closed instead. Read by analysts.
CREATE VIEW turns AS
SELECT
    t.ticket AS ticket, -- The source's name and the helpdesk's own id.
    m.turn AS turn, -- 1 for the first time that the customer waited, then 2 and so on.
    m.opened_at AS opened_at, -- When the customer began to wait.
    m.closed_at AS closed_at, -- When the wait ended; NULL while it lasts.
    m.responder AS responder, -- Who answered; NULL if nobody did.
    m.responder_team AS responder_team, -- Their team, as of the answer.
    m.ended_by AS ended_by, -- agent, if a human answered; else who closed it instead; NULL while it lasts.
    m.topic_then AS topic, -- What the ticket was about as of the answer.
    m.priority_then AS priority, -- The ticket's priority as of the answer.
    m.next_reply_minutes AS minutes, -- How long the customer waited, in minutes; NULL while it lasts.
    m.next_reply_business_minutes AS business_minutes, -- The same in minutes of opening hours.
    m.next_reply_minutes_state AS state -- observed, waiting, closed_unanswered or unmeasurable.
FROM turns_versions m
JOIN ticket_versions t ON t.ticket_key = m.ticket_key AND {holds(t)}
WHERE {holds(m)}
