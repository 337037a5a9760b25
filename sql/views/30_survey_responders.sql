-- Two rows: those who answered a survey and those who did not, and how they had been served. Where the two differ,
-- satisfaction does not speak of everybody. Read by analysts.
CREATE VIEW survey_responders AS
WITH asked AS ( -- Each offered survey that can no longer be answered, of tickets in scope.
    SELECT
        CASE WHEN m.is_survey_answered THEN 'answered' ELSE 'silent' END AS who,
        reply.first_reply_minutes,
        chased.chasers,
        resolution.customer_reopens,
        ROW_NUMBER() OVER (
            PARTITION BY m.is_survey_answered, CASE WHEN reply.first_reply_minutes IS NULL THEN 1 ELSE 0 END
            ORDER BY reply.first_reply_minutes
        ) AS place,
        COUNT(reply.first_reply_minutes) OVER (PARTITION BY m.is_survey_answered) AS replied
    FROM ratings_versions m
    JOIN ticket_versions t ON t.ticket_key = m.ticket_key AND {holds(t)}
    LEFT JOIN reply_versions reply ON reply.ticket_key = m.ticket_key AND {holds(reply)}
    LEFT JOIN chasers_versions chased ON chased.ticket_key = m.ticket_key AND {holds(chased)}
    LEFT JOIN resolution_versions resolution ON resolution.ticket_key = m.ticket_key AND {holds(resolution)}
    WHERE m.is_survey_answered IS NOT NULL AND t.exclusion_code IS NULL AND {holds(m)}
)
SELECT
    who AS who, -- answered or silent.
    COUNT(*) AS surveys, -- Surveys that were offered to them.
    AVG(CASE WHEN first_reply_minutes IS NOT NULL AND place IN ((replied + 1) / 2, (replied + 2) / 2)
        THEN first_reply_minutes END) AS first_reply_minutes_p50, -- Median time to the first reply, of those who had one.
    AVG(CASE WHEN chasers > 0 THEN 1.0 WHEN chasers = 0 THEN 0.0 END) AS chased, -- Share that had to ask where the answer is.
    AVG(CASE WHEN customer_reopens > 0 THEN 1.0 WHEN customer_reopens = 0 THEN 0.0 END) AS reopened -- Share that opened the case again.
FROM asked
GROUP BY who
