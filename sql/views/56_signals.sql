-- One row for each week of a figure that moved by more than its own noise, as a control chart tells it: what to ask
-- about, instead of every wiggle. Only mature weeks are judged. Read by leaders.
CREATE VIEW signals AS
SELECT
    s.metric AS metric, -- The metric's name.
    COALESCE(d.title, s.metric) AS title, -- What leaders call it.
    s.statistic AS statistic, -- Such as p90, rate or count.
    s.breakdown AS breakdown, -- all or team.
    s.breakdown_value AS breakdown_value, -- The team; empty for all.
    s.period_start AS period_start, -- First day of the week.
    {week_end(s.period_start)} AS period_end, -- Last day of the week.
    s.value AS value, -- The figure of that week.
    s.rule AS rule, -- Why it is a signal, in words.
    CASE WHEN s.value > s.centre THEN 'above' WHEN s.value < s.centre THEN 'below' ELSE 'at the centre' END AS side, -- above or below the centre.
    CASE
        WHEN d.better NOT IN ('lower', 'higher') OR s.value = s.centre THEN NULL
        WHEN (d.better = 'lower') = (s.value < s.centre) THEN 'better'
        ELSE 'worse'
    END AS direction, -- better or worse; NULL where neither side is better.
    s.centre AS centre, -- What is usual: the centre of the baseline.
    s.lower AS lower_limit, -- Weeks from here on are within the noise of the baseline.
    s.upper AS upper_limit, -- Weeks up to here are within the noise of the baseline.
    c.kind AS chart, -- p for rates, p′ where they vary more than independent cases would, XmR for the rest.
    c.baseline_from AS baseline_from, -- First day of the baseline's first week.
    c.baseline_to AS baseline_to, -- First day of the baseline's last week.
    c.state AS baseline, -- frozen, or provisional while it has fewer than twenty weeks.
    c.reason AS baseline_reason, -- Why it is not the first baseline; NULL if it is.
    c.rule_version AS rule_version, -- Version of the rules.
    c.definition_version AS definition_version, -- Version of the figure's definition.
    s.figure_id AS figure_id -- The figure, for evidence and restatements.
FROM signal_log s
JOIN chart_log c ON c.metric = s.metric AND c.statistic = s.statistic AND c.breakdown = s.breakdown
    AND c.breakdown_value = s.breakdown_value AND c.begins = s.begins AND {holds(c)}
LEFT JOIN definition_versions d ON d.metric = s.metric AND {holds(d)}
WHERE {holds(s)}
