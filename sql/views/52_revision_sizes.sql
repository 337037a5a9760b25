-- One row for each figure of the whole: by how much it was revised after its period was over. Read by leaders.
CREATE VIEW revision_sizes AS
WITH told AS ( -- From the first value that was told of a whole period to the one that is seen now.
    SELECT
        t.*,
        ROW_NUMBER() OVER (
            PARTITION BY metric, statistic, weighting, period, period_start ORDER BY publication
        ) AS first
    FROM revision_triangle t
    WHERE is_over = 'yes' AND value IS NOT NULL AND breakdown = 'all' AND segment = 'all'
),
ends AS (
    SELECT
        a.metric, a.statistic, a.weighting, a.period, a.period_start, a.value AS first_value, b.value AS latest_value,
        b.maturity
    FROM told a
    JOIN revision_triangle b ON b.metric = a.metric AND b.statistic = a.statistic AND b.weighting = a.weighting
        AND b.period = a.period AND b.period_start = a.period_start AND b.breakdown = 'all' AND b.segment = 'all'
        AND b.from_latest = 1
    WHERE a.first = 1
)
SELECT
    metric AS metric, -- The metric's name.
    statistic AS statistic, -- Such as p90, rate or count.
    weighting AS weighting, -- ticket, one_per_ticket or customer.
    period AS period, -- week, month or day.
    COUNT(*) AS periods, -- Periods that had a value when they were over.
    SUM(CASE WHEN latest_value <> first_value THEN 1 ELSE 0 END) AS revised, -- Those whose value is another by now.
    AVG(ABS(latest_value - first_value)) AS mean_absolute_revision, -- How far the value now lies from the first one, on average; in the figure's own unit.
    MAX(ABS(latest_value - first_value)) AS largest_revision -- The farthest that one of them has moved.
FROM ends
WHERE latest_value IS NOT NULL
GROUP BY metric, statistic, weighting, period
