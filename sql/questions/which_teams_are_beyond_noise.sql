-- Which teams are beyond noise?
-- Teams whose 95 % interval leaves out the value of the whole, in the newest month of each headline in which both are
-- shown. It is no ranking: teams differ in what they are asked, and one cell in twenty stands here by chance alone.
WITH compared AS (
    SELECT
        team.title, team.statistic, team.better, team.period_start, team.breakdown_value AS team,
        team.value, team.ci_low, team.ci_high, team.n, whole.value AS whole,
        MAX(team.period_start) OVER (PARTITION BY team.metric, team.statistic) AS newest
    FROM scorecard team
    JOIN scorecard whole ON whole.metric = team.metric AND whole.statistic = team.statistic
        AND whole.weighting = team.weighting AND whole.segment = team.segment
        AND whole.period = team.period AND whole.period_start = team.period_start AND whole.breakdown = 'all'
    WHERE team.metric IN (SELECT metric FROM headlines)
        AND team.period = 'month'
        AND team.weighting = 'ticket'
        AND team.segment = 'all'
        AND team.breakdown = 'team'
        AND team.breakdown_2 = ''
        AND team.value IS NOT NULL
        AND whole.value IS NOT NULL
)
SELECT
    team,
    title,
    statistic,
    period_start,
    value,
    whole,
    n,
    CASE WHEN (value > whole) = (better = 'higher') THEN 'better' ELSE 'worse' END AS than_the_whole
FROM compared
WHERE period_start = newest
    AND (ci_low > whole OR ci_high < whole)
ORDER BY than_the_whole DESC, title, team
