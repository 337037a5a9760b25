-- One row for each issue that took a customer more than one ticket, the worst first by place: most tickets, then channels,
-- then the longest. Masked subjects and links, never what anybody wrote. Read by analysts.
CREATE VIEW worst_episodes AS
SELECT
    ROW_NUMBER() OVER (
        ORDER BY
            e.contacts DESC,
            e.channels DESC,
            {seconds(e.last_contact_at)} - {seconds(e.first_contact_at)} DESC,
            t.ticket
    ) AS place, -- 1 for the worst.
    t.ticket AS first_ticket, -- The ticket with which it began.
    t.subject AS subject, -- Its subject with names, addresses and numbers masked.
    CASE WHEN t.url LIKE 'http://%' OR t.url LIKE 'https://%' THEN t.url END AS url, -- Where it is read in the helpdesk.
    t.customer AS customer, -- The customer; NULL if nobody is known.
    t.topic AS topic, -- What the first ticket is about.
    t.team AS team, -- The team that has the first ticket now.
    e.contacts AS contacts, -- Tickets of the customer about it.
    e.channels AS channels, -- Channels on which they came.
    e.came_back AS came_back, -- How often they came back after a solve.
    e.parallels AS parallels, -- Tickets that they opened while an earlier one was open.
    e.first_contact_at AS first_contact_at, -- When the first of them was created.
    e.last_contact_at AS last_contact_at, -- When the last of them was created.
    e.ended_at AS ended_at, -- The solve that ended it, once nobody came back within the window; NULL before.
    last_one.ticket AS last_ticket, -- The customer's latest ticket about it.
    last_one.subject AS last_subject, -- Its masked subject.
    last_one.status AS last_status -- Its status.
FROM episodes_versions e
JOIN ticket_versions t ON t.ticket_key = e.episode AND {holds(t)}
JOIN (
    SELECT
        m.episode,
        v.ticket,
        v.subject,
        v.status,
        ROW_NUMBER() OVER (PARTITION BY m.episode ORDER BY v.created_at DESC, v.ticket DESC) AS nth
    FROM memberships_versions m
    JOIN ticket_versions v ON v.ticket_key = m.ticket_key AND {holds(v)}
    WHERE {holds(m)}
) last_one ON last_one.episode = e.episode AND last_one.nth = 1
WHERE {holds(e)} AND e.contacts > 1
