-- Which promises were broken, and who was reminded of them?
-- Promises that fell due in the last week that is over and were not kept in time, the latest first. Analysts ask it: it
-- speaks of tickets.
SELECT
    p.ticket,
    p.promiser_team,
    p.made_at,
    p.due_at,
    p.state,
    p.lateness_minutes,
    p.is_chased_after_due
FROM promises p
WHERE p.state IN ('late', 'broken')
    AND SUBSTR(CAST(p.due_at AS TEXT), 1, 10) BETWEEN
        (SELECT MAX(period_start) FROM headlines WHERE period = 'week' AND is_over = 'yes')
        AND (SELECT MAX(period_end) FROM headlines WHERE period = 'week' AND is_over = 'yes')
ORDER BY p.state, p.lateness_minutes DESC, p.due_at, p.ticket
