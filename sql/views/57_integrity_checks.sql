-- One row for each way in which a headline can be improved on paper only, with how often it was seen among the tickets
-- in scope that were last solved in the latest thirteen weeks. A high share is a question, no verdict. Read by analysts.
CREATE VIEW integrity_checks AS
WITH solved AS (
    SELECT t.ticket_key
    FROM ticket_versions t
    CROSS JOIN current_publication held
    JOIN run_log r ON r.run = held.run
    WHERE {holds(t)} AND t.exclusion_code IS NULL AND t.last_solved_on > {quarter_before(r.day)}
),
counted AS (
    SELECT 1 AS position, 'solved without any reply' AS sign, 'one_touch_rate' AS metric,
        SUM(CASE WHEN m.agent_replies = 0 THEN 1 ELSE 0 END) AS cases, COUNT(m.agent_replies) AS among,
        CAST(NULL AS BIGINT) AS cases_otherwise, CAST(NULL AS BIGINT) AS among_otherwise
    FROM solved s JOIN messages_versions m ON m.ticket_key = s.ticket_key AND {holds(m)}
    UNION ALL
    SELECT 2, 'paused while the customer waited', 'sla_attainment',
        SUM(CASE WHEN m.paused_while_customer_waited_minutes > 0 THEN 1 ELSE 0 END),
        COUNT(m.paused_while_customer_waited_minutes), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT)
    FROM solved s JOIN waits_versions m ON m.ticket_key = s.ticket_key AND {holds(m)}
    UNION ALL
    SELECT 3, 'empty first reply', 'first_reply_business_minutes',
        SUM(CASE WHEN m.is_first_reply_empty THEN 1 ELSE 0 END), COUNT(m.is_first_reply_empty), NULL, NULL
    FROM solved s JOIN reply_versions m ON m.ticket_key = s.ticket_key AND {holds(m)}
    UNION ALL
    SELECT 4, 'priority lowered shortly before the target', 'sla_attainment',
        SUM(CASE WHEN m.is_late_downgrade THEN 1 ELSE 0 END), COUNT(m.is_late_downgrade), NULL, NULL
    FROM solved s JOIN sla_versions m ON m.ticket_key = s.ticket_key AND {holds(m)}
    UNION ALL
    SELECT 5, 'solved, and opened again by an agent', 'full_resolution_minutes',
        SUM(CASE WHEN m.agent_reopens > 0 THEN 1 ELSE 0 END), COUNT(m.agent_reopens), NULL, NULL
    FROM solved s JOIN resolution_versions m ON m.ticket_key = s.ticket_key AND {holds(m)}
    UNION ALL
    SELECT 6, 'no survey offered to those who were not helped', 'csat',
        SUM(CASE WHEN NOT m.is_strictly_resolved AND NOT m.is_survey_offered THEN 1 ELSE 0 END),
        SUM(CASE WHEN NOT m.is_strictly_resolved AND m.is_survey_offered IS NOT NULL THEN 1 ELSE 0 END),
        SUM(CASE WHEN m.is_strictly_resolved AND NOT m.is_survey_offered THEN 1 ELSE 0 END),
        SUM(CASE WHEN m.is_strictly_resolved AND m.is_survey_offered IS NOT NULL THEN 1 ELSE 0 END)
    FROM solved s JOIN outcome_versions m ON m.ticket_key = s.ticket_key AND {holds(m)}
    UNION ALL
    SELECT 7, 'solved within a minute of the assignment', 'full_resolution_minutes',
        SUM(CASE WHEN m.is_solved_at_once THEN 1 ELSE 0 END), COUNT(m.is_solved_at_once), NULL, NULL
    FROM solved s JOIN resolution_versions m ON m.ticket_key = s.ticket_key AND {holds(m)}
    UNION ALL
    SELECT 8, 'opened again and solved again at once', 'full_resolution_minutes',
        SUM(CASE WHEN m.solved_again_at_once > 0 THEN 1 ELSE 0 END), COUNT(m.solved_again_at_once), NULL, NULL
    FROM solved s JOIN resolution_versions m ON m.ticket_key = s.ticket_key AND {holds(m)}
)
SELECT
    position AS position, -- Order of the checks.
    sign AS sign, -- What was looked for.
    metric AS metric, -- The figure that it would improve on paper only.
    CASE
        WHEN among IS NULL THEN 'not measured yet'
        WHEN among = 0 THEN 'nothing to measure'
        ELSE 'measured'
    END AS state, -- measured, nothing to measure, or not measured yet.
    cases AS cases, -- Tickets (or targets) of which it is true; NULL if it is not measured.
    among AS among, -- Tickets (or targets) of which it could be true.
    CASE WHEN among > 0 THEN CAST(cases AS DOUBLE PRECISION) / among END AS share, -- cases of among.
    CASE WHEN among_otherwise > 0 THEN CAST(cases_otherwise AS DOUBLE PRECISION) / among_otherwise END AS share_otherwise -- The same share among those who were helped; NULL where there is nobody to compare with.
FROM counted
