-- One row for each period of each figure that is not broken down twice: what charts draw. Read by leaders.
CREATE VIEW trend AS
WITH kept AS (
    SELECT
        scorecard.*,
        LAG(definition_version) OVER line AS version_before,
        LAG(period_end) OVER line AS end_before,
        ROW_NUMBER() OVER (
            PARTITION BY metric, statistic, weighting, segment, period, breakdown, breakdown_value
            ORDER BY period_start DESC
        ) AS from_latest
    FROM scorecard
    WHERE breakdown_2 = ''
    WINDOW line AS (
        PARTITION BY metric, statistic, weighting, segment, period, breakdown, breakdown_value ORDER BY period_start
    )
),
redefined AS ( -- The day of the first night that used a version which replaced another.
    SELECT d.metric, d.version, MIN(r.day) AS day
    FROM definition_versions d
    JOIN run_log r ON r.run = d.from_run AND r.state = 'published'
    WHERE EXISTS (
        SELECT 1 FROM definition_versions e
        WHERE e.metric = d.metric AND e.version <> d.version AND e.from_run < d.from_run
    )
    GROUP BY d.metric, d.version
)
SELECT
    k.metric AS metric, -- The metric's name.
    k.title AS title, -- What leaders call it.
    k.leg AS leg, -- attitude, process or outcome.
    k.unit AS unit, -- minutes, share (0 to 1), count or per 100.
    k.better AS better, -- lower, higher or neither.
    k.statistic AS statistic, -- Such as p90, rate or count.
    k.weighting AS weighting, -- ticket, one_per_ticket or customer.
    k.segment AS segment, -- all, or a segment of audit.toml.
    k.breakdown AS breakdown, -- all, team and so on.
    k.breakdown_value AS breakdown_value, -- The team and so on; empty for all.
    k.period AS period, -- week, month or day.
    k.period_start AS period_start, -- First local day of the period.
    k.period_end AS period_end, -- Last local day of the period.
    CASE WHEN k.period_end <= r.day THEN 'yes' ELSE 'no' END AS is_over, -- yes, or no while days of the period are still to come.
    k.from_latest AS from_latest, -- 1 for the latest period, 2 for the one before, and so on.
    k.value AS value, -- The figure; NULL with the reason in suppressed_reason.
    k.ci_low AS ci_low, -- Lower end of the 95 % interval.
    k.ci_high AS ci_high, -- Upper end of the 95 % interval.
    k.n AS n, -- Tickets or other units that it rests on.
    k.target AS target, -- The target that held when the period began; NULL if none.
    k.maturity AS maturity, -- final, or provisional while it can still change by itself: drawn open.
    k.suppressed_reason AS suppressed_reason, -- Why there is no value.
    CASE
        WHEN k.version_before IS NULL THEN 'no'
        WHEN k.version_before <> k.definition_version THEN 'yes'
        WHEN x.day > k.end_before AND x.day <= k.period_end THEN 'yes'
        WHEN {day_after(k.end_before)} <> k.period_start THEN 'yes'
        ELSE 'no'
    END AS breaks_line, -- yes where the line must not go on from the point before: another definition, or a gap.
    CASE WHEN x.day > k.end_before AND x.day <= k.period_end THEN 'yes' ELSE 'no' END AS is_redefined, -- yes in the period in which this version of the definition replaced another; earlier periods were computed anew by it.
    k.definition_version AS definition_version, -- Version of the definition.
    k.figure_id AS figure_id -- The figure, for evidence and restatements.
FROM kept k
CROSS JOIN current_publication held
JOIN run_log r ON r.run = held.run
LEFT JOIN redefined x ON x.metric = k.metric AND x.version = k.definition_version
