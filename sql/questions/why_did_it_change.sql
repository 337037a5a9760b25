-- Why did a figure change between two publications?
-- One row a reason; the parts add up to the change. Take metric, statistic, period and period_start from the scorecard,
-- the numbers of the publications from `runs`.
-- For example: metric = came_back_rate_7d; statistic = rate; period = week; period_start = 2026-10-19; from_publication = 1; to_publication = 3
SELECT
    kind,
    reason,
    SUM(tickets) AS tickets,
    SUM(part) AS part,
    MIN(publication) AS first_publication,
    MAX(publication) AS last_publication
FROM restatements
WHERE metric = :metric
    AND statistic = :statistic
    AND period = :period
    AND period_start = :period_start
    AND publication > :from_publication
    AND publication <= :to_publication
    AND weighting = 'ticket'
    AND segment = 'all'
    AND breakdown = 'all'
GROUP BY kind, reason
ORDER BY ABS(SUM(part)) DESC, reason
