-- What is signed, and what does nobody answer for?
-- The last thirteen weeks that are over: who signed each, of which publication, and how many of its figures say
-- something else by now.
WITH weeks AS (
    SELECT
        period_start,
        MAX(period_end) AS period_end,
        SUM(CASE WHEN is_signed AND value <> signed_value THEN 1 ELSE 0 END) AS changed_since
    FROM scorecard
    WHERE period = 'week'
        AND period_start IN (SELECT period_start FROM headlines WHERE period = 'week' AND is_over = 'yes')
    GROUP BY period_start
    ORDER BY period_start DESC
    LIMIT 13
)
SELECT
    w.period_start,
    w.period_end,
    COALESCE(s.signed_by, 'nobody') AS signed_by,
    s.publication,
    s.figures,
    CASE WHEN s.signed_by IS NOT NULL THEN w.changed_since END AS changed_since
FROM weeks w
LEFT JOIN signatures s ON s.period = 'week' AND s.period_start = w.period_start
    AND s.signature = (
        SELECT MAX(t.signature) FROM signatures t WHERE t.period = 'week' AND t.period_start = w.period_start
    )
ORDER BY w.period_start DESC
