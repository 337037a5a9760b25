-- One row for each time that a customer came back with another ticket about the same issue. Read by analysts.
CREATE VIEW repeat_links AS
SELECT
    earlier.ticket AS earlier, -- The ticket that failed them.
    later.ticket AS later, -- The ticket with which they came back.
    earlier.customer AS customer, -- The customer.
    earlier.topic AS topic, -- What the earlier ticket is about.
    earlier.team_solve AS team, -- The team that solved the earlier ticket, as of that solve.
    r.layer AS layer, -- How they are linked: explicit (follow-up, order or ticket quoted) or topic.
    r.score AS score, -- How sure the link is, 0 to 1.
    {moment(r.solved_at)} AS solved_at, -- The solve after which they came back.
    {moment(r.came_back_at)} AS came_back_at, -- When they came back.
    (r.came_back_at - r.solved_at) / 86400.0 AS days, -- Days of 24 hours between the two.
    r.rule_version AS rule_version -- Version of the rules that linked them.
FROM repeat_links_versions r
JOIN ticket_versions earlier ON earlier.ticket_key = r.earlier AND {holds(earlier)}
JOIN ticket_versions later ON later.ticket_key = r.later AND {holds(later)}
WHERE {holds(r)}
