-- Where did we fail one customer again and again?
-- The issues that took a customer most tickets, with where they are read. Analysts ask it: it speaks of tickets.
SELECT
    place,
    first_ticket,
    subject,
    topic,
    team,
    contacts,
    channels,
    came_back,
    first_contact_at,
    last_contact_at,
    last_status
FROM worst_episodes
WHERE place <= 10
ORDER BY place
