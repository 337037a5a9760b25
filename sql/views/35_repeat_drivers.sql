-- One row for each topic and team: how many of its solves customers came back from, as far as is known by now, with
-- subjects to look at. Read by analysts; the whole time that is loaded, no trend.
CREATE VIEW repeat_drivers AS
WITH
-- Solved tickets of which it is known whether the customer came back within the topic's window.
judged AS (
    SELECT
        t.ticket_key,
        t.ticket,
        t.customer,
        COALESCE(t.topic_judged_solve, '(none)') AS topic,
        COALESCE(t.team_judged_solve, '(none)') AS team,
        t.subject,
        CASE WHEN m.came_back THEN 1 ELSE 0 END AS came_back
    FROM ticket_versions t
    JOIN repeat_versions m ON m.ticket_key = t.ticket_key AND {holds(m)}
    WHERE {holds(t)} AND t.exclusion_code IS NULL AND m.came_back IS NOT NULL
),
-- The three tickets that customers came back from last.
ranked AS (
    SELECT
        j.topic,
        j.team,
        j.ticket,
        j.subject,
        ROW_NUMBER() OVER (PARTITION BY j.topic, j.team ORDER BY r.came_back_at DESC, j.ticket) AS place
    FROM judged j
    JOIN repeat_links_versions r ON r.earlier = j.ticket_key AND r.kind = 'repeat' AND {holds(r)}
    WHERE j.came_back = 1
),
examples AS (
    SELECT
        topic,
        team,
        MAX(CASE WHEN place = 1 THEN ticket END) AS example_1,
        MAX(CASE WHEN place = 1 THEN subject END) AS subject_1,
        MAX(CASE WHEN place = 2 THEN ticket END) AS example_2,
        MAX(CASE WHEN place = 2 THEN subject END) AS subject_2,
        MAX(CASE WHEN place = 3 THEN ticket END) AS example_3,
        MAX(CASE WHEN place = 3 THEN subject END) AS subject_3
    FROM ranked
    GROUP BY topic, team
),
counted AS (
    SELECT
        topic,
        team,
        COUNT(*) AS tickets,
        SUM(came_back) AS came_back,
        COUNT(DISTINCT CASE WHEN came_back = 1 THEN customer END) AS customers
    FROM judged
    GROUP BY topic, team
),
total AS (
    SELECT SUM(came_back) AS came_back FROM judged
)
SELECT
    c.topic AS topic, -- What the tickets were about when they were solved.
    c.team AS team, -- The team that had them then.
    c.tickets AS tickets, -- Solved tickets whose window is over.
    c.came_back AS came_back, -- Those after which the customer came back about it.
    1.0 * c.came_back / c.tickets AS came_back_share, -- The share of the two; NULL never. Small numbers mean little.
    CASE WHEN n.came_back > 0 THEN 1.0 * c.came_back / n.came_back END AS share_of_all, -- This row's share of all who came back.
    c.customers AS customers, -- Different customers who came back.
    e.example_1 AS example_1, -- The ticket that somebody came back from last.
    e.subject_1 AS subject_1, -- Its masked subject.
    e.example_2 AS example_2, -- The one before.
    e.subject_2 AS subject_2, -- Its masked subject.
    e.example_3 AS example_3, -- The one before that.
    e.subject_3 AS subject_3 -- Its masked subject.
FROM counted c
CROSS JOIN total n
LEFT JOIN examples e ON e.topic = c.topic AND e.team = c.team
