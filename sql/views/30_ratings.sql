-- One row for each answer to a survey, replaced ones included, and for each offer without an answer. Read by analysts.
CREATE VIEW ratings AS
SELECT
    t.ticket AS ticket, -- The source's name and the helpdesk's own id.
    m.rating AS rating, -- 1 for the ticket's first offer or answer, then 2 and so on.
    m.offered_at AS offered_at, -- When the survey was offered; NULL for an answer that nobody had asked for.
    m.rated_at AS rated_at, -- When it was answered; NULL for an offer without an answer.
    m.score AS score, -- What the answer comes to: good, neutral or bad; NULL without an answer.
    m.scale AS scale, -- The survey's scale, such as good/bad or 1-5.
    m.answer AS answer, -- The answer on that scale.
    m.has_comment AS has_comment, -- Whether the customer also wrote something (never what).
    m.counts AS counts, -- Whether it is the survey's last answer that came in time; NULL without an answer.
    m.mapping_version AS mapping_version, -- Version of the mapping from answers to scores.
    m.replier AS replier, -- The human who had replied last when the survey was offered; NULL if nobody had.
    m.assignee_at_offer AS assignee, -- Who had the ticket then, whoever has it now.
    m.rating_team AS team, -- The team that had the ticket at that reply, or else at the offer.
    t.exclusion_reason AS exclusion_reason -- Why the ticket is out of every figure; NULL if it is in scope.
FROM ratings_versions m
JOIN ticket_versions t ON t.ticket_key = m.ticket_key AND {holds(t)}
WHERE {holds(m)}
