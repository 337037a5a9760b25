-- How much of what customers write only asks again?
-- One row a team: work that one answer in time would have saved. Cases are those that customers began between two
-- moments. Analysts ask it: it counts tickets.
-- For example: since = 2026-10-01T00:00:00Z; until = 2026-11-01T00:00:00Z
SELECT
    team,
    COUNT(*) AS tickets,
    SUM(customer_messages) AS customer_messages,
    SUM(chasers) AS chasers,
    1.0 * SUM(chasers) / NULLIF(SUM(customer_messages), 0) AS share_of_messages,
    100.0 * SUM(chasers) / COUNT(*) AS per_100_tickets
FROM ticket_audit
WHERE exclusion_reason IS NULL
    AND chasers IS NOT NULL
    AND created_at >= :since
    AND created_at < :until
GROUP BY team
ORDER BY chasers DESC, team
