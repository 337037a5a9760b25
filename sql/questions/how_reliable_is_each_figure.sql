-- How reliable is each figure?
-- The headlines' newest week with a value: what they rest on, how wide the interval is, whether they can still change,
-- and by how much such figures moved after their week was over.
SELECT
    s.title,
    s.statistic,
    s.period_start,
    s.n,
    s.coverage,
    s.reliability,
    s.missing_sources,
    s.maturity,
    s.ci_high - s.ci_low AS width_of_interval,
    r.mean_absolute_revision,
    s.unit
FROM (
    SELECT
        scorecard.*,
        ROW_NUMBER() OVER (PARTITION BY metric, statistic ORDER BY period_start DESC) AS age
    FROM scorecard
    WHERE metric IN (SELECT metric FROM headlines)
        AND weighting = 'ticket'
        AND segment = 'all'
        AND breakdown = 'all'
        AND period = 'week'
        AND value IS NOT NULL
        AND period_start <= (SELECT MAX(period_start) FROM headlines WHERE period = 'week' AND is_over = 'yes')
) s
LEFT JOIN revision_sizes r ON r.metric = s.metric AND r.statistic = s.statistic
    AND r.weighting = s.weighting AND r.period = s.period
WHERE s.age = 1
ORDER BY s.metric, s.statistic
