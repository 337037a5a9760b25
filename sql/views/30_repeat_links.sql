-- One row for each ticket with which a customer came back to an earlier one about the same issue, or opened while that
-- was open. Read by analysts.
CREATE VIEW repeat_links AS
SELECT
    earlier.ticket AS earlier, -- The ticket that failed them.
    later.ticket AS later, -- The ticket with which they came back.
    earlier.customer AS customer, -- The customer.
    earlier.topic AS topic, -- What the earlier ticket is about.
    earlier.team_judged_solve AS team, -- The team that had the earlier ticket at the solve that coming back is charged to.
    r.kind AS kind, -- repeat after a solve, parallel while the earlier one was open, or forwarded on the phone.
    r.layer AS layer, -- How they are linked: explicit, topic, words or said.
    r.score AS score, -- How sure the link is, 0 to 1: an order, no probability.
    r.is_competing_cause AS is_competing_cause, -- True if an incident brought them back: charged to nobody.
    {moment(r.solved_at)} AS solved_at, -- The solve after which they came back; NULL for a parallel ticket.
    {moment(r.came_back_at)} AS came_back_at, -- When they came back.
    (r.came_back_at - r.solved_at) / 86400.0 AS days, -- Days of 24 hours between the two; NULL for a parallel ticket.
    r.rule_version AS rule_version -- Version of the rules that linked them.
FROM repeat_links_versions r
JOIN ticket_versions earlier ON earlier.ticket_key = r.earlier AND {holds(earlier)}
JOIN ticket_versions later ON later.ticket_key = r.later AND {holds(later)}
WHERE {holds(r)}
