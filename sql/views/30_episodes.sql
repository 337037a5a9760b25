-- One row for each issue of a customer, across tickets and channels. Read by analysts.
CREATE VIEW episodes AS
SELECT
    t.ticket AS first_ticket, -- The ticket with which it began.
    t.source AS source, -- The source of that ticket.
    t.customer AS customer, -- The customer; NULL if nobody is known.
    t.topic AS topic, -- What the first ticket is about.
    t.team AS team, -- The team that has the first ticket now.
    e.contacts AS contacts, -- Tickets of the customer about it.
    e.channels AS channels, -- Channels on which they came.
    e.came_back AS came_back, -- How often they came back after a solve, within the topic's window.
    e.parallels AS parallels, -- Tickets that they opened while an earlier one was open.
    e.first_contact_at AS first_contact_at, -- When the first of them was created.
    e.last_contact_at AS last_contact_at, -- When the last of them was created.
    e.ended_at AS ended_at, -- The solve that ended it, once nobody came back within the window; NULL before.
    ({seconds(e.ended_at)} - {seconds(e.first_contact_at)}) / 60.0 AS minutes_to_durable_end -- From the first contact to ended_at; NULL before.
FROM episodes_versions e
JOIN ticket_versions t ON t.ticket_key = e.episode AND {holds(t)}
WHERE {holds(e)}
